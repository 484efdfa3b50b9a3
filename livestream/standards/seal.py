"""Approved things across processes: sealed with a key only our own processes hold.

The seal is HMAC-SHA-256 over the canonical JSON of the body and the SHA-256 of the payload, with a
key derived for each kind, so that a seal for one kind opens no other.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from livestream.errors import ForgedSeal
from livestream.lines import Beat, FactRef
from livestream.media import Card, LowerThird, Speech, Viseme, VisemeSpan, WordTime
from livestream.standards.approved import ApprovedCard, ApprovedLine, ApprovedLowerThird, Token, mint, require
from livestream.text.languages import joiner
from livestream.wire import Message

KEY_BYTES = 32
_T = TypeVar("_T")


def new_key() -> bytes:
    """Return a fresh key for one run of a channel."""
    return secrets.token_bytes(KEY_BYTES)


class Sealer:
    """Seals approved things into messages and opens them again; the same key on both sides.

    Raises:
        ValueError: the key is not `KEY_BYTES` long.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a seal key has {KEY_BYTES} bytes")
        self._key = key

    def __repr__(self) -> str:
        return "Sealer()"

    def seal_line(self, line: ApprovedLine) -> Message:
        """Return an approved line as a message."""
        require(line, ApprovedLine)
        body = {
            "id": line.id,
            "locale": line.locale,
            "beat": str(line.beat),
            "product": line.product,
            "caption": line.caption,
            "spoken": line.spoken,
            "tokens": [[token.caption, token.spoken] for token in line.tokens],
            "facts": _facts_out(line.facts),
            "rules": line.rules,
            "approver": line.approver,
        }
        return self._seal("line", body)

    def open_line(self, message: Message) -> ApprovedLine:
        """Return the approved line in a message.

        Raises:
            ForgedSeal: the seal does not match the content, or it seals something else.
        """
        body = self._open("line", message)
        return _built(
            lambda: mint(
                ApprovedLine,
                id=body["id"],
                locale=body["locale"],
                beat=Beat(body["beat"]),
                product=body["product"],
                caption=body["caption"],
                spoken=body["spoken"],
                tokens=tuple(Token(caption, spoken) for caption, spoken in body["tokens"]),
                facts=_facts_in(body["facts"]),
                rules=body["rules"],
                approver=body["approver"],
            )
        )

    def seal_speech(self, speech: Speech, line: ApprovedLine) -> Message:
        """Return the speech made of an approved line as a message, its payload the PCM as s16le.

        Raises:
            ForgedSeal: the line was not approved, or the speech is not of this line.
        """
        require(line, ApprovedLine)
        told = (speech.line_id, speech.locale, speech.caption, speech.spoken, speech.facts)
        shown = joiner(line.locale).join(word.text for word in speech.words)
        if told != (line.id, line.locale, line.caption, line.spoken, line.facts) or shown not in {"", line.caption}:
            raise ForgedSeal("the speech is not of the approved line", where=line.id)
        body = {
            "line_id": speech.line_id,
            "locale": speech.locale,
            "caption": speech.caption,
            "spoken": speech.spoken,
            "visemes": [[span.start, span.end, int(span.viseme), float(span.weight)] for span in speech.visemes],
            "words": [[word.text, word.start, word.end] for word in speech.words],
            "cut_points": list(speech.cut_points),
            "facts": _facts_out(speech.facts),
            "engine": speech.engine,
            "timing": speech.timing,
            "rules": line.rules,
            "approver": line.approver,
        }
        return self._seal("speech", body, speech.pcm.astype("<i2", copy=False).tobytes())

    def open_speech(self, message: Message) -> Speech:
        """Return the speech in a message.

        Raises:
            ForgedSeal: the seal does not match the content, or it seals something else.
        """
        body = self._open("speech", message)
        spans = body["visemes"]
        return _built(
            lambda: Speech(
                line_id=body["line_id"],
                locale=body["locale"],
                caption=body["caption"],
                spoken=body["spoken"],
                pcm=np.frombuffer(message.payload, dtype="<i2").astype(np.int16, copy=False),
                visemes=tuple(VisemeSpan(start, end, Viseme(shape), weight) for start, end, shape, weight in spans),
                words=tuple(WordTime(text, start, end) for text, start, end in body["words"]),
                cut_points=tuple(body["cut_points"]),
                facts=_facts_in(body["facts"]),
                engine=body["engine"],
                timing=body["timing"],
                rules=body["rules"],
                approver=body["approver"],
            )
        )

    def seal_card(self, approved: ApprovedCard) -> Message:
        """Return an approved card as a message."""
        card = require(approved, ApprovedCard).card
        body = {
            "product": card.product,
            "title": card.title,
            "price": card.price,
            "was": card.was,
            "note": card.note,
            "picture": card.picture,
            "facts": _facts_out(approved.facts),
        }
        return self._seal("card", body)

    def open_card(self, message: Message) -> ApprovedCard:
        """Return the approved card in a message.

        Raises:
            ForgedSeal: the seal does not match the content, or it seals something else.
        """
        body = self._open("card", message)
        facts = body.pop("facts")
        return _built(lambda: mint(ApprovedCard, card=Card(**body), facts=_facts_in(facts)))

    def seal_lower_third(self, approved: ApprovedLowerThird) -> Message:
        """Return an approved lower third as a message."""
        strip = require(approved, ApprovedLowerThird).lower_third
        body = {"id": strip.id, "heading": strip.heading, "text": strip.text, "facts": _facts_out(approved.facts)}
        return self._seal("lower_third", body)

    def open_lower_third(self, message: Message) -> ApprovedLowerThird:
        """Return the approved lower third in a message.

        Raises:
            ForgedSeal: the seal does not match the content, or it seals something else.
        """
        body = self._open("lower_third", message)
        facts = body.pop("facts")
        return _built(lambda: mint(ApprovedLowerThird, lower_third=LowerThird(**body), facts=_facts_in(facts)))

    def _seal(self, kind: str, body: dict[str, Any], payload: bytes = b"") -> Message:
        return Message(kind, {**body, "seal": self._mac(kind, body, payload)}, payload)

    def _open(self, kind: str, message: Message) -> dict[str, Any]:
        body = dict(message.body)
        seal = body.pop("seal", None)
        if message.kind != kind or not isinstance(seal, str) or not seal.isascii():
            raise ForgedSeal(f"a message of kind {message.kind!r} is not a sealed {kind}")
        try:
            expected = self._mac(kind, body, message.payload)
        except (TypeError, ValueError, RecursionError) as error:
            raise ForgedSeal(f"a sealed {kind} has content that no seal covers") from error
        if not hmac.compare_digest(seal, expected):
            raise ForgedSeal(f"the seal of a {kind} does not match its content")
        return body

    def _mac(self, kind: str, body: dict[str, Any], payload: bytes) -> str:
        key = hmac.digest(self._key, f"livestream seal v1 {kind}".encode(), hashlib.sha256)
        canonical = json.dumps(body, sort_keys=True, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode()
        return hmac.new(key, canonical + b"\n" + hashlib.sha256(payload).digest(), hashlib.sha256).hexdigest()


def _built(build: Callable[[], _T]) -> _T:
    try:
        return build()
    except (KeyError, TypeError, ValueError) as error:
        raise ForgedSeal("a sealed message lacks what it should hold") from error


def _facts_out(facts: tuple[FactRef, ...]) -> list[list[str]]:
    return [[ref.id, ref.version] for ref in facts]


def _facts_in(facts: list[list[str]]) -> tuple[FactRef, ...]:
    return tuple(FactRef(id, version) for id, version in facts)  # noqa: A001
