"""What standards has approved. These three can be made nowhere else.

Each carries a proof: a keyed hash over its own content with a key drawn when the process starts.
An object made past the constructor, or altered after approval, has no valid proof and no sealer
takes it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field, fields
from typing import NoReturn, Self, TypeVar, cast

from livestream.errors import ForgedSeal
from livestream.lines import Beat, FactRef
from livestream.media import Card, LowerThird

_PROOF_KEY = secrets.token_bytes(32)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a caption and what is said for it: ("$50", "fifty dollars")."""

    caption: str
    spoken: str


class _Closed:
    """Refuses every public way to make, copy with changes, subclass further or revive."""

    __slots__ = ()

    def __new__(cls, *_args: object, **_fields: object) -> Self:
        raise TypeError(f"{cls.__name__} is made by Standards alone: approve the text instead")

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError(f"{type(self).__name__} crosses a process only under a seal: use Sealer")

    def __reduce__(self) -> NoReturn:
        self.__reduce_ex__(0)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: object) -> Self:
        return self

    def __init_subclass__(cls) -> None:
        if cls.__module__ != __name__:
            raise TypeError("approved things cannot be subclassed")


@dataclass(frozen=True, slots=True, init=False)
class ApprovedLine(_Closed):
    """A sentence that may be said: the caption and the spoken form, both checked.

    `caption` is the tokens' captions and `spoken` their spoken forms, joined as the language joins words.
    `facts` are the fact versions it rests on, `rules` the rule pack that it passed with its version and
    fingerprint, `approver` who is answerable for its words.
    """

    id: str
    locale: str
    beat: Beat
    product: str | None
    caption: str
    spoken: str
    tokens: tuple[Token, ...]
    facts: tuple[FactRef, ...]
    rules: str
    approver: str
    _proof: bytes = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, init=False)
class ApprovedCard(_Closed):
    """A product card that may be shown."""

    card: Card
    facts: tuple[FactRef, ...]
    _proof: bytes = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, init=False)
class ApprovedLowerThird(_Closed):
    """A lower third that may be shown."""

    lower_third: LowerThird
    facts: tuple[FactRef, ...]
    _proof: bytes = field(repr=False, compare=False)


Approved = ApprovedLine | ApprovedCard | ApprovedLowerThird
_A = TypeVar("_A", ApprovedLine, ApprovedCard, ApprovedLowerThird)


def mint(kind: type[_A], **content: object) -> _A:
    """Make an approved thing. Called by `Standards` after its checks and by `Sealer` after a seal's."""
    thing = object.__new__(kind)
    for name, value in content.items():
        object.__setattr__(thing, name, value)
    object.__setattr__(thing, "_proof", _prove(thing))
    return thing


def require(thing: Approved, kind: type[_A]) -> _A:
    """Return the thing where it is of this kind and stands as it was approved.

    Raises:
        ForgedSeal: it was made or altered past standards.
    """
    proof = getattr(thing, "_proof", b"") if type(thing) is kind else b""
    if not isinstance(proof, bytes) or not hmac.compare_digest(proof, _prove(thing) if proof else b"-"):
        raise ForgedSeal(f"{type(thing).__name__} was not approved by standards")
    return cast("_A", thing)


def _prove(thing: Approved) -> bytes:
    content = {entry.name: repr(getattr(thing, entry.name)) for entry in fields(thing) if entry.name != "_proof"}
    canonical = json.dumps([type(thing).__name__, content], sort_keys=True).encode()
    return hmac.digest(_PROOF_KEY, canonical, hashlib.sha256)
