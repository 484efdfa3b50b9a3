"""The engine `coqui`: a model of Coqui TTS from a folder on this machine; its API tells no durations.

Install it with the extra `coqui`. Three traps as the packages stand: torch from 2.9 on wants `torchcodec`
present; `six` is used and not declared; and a torchaudio built for CUDA does not load beside a CPU torch.
The licence of a model is its own: XTTS-v2, for one, is not for commerce.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from livestream.errors import MachineError, SpeechError
from livestream.speech.engine import About, RawSpeech, plain
from livestream.speech.voice import Voice

_REMEDY = "Run: pip install 'livestream[coqui]'; docs/voices.md names the traps."


class CoquiEngine:
    """The model in `model` of `[engine.coqui]`: a folder with `config.json` and `model.pth`.

    `speaker` and `language` are passed on to a model that has several. Say `live = true` of one that speaks
    faster than it is heard on this machine; the lines of others are made ahead.
    """

    name = "coqui"
    about = About("neural", "estimated", "MPL-2.0, code; the model as its card says", live=False, extra="coqui")

    def __init__(self, voice: Voice) -> None:
        if find_spec("TTS") is None:
            raise MachineError("coqui-tts is not installed", remedy=_REMEDY)
        folder = Path(voice.where).parent / voice.option(self.name, "model", "coqui")
        self._model, self._config = folder / "model.pth", folder / "config.json"
        if not (self._model.is_file() and self._config.is_file()):
            raise MachineError(
                f"there is no Coqui model for {voice.locale}",
                where=voice.where,
                remedy=f"Put its config.json and model.pth into {folder}, or name it: model = in [engine.coqui].",
            )
        self.about = replace(type(self).about, live=voice.options.get(self.name, {}).get("live") is True)
        chosen = {key: voice.option(self.name, key, "") for key in ("speaker", "language")}
        self._chosen = {key: value for key, value in chosen.items() if value}
        self._pace = voice.pace(self.name)
        self._loading = threading.Lock()
        config = hashlib.sha256(self._config.read_bytes()).hexdigest()[:12]
        self.version = f"{config}/{self._model.stat().st_size}/{'/'.join(chosen.values())}/{self._pace:g}"

    def warm_up(self) -> None:
        """Load torch and the model: some seconds."""
        with self._loading:
            self._synthesiser  # noqa: B018 - cached on first use

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return one sentence at the model's own rate.

        Raises:
            SpeechError: the model gave nothing.
        """
        import torch

        self.warm_up()
        torch.manual_seed(seed)
        pcm = np.asarray(
            self._synthesiser.tts(plain(spoken), split_sentences=False, **self._chosen), np.float32
        ).ravel()
        if not len(pcm):
            raise SpeechError("coqui gave no sound", where=spoken[:60])
        pcm *= np.float32(min(1.0, 0.9 / max(float(np.abs(pcm).max()), 1e-9)))
        return RawSpeech(pcm, int(self._synthesiser.synthesizer.output_sample_rate), engine=self.name)

    @cached_property
    def _synthesiser(self) -> Any:  # noqa: ANN401 - the library has no types
        from TTS.api import TTS

        speaking: Any = TTS(model_path=str(self._model), config_path=str(self._config), progress_bar=False)
        network: Any = getattr(speaking.synthesizer, "tts_model", None)
        if hasattr(network, "length_scale"):  # VITS and its kin; others have no such thing
            network.length_scale /= self._pace
        return speaking
