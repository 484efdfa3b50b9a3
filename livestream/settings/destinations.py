"""Where a stream goes, and why an address may not bear a key."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

DestinationKind = Literal["file", "rtmp", "whep"]
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")


class Destination(BaseModel):
    """Where a stream goes: a file, an RTMP(S) ingest, or viewers of the web port (WHEP).

    `platform` names the rules it is under, `tiktok-shop-us`; where it is empty they are told from the address.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(default="", max_length=64, pattern=r"^[\w .-]*$")
    to: str = Field(min_length=1, max_length=2048)
    platform: str = Field(default="", pattern=r"^[a-z0-9-]{0,64}$")
    key_file: Path | None = None
    key_env: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")

    @property
    def kind(self) -> DestinationKind:
        """What serves it, told from `to`."""
        if self.to == "whep":
            return "whep"
        return "rtmp" if "://" in self.to else "file"

    @property
    def label(self) -> str:
        """A name to show: the given one, the ingest's host, or the file's name."""
        if self.name or self.kind == "whep":
            return self.name or "web"
        return (urlsplit(self.to).hostname or "rtmp") if self.kind == "rtmp" else Path(self.to).name

    @model_validator(mode="after")
    def _known_and_keyless(self) -> Self:
        if self.kind == "rtmp":
            check_ingest_url(self.to)
            if self.key_file and self.key_env:
                raise ValueError("a key is in a file or in an environment variable; give one of key_file and key_env")
        elif self.key_file or self.key_env:
            raise ValueError("only an RTMP destination has a key; drop key_file and key_env here")
        return self


def check_ingest_url(url: str) -> None:
    """Refuse an ingest address that is not RTMP(S) or that bears a key.

    An address is `rtmp://host/app`; whatever follows the application would stand in the process
    list and in logs, so it is refused.

    Raises:
        ValueError: with the remedy; the text does not repeat the key.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # its own text would repeat what stands there
        raise ValueError("the address has no valid host or port; write it as rtmp://host:1935/app") from None
    if parts.scheme not in ("rtmp", "rtmps") or not parts.hostname:
        raise ValueError(
            "this is no destination; write rtmp://host/app, rtmps://host/app, a file ending in .mp4, or whep"
        )
    if not is_host(parts.hostname.removesuffix(".")):  # to a resolver, other letters may be another name
        raise ValueError("this is no host name in plain letters; write it as rtmp://live.example.com/app")
    segments = [segment for segment in parts.path.split("/") if segment]
    if parts.query or parts.username or parts.password or parts.fragment or len(segments) > 1:
        app = segments[0] if segments else "app"
        host = parts.hostname + (f":{port}" if port else "")
        raise ValueError(
            "the address bears a stream key, which everybody on this machine could read in the process list; "
            f"write {parts.scheme}://{host}/{app} and put the key into a file: --key-file F, "
            "or into an environment variable: --key-env NAME"
        )
    if not segments:
        raise ValueError(f"{parts.scheme}://{parts.hostname} names no application; write it as rtmp://host/app")


def is_host(host: str) -> bool:
    """Whether this is an IP address or a host name in plain ASCII labels, in small letters."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return bool(_HOST.fullmatch(host))
    return True
