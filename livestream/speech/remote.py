"""The engine `remote`: any server that speaks the OpenAI API's `audio/speech`.

What comes back is read as it streams, within a deadline for the whole utterance and a bound on its
bytes. The key is read from the environment and is in no error and no log, nor is what the server says
of an error, which may repeat it.
"""

from __future__ import annotations

import asyncio
import os
from typing import Any
from urllib.parse import urlsplit

from livestream.errors import MachineError, SpeechError
from livestream.speech.engine import About, RawSpeech, plain
from livestream.speech.voice import Voice
from livestream.speech.wav import pcm16, read_wav

DEADLINE = 4.0
"""Seconds an utterance may take where the voice file says nothing."""
MOST_BYTES = 8 << 20
"""More than a minute of sound at 48 kHz."""
PCM_RATE = 24_000
"""The rate of `format = "pcm"` at the API's first provider."""
_CHUNK = 16_384


class RemoteEngine:
    """A speech server, by the table `[engine.remote]` of a voice file.

    `base_url`, `model` and `voice` say where and who; `format` is `wav` or `pcm`, the latter with its
    `rate`; `key_env` names the environment variable with the key, if it takes one; `deadline` is in seconds.
    """

    name = "remote"
    about = About("neural", "estimated", "as the server's provider says", distant=True)

    def __init__(self, voice: Voice) -> None:
        self._url = voice.option(self.name, "base_url", "")
        self._model = voice.option(self.name, "model", "tts-1")
        self._speaker = voice.option(self.name, "voice", "alloy")
        self._format = voice.option(self.name, "format", "wav")
        self._deadline = voice.number(self.name, "deadline", DEADLINE)
        self._rate = round(voice.number(self.name, "rate", PCM_RATE))
        self._speed = voice.pace(self.name)
        if not _reachable(self._url) or self._format not in ("wav", "pcm"):
            raise MachineError(
                "the speech server is not described",
                where=voice.where,
                remedy='Say in [engine.remote]: base_url = "https://host/v1", and format = "wav" or "pcm".',
            )
        key_env = voice.option(self.name, "key_env", "")
        self._key = os.environ.get(key_env, "").strip() if key_env else "none"
        if not (self._key.isascii() and self._key.isprintable() and self._key):
            raise MachineError(
                f"the environment variable {key_env} with the key of the speech server is not set, or holds no key",
                where=voice.where,
            )
        sound = self._format if self._format == "wav" else f"{self._format}{self._rate}"
        self.version = f"{_public(self._url)}/{self._model}/{self._speaker}/{self._speed:g}/{sound}"

    def warm_up(self) -> None:
        """Load the client library: half a second."""
        import openai  # noqa: F401

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return one sentence, its phones unknown.

        Raises:
            SpeechError: the server refused, took too long, or sent what is no sound; it may do better later.
        """
        import openai

        text = plain(spoken)
        try:
            data = asyncio.run(self._fetched(text))
        except TimeoutError as error:
            raise SpeechError(
                f"the speech server took more than {self._deadline:g} s", where=text[:60], retryable=True
            ) from error
        except openai.APIStatusError as error:
            raise SpeechError(f"the speech server answered {error.status_code}", retryable=True) from None
        except openai.OpenAIError as error:
            raise SpeechError(f"the speech server cannot be used: {type(error).__name__}", retryable=True) from None
        pcm, rate = (pcm16(data), self._rate) if self._format == "pcm" else read_wav(data)
        return RawSpeech(pcm, rate, engine=self.name)

    async def _fetched(self, text: str) -> bytes:
        """Return the server's bytes.

        Raises:
            TimeoutError: they did not all come in time.
            SpeechError: there are too many.
            openai.OpenAIError: the server refused, or the connection broke.
        """
        import openai

        given: dict[str, Any] = {"model": self._model, "voice": self._speaker, "response_format": self._format}
        if self._speed != 1.0:
            given["speed"] = self._speed
        data = bytearray()
        async with (
            asyncio.timeout(self._deadline),
            openai.AsyncOpenAI(base_url=self._url, api_key=self._key, max_retries=0, timeout=self._deadline) as client,
            client.audio.speech.with_streaming_response.create(input=text, **given) as answer,
        ):
            async for chunk in answer.iter_bytes(_CHUNK):
                data += chunk
                if len(data) > MOST_BYTES:
                    raise SpeechError(f"the speech server sent more than {MOST_BYTES >> 20} MB", where=text[:60])
        return bytes(data)


def _reachable(url: str) -> bool:
    """Return whether a text is the URL of a web server."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _public(url: str) -> str:
    """Return a URL without the name and password that it may hold."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
