"""A platform's key: a token alone, or what OAuth 2.0 needs to get fresh ones (RFC 6749, section 6).

A key file holds either the token, or JSON such as

    {"access_token": "…", "refresh_token": "…", "client_id": "…", "client_secret": "…"}

A refreshed token that comes with a new refresh token is written back: some platforms take each only once.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from livestream.audience.sources.base import AUTH_PAUSE, Hindered, Refused, read_secret
from livestream.audience.sources.web import Web, text_at
from livestream.errors import UsageError
from livestream.settings import CommentSource


class Credential:
    """The key of one source, read anew whenever the platform turned it away."""

    def __init__(self, settings: CommentSource, *, token_url: str, environ: Mapping[str, str] | None = None) -> None:
        """Read the key.

        Raises:
            UsageError: none is configured, or it cannot be read.
        """
        self._settings = settings
        self._token_url = token_url
        self._environ = environ
        self._told: dict[str, str] = {}
        self._secret = ""
        self.token = ""
        self._read()

    @property
    def is_oauth(self) -> bool:
        """Whether it is an OAuth credential that can be refreshed."""
        return "refresh_token" in self._told

    def _read(self) -> bool:
        """Read the key; return whether it is another one than before. Tokens got meanwhile outlive the same one."""
        where = f"key of {self._settings.label}"
        secret = read_secret(self._settings, self._environ)
        if secret and secret == self._secret:
            return False
        self._secret = secret
        self._told = _json(secret) if secret.startswith("{") else {}
        self.token = self._told.get("access_token", "") if self._told else secret
        if (not self.token and not self.is_oauth) or any(map(str.isspace, self.token)) or not self.token.isascii():
            raise UsageError(
                "a token is needed", where=where, remedy="Name a file with key_file or a variable with key_env."
            )
        return True

    async def renew(self, web: Web) -> None:
        """Get another token after the platform turned this one away.

        Raises:
            Hindered: there is none now; a merchant may put one into the key file.
            Refused: the key is in the environment, which nobody can change from outside.
        """
        try:
            changed = self._read()
        except UsageError as error:
            raise Hindered(f"{error}", after=AUTH_PAUSE, state="waiting") from None
        if changed and self.token:
            return
        if self.is_oauth:
            await self._refresh(web)
        elif self._settings.key_file:
            raise Hindered(
                "the token was turned away; put a new one into the key file", after=AUTH_PAUSE, state="waiting"
            )
        else:
            raise Refused("the token was turned away", where=self._settings.label, remedy="Set a new one and restart.")

    async def _refresh(self, web: Web) -> None:
        names = ("refresh_token", "client_id", "client_secret")
        form = {"grant_type": "refresh_token"} | {name: self._told[name] for name in names if name in self._told}
        answer = await web.call("POST", self._token_url, headers={}, form=form)
        token = text_at(answer.body, "access_token")
        if not answer.ok or not token:
            raise Hindered(
                f"the token could not be refreshed (HTTP {answer.status}); put a new one into the key file",
                after=AUTH_PAUSE if answer.status < 500 else 0.0,
                state="waiting",
            )
        self.token = token
        self._told["access_token"] = token
        fresh = text_at(answer.body, "refresh_token")
        if fresh and fresh != self._told["refresh_token"]:
            self._told["refresh_token"] = fresh
            if self._settings.key_file:
                self._secret = json.dumps(self._told, indent=1)
                _write(self._settings.key_file.expanduser(), self._secret)


def _json(text: str) -> dict[str, str]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {str(name): each for name, each in value.items() if isinstance(each, str)} if isinstance(value, dict) else {}


def _write(path: Path, secret: str) -> None:
    """Replace a key file whole; a folder that cannot be written to leaves the token in memory."""
    part = path.with_name(f"{path.name}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secret)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
