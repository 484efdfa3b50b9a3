"""Clips cut out of a recording by its as-run log, offline."""

from livestream.clips.cut import ASPECTS, Aspect, Clip, cut
from livestream.clips.recording import Recording, open_recording
from livestream.clips.stretches import Stretch, find, stretches

__all__ = ["ASPECTS", "Aspect", "Clip", "Recording", "Stretch", "cut", "find", "open_recording", "stretches"]
