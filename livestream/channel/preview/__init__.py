"""The rundown on paper: what would be said, when, in what form a reader, a program or an editor wants."""

from livestream.channel.preview.document import FORMATS, document
from livestream.channel.preview.model import Preview, PreviewLine, PreviewPart, planned, spoken
from livestream.channel.preview.saving import save

__all__ = ["FORMATS", "Preview", "PreviewLine", "PreviewPart", "document", "planned", "save", "spoken"]
