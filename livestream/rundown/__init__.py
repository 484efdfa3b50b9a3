"""Products, a playbook and a length in; a back-timed rundown of lines and cues out."""

from livestream.rundown.model import Rundown, Segment, line_key
from livestream.rundown.plan import TOLERANCE, fits, plan, retimed
from livestream.rundown.playbook import Playbook, load_playbook, playbook_locales

__all__ = [
    "TOLERANCE",
    "Playbook",
    "Rundown",
    "Segment",
    "fits",
    "line_key",
    "load_playbook",
    "plan",
    "playbook_locales",
    "retimed",
]
