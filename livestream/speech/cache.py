"""Sounds kept on disk under the hash of everything that shapes them."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from contextlib import suppress
from pathlib import Path

import numpy as np

from livestream.errors import SpeechError
from livestream.speech.engine import Phone, RawSpeech, SpeechEngine

log = logging.getLogger(__name__)

DEFAULT_BOUND = 256 << 20
"""Bytes a cache may hold: about an hour and a half of sound at 24 kHz."""
_LOW_WATER = 0.9
_FORMAT = 1
_FULL_SCALE = 32767
_SUFFIX = ".speech"


class SpeechCache:
    """A folder of sounds with a size bound; what was not used for longest goes first.

    An entry is one line of JSON and the samples as s16le; the line bears the digest of both. It is
    written beside its place and renamed, so that a reader never sees half an entry, and one that
    does not check is thrown away. Where the disk refuses, speech goes on without the cache.
    """

    def __init__(self, folder: Path, *, bound: int = DEFAULT_BOUND) -> None:
        self._folder = folder
        self._bound = bound
        self._size: int | None = None
        self.hits = 0

    def get(self, key: str) -> RawSpeech | None:
        """Return what is kept under a key, or None."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        raw = _decode(data)
        if raw is None:
            log.warning("a damaged entry of the speech cache is thrown away: %s", path.name)
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)
        self.hits += 1
        return raw

    def put(self, key: str, raw: RawSpeech) -> RawSpeech:
        """Keep a sound and return it as `get` will give it back, rounded to 16 bits."""
        data = _encode(raw)
        try:
            self._write(self._path(key), data)
            self._size = self._total() + len(data)
            if self._size > self._bound:
                self._evict()
        except OSError as error:
            log.warning("the speech cache cannot be written: %s", error)
        kept = _decode(data)
        if kept is None:
            raise SpeechError(f"the sound of {raw.engine} cannot be kept")
        return kept

    def has(self, key: str) -> bool:
        """Whether something is kept under a key."""
        return self._path(key).exists()

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}{_SUFFIX}"

    def _write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            Path(name).replace(path)
        except OSError:
            with suppress(OSError):
                Path(name).unlink()
            raise

    def _total(self) -> int:
        if self._size is None:
            self._size = sum(size for _, size, _ in self._entries())
        return self._size

    def _entries(self) -> list[tuple[float, int, Path]]:
        entries: list[tuple[float, int, Path]] = []
        for path in self._folder.glob(f"??/*{_SUFFIX}"):
            with suppress(OSError):
                status = path.stat()
                entries.append((status.st_mtime, status.st_size, path))
        return sorted(entries)

    def _evict(self) -> None:
        entries = self._entries()
        size = sum(entry[1] for entry in entries)
        for _, bytes_, path in entries:
            if size <= self._bound * _LOW_WATER:
                break
            with suppress(OSError):
                path.unlink()
            size -= bytes_
        self._size = size


class Cached:
    """An engine that speaks each sentence once."""

    def __init__(self, engine: SpeechEngine, cache: SpeechCache) -> None:
        self._engine = engine
        self._cache = cache
        self.name = engine.name
        self.about = engine.about
        self.version = engine.version

    def warm_up(self) -> None:
        """Warm the engine up."""
        self._engine.warm_up()

    def key(self, spoken: str, *, locale: str, seed: int) -> str:
        """Return the name a sentence's sound is kept under: the hash of everything that shapes it."""
        told = json.dumps([_FORMAT, self.name, self.version, locale, spoken, seed], ensure_ascii=True)
        return hashlib.sha256(told.encode()).hexdigest()

    def kept(self, spoken: str, *, locale: str, seed: int) -> RawSpeech | None:
        """Return the kept sound, or None where there is none."""
        return self._cache.get(self.key(spoken, locale=locale, seed=seed))

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return the kept sound, or the engine's, which is kept.

        Raises:
            SpeechError: the engine could not speak it.
        """
        kept = self.kept(spoken, locale=locale, seed=seed)
        if kept is not None:
            return kept
        raw = self._engine.synthesise(spoken, locale=locale, seed=seed)
        return self._cache.put(self.key(spoken, locale=locale, seed=seed), raw)


def _encode(raw: RawSpeech) -> bytes:
    payload = np.rint(np.clip(raw.pcm, -1.0, 1.0) * _FULL_SCALE).astype("<i2").tobytes()
    body = {
        "engine": raw.engine,
        "rate": raw.rate,
        "exact": raw.exact,
        "phones": [[phone.symbol, phone.start, phone.end, phone.word] for phone in raw.phones],
    }
    head = json.dumps(body, ensure_ascii=True, separators=(",", ":")).encode()
    digest = hashlib.sha256(head + payload).hexdigest().encode()
    return digest + b" " + head + b"\n" + payload


def _decode(data: bytes) -> RawSpeech | None:
    """Return the sound of an entry's bytes, or None where its digest does not fit."""
    head, _, payload = data.partition(b"\n")
    digest, _, text = head.partition(b" ")
    if hashlib.sha256(text + payload).hexdigest().encode() != digest:
        return None
    body = json.loads(text)
    return RawSpeech(
        pcm=np.frombuffer(payload, "<i2").astype(np.float32) * np.float32(1 / _FULL_SCALE),
        rate=body["rate"],
        phones=tuple(Phone(*phone) for phone in body["phones"]),
        engine=body["engine"],
        exact=body["exact"],
    )
