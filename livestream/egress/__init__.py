"""Encoded packets out: file, RTMP, WebRTC."""
