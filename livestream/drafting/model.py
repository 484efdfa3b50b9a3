"""Asks an OpenAI-compatible model, within a deadline and a bound on what it may send. It may do anything at all."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from typing import Any, Protocol, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from livestream.drafting.vocabulary import Vocabulary
from livestream.errors import LivestreamError, UsageError
from livestream.settings import Model

MOST_BYTES = 1 << 20
"""Of an answer, head and padding included."""
LONGEST = 64_000
"""Characters of what the model wrote."""
_MOST_TOKENS = 4_000


class NoAnswer(LivestreamError):
    """The model gave no answer: nothing came in time, or what came was none."""


class Question(Protocol):
    """What a model is asked."""

    def messages(self, known: Vocabulary) -> tuple[str, str]:
        """Return the task, and the data it is about."""
        ...

    def schema(self) -> dict[str, object]:
        """Return the JSON schema of an answer."""
        ...


@dataclass(frozen=True, slots=True)
class Answered:
    """What a model wrote, and what it cost in tokens; 0 where the endpoint does not count them."""

    content: str
    tokens_in: int = 0
    tokens_out: int = 0


class _Usage(BaseModel):
    model_config = ConfigDict(extra="ignore")
    prompt_tokens: int = Field(default=0, ge=0, le=10**9)
    completion_tokens: int = Field(default=0, ge=0, le=10**9)


class _Message(BaseModel):
    model_config = ConfigDict(extra="ignore")
    content: str | None = None


class _Choice(BaseModel):
    model_config = ConfigDict(extra="ignore")
    message: _Message


class _Completion(BaseModel):
    model_config = ConfigDict(extra="ignore")
    choices: list[_Choice] = Field(min_length=1)
    usage: _Usage | None = None


class DraftingModel:
    """One endpoint and its model.

    Args:
        settings: where it is and how it is called.
        known: the words it is told to use.
        key: the endpoint's key, empty where it takes none.
        deadline: seconds for one answer, connecting and reading included.
    """

    def __init__(self, settings: Model, known: Vocabulary, *, key: str = "", deadline: float = 120.0) -> None:
        import openai  # half a second, for those who have a model

        self._settings, self._known, self._deadline = settings, known, deadline
        self._client = openai.AsyncOpenAI(
            base_url=settings.base_url,
            api_key=key or "none",
            max_retries=0,
            timeout=deadline,
            http_client=openai.DefaultAsyncHttpxClient(
                timeout=deadline, follow_redirects=False, event_hooks={"response": [_leave_errors_unread]}
            ),
            default_headers={"accept-encoding": "identity"},  # what is packed may grow without bound
        )
        self._bare = False
        self.calls = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._client.close()

    async def ask(self, brief: Question) -> Answered:
        """Return the model's answer; an endpoint that refuses a schema or a limit is asked once more without.

        Raises:
            NoAnswer: nothing came in time, or what came is no answer of a chat.
        """
        import openai

        try:
            async with asyncio.timeout(self._deadline):
                bare = self._bare
                try:
                    body = await self._call(brief, bare=bare)
                except (openai.BadRequestError, openai.UnprocessableEntityError):
                    if bare:
                        raise
                    self._bare = True
                    body = await self._call(brief, bare=True)
            completion = _Completion.model_validate_json(body)
        except NoAnswer:
            raise
        except openai.APIStatusError as error:
            raise NoAnswer(f"the endpoint answered with HTTP status {error.status_code}", retryable=True) from None
        except TimeoutError:
            raise NoAnswer(f"no answer within {self._deadline:g} s", retryable=True) from None
        except ValidationError:
            raise NoAnswer("what came is no answer of a chat", retryable=True) from None
        except Exception as error:  # noqa: BLE001 - the endpoint's supervisor: its client raises what its libraries do
            raise NoAnswer(f"the endpoint cannot be read: {error.__cause__ or error}", retryable=True) from None
        content = completion.choices[0].message.content or ""
        usage = completion.usage or _Usage()
        return Answered(content[:LONGEST], usage.prompt_tokens, usage.completion_tokens)

    async def _call(self, brief: Question, *, bare: bool) -> bytes:
        self.calls += 1
        task, data = brief.messages(self._known)
        more: dict[str, Any] = {}
        if not bare:
            schema = {"name": "lines", "strict": True, "schema": brief.schema()}
            more["response_format"] = {"type": "json_schema", "json_schema": schema}
            more["max_tokens"] = _MOST_TOKENS
        body = bytearray()
        async with self._client.chat.completions.with_streaming_response.create(
            model=self._settings.model,
            messages=[{"role": "system", "content": task}, {"role": "user", "content": data}],
            **more,
        ) as response:
            async for chunk in response.iter_bytes():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise NoAnswer(f"the answer has more than {MOST_BYTES} bytes", retryable=True)
        return bytes(body)


async def _leave_errors_unread(response: Any) -> None:  # noqa: ANN401 - httpx's or httpx2's, as the client likes
    """Close what is no success before the client reads all of it, for that has no bound."""
    if not response.is_success:
        await response.aclose()


def read_key(settings: Model) -> str:
    """Return the key that the settings name, empty where they name none.

    Raises:
        UsageError: the file or the variable with the key is not there.
    """
    if settings.key_file:
        try:
            return settings.key_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                "the model's key cannot be read", where=str(settings.key_file), remedy="Name a file that you may read."
            ) from error
    key = os.environ.get(settings.key_env or "", "")
    if settings.key_env and not key:
        raise UsageError(
            "the model's key is not set", where=settings.key_env, remedy="Set the variable, or name a file."
        )
    return key
