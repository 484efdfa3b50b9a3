"""Approved lines into sound with mouth shapes and word times.

What is imported here is the client alone: engines live in the worker process.
"""

from livestream.speech.client import SpeechClient, SpokenLine, speech_worker

__all__ = ["SpeechClient", "SpokenLine", "speech_worker"]
