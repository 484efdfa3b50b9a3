"""Presenters drawn by our own code. Needs skia; imported only when a pack is compiled."""
