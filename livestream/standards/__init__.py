"""The one door to the voice and the screen: drafts in, approved things out, sealed across processes."""

from livestream.standards.approved import ApprovedCard, ApprovedLine, ApprovedLowerThird, Token
from livestream.standards.door import Standards
from livestream.standards.draft import Pieces
from livestream.standards.seal import Sealer, new_key

__all__ = [
    "ApprovedCard",
    "ApprovedLine",
    "ApprovedLowerThird",
    "Pieces",
    "Sealer",
    "Standards",
    "Token",
    "new_key",
]
