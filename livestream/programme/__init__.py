"""One picture and one sound: presenter, scene, card, captions, bed; encoded once."""

from livestream.programme.bed import Bed
from livestream.programme.encoder import Encoder
from livestream.programme.fonts import ScriptCoverage, fonts_report
from livestream.programme.programme import Programme
from livestream.programme.state import ProgrammeState, silence

__all__ = ["Bed", "Encoder", "Programme", "ProgrammeState", "ScriptCoverage", "fonts_report", "silence"]
