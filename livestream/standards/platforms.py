"""What each platform allows: rules as dated data with their sources, and the check before a channel goes on air.

A platform is one TOML file of `platforms/`. What its file does not speak of is unknown. A synthetic
host goes out only where that is known to be allowed, or where the owner has confirmed in writing that
they have read the platform's rules; no confirmation lifts what is known to be forbidden.
"""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, Protocol
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from livestream.audit import Entry
from livestream.errors import UsageError
from livestream.locales import locale
from livestream.settings import ChannelSettings, Destination, is_host

CONFIRMED = "platform_confirmed"
"""The kind of record by which an owner takes a platform's rules upon themselves."""
LEAST_STATEMENT, MOST_STATEMENT, MOST_NAME = 20, 2_000, 100
"""Characters of a statement and of the name under it."""
_ON_THIS_MACHINE = ("file", "local")

Topic = Literal[
    "voice",
    "label",
    "simulcast",
    "hours",
    "static",
    "interaction",
    "claims",
    "account",
    "bitrate",
    "keyframe",
    "audio",
]
TOPICS: Mapping[Topic, str] = MappingProxyType(
    {
        "voice": "Synthetic voice",
        "label": "Label",
        "simulcast": "Simulcast",
        "hours": "Longest stream",
        "static": "Static picture",
        "interaction": "Interaction",
        "claims": "Claims",
        "account": "Account",
        "bitrate": "Bitrate",
        "keyframe": "Key frames",
        "audio": "Sound",
    }
)
"""What a rule may be about, in the order it is shown."""
Verdict = Literal["allowed", "forbidden", "limit", "required", "owner", "advice"]
"""`limit`: at most `most`; `required`: the channel must do it; `owner`: the owner must see to it."""


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Record):
    """Where a rule was read, and when; `dated` is the rule's own date where it has one."""

    title: str = Field(min_length=1)
    confidence: Literal["official", "second hand"]
    read: date
    dated: date | None = None

    def __str__(self) -> str:
        return f"{self.title} ({self.confidence}, read {self.read})"


class Rule(_Record):
    """One rule. `most` is in bits a second, or in seconds, as the topic has it."""

    topic: Topic
    verdict: Verdict
    says: str = Field(min_length=1)
    source: Source
    most: int | None = Field(default=None, gt=0)

    @property
    def since(self) -> date:
        """The rule's own date, else the day it was read."""
        return self.source.dated or self.source.read


class Platform(_Record):
    """One platform. `hosts` are the ends of its ingest's names; `markets` names another profile by territory.

    `label_adds` are words that the label of every frame bears there beside its own, which nothing removes.
    """

    id: str = Field(pattern=r"^[a-z0-9-]{1,64}$")
    name: str = Field(min_length=1)
    hosts: tuple[str, ...] = ()
    markets: dict[str, str] = Field(default_factory=dict)
    label_adds: str = Field(default="", max_length=16)
    rules: tuple[Rule, ...] = Field(default=(), alias="rule")

    def rule(self, topic: Topic) -> Rule | None:
        """Return its rule of a topic; None where it is unknown."""
        return next((rule for rule in self.rules if rule.topic == topic), None)

    @property
    def private(self) -> bool:
        """Whether nothing leaves this machine there."""
        return self.id in _ON_THIS_MACHINE

    def serves(self, host: str) -> bool:
        """Whether a host is one of its ingest."""
        return any(host == known or host.endswith(f".{known}") for known in self.hosts)


class Confirmations(Protocol):
    """The audit log, as far as it is needed here."""

    def entries(self, kind: str = "") -> list[Entry]:
        """Return the records of a kind, or all."""
        ...

    def append(self, kind: str, body: dict[str, object]) -> str:
        """Write a record and return its hash."""
        ...


@cache
def load_platforms() -> Mapping[str, Platform]:
    """Return all platforms by id, in the order of their ids."""
    folder = files("livestream") / "standards" / "platforms"
    found = [
        Platform.model_validate(tomllib.loads(entry.read_text(encoding="utf-8")))
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    ]
    return MappingProxyType({each.id: each for each in sorted(found, key=lambda each: each.id)})


def platform(id: str) -> Platform:  # noqa: A002 - an id is what it is
    """Return the platform of an id.

    Raises:
        UsageError: none is known by it.
    """
    known = load_platforms()
    if id not in known:
        raise UsageError(f"no platform is called {id!r}", where="platform", remedy=f"Known: {', '.join(known)}.")
    return known[id]


def platform_of(destination: Destination, territory: str = "", *, public: bool = False) -> Platform | None:
    """Return what a destination is under: what it names, else what its ingest's host tells; None where unknown.

    Args:
        destination: where to.
        territory: the audience's market, `US`: some platforms have rules of their own there.
        public: whether the web page is served under public names.

    Raises:
        UsageError: it names a platform that is not known, or that its address is not of.
    """
    known = load_platforms()
    if destination.kind == "file":
        return known["file"]
    if destination.kind == "whep":
        return known["own" if public else "local"]
    host = host_of(destination)
    told = _told_by(host)
    named = platform(destination.platform) if destination.platform else None
    if told and named and named not in (told, *(known[each] for each in told.markets.values())):
        raise UsageError(
            f"the address is one of {told.name}, and the destination says {named.id}",
            where=destination.label,
            remedy=f'Write platform = "{told.id}", or leave it out.',
        )
    if named and named.private and not is_local(host):
        raise UsageError(
            f"{host} is not on this machine, and the destination says {named.id}",
            where=destination.label,
            remedy="Name the platform; livestream platforms lists those that are known.",
        )
    found = named or told or (known["local"] if is_local(host) else None)
    return known[found.markets[territory]] if found and territory in found.markets else found


def host_of(destination: Destination) -> str:
    """Return the host of an RTMP destination, in small letters and without a final dot."""
    return (urlsplit(destination.to).hostname or "").lower().rstrip(".")


def _told_by(host: str) -> Platform | None:
    return next((each for each in load_platforms().values() if each.serves(host)), None)


def is_local(host: str) -> bool:
    """Whether a host is this machine's loopback."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_platforms(settings: ChannelSettings, audit: Confirmations) -> None:
    """Refuse what a destination's platform does not allow; in assist mode nothing is published, so all is well.

    Raises:
        UsageError: names the rule, its date, its source, and what is allowed instead.
        AuditError: the audit log cannot be read, or was tampered with.
    """
    if settings.mode == "assist":
        return
    outward = [(each, profile) for each, profile in _profiles(settings) if _hosts(each, settings)]
    for destination, profile in outward:
        for rule in profile.rules if profile else ():
            breach = _BREACHES[rule.topic](rule, settings) if rule.topic in _BREACHES else ""
            if profile and breach:
                raise _refusal(destination, profile, rule, breach)
    confirmed: Mapping[str, Entry] | None = None
    for destination, profile in outward:
        for host in _hosts(destination, settings):
            told = profile if _told_by(host) else None  # what a destination says of itself opens nothing
            if is_local(host) or (told and told.rule("voice")):
                continue
            confirmed = confirmations(audit) if confirmed is None else confirmed
            if host not in confirmed:
                raise _unconfirmed(destination, host, profile)


def platforms_of(settings: ChannelSettings) -> Mapping[str, Platform | None]:
    """Return what each destination is under, by its label.

    Raises:
        UsageError: as `platform_of`.
    """
    return {destination.label: profile for destination, profile in _profiles(settings)}


def label_adds(settings: ChannelSettings) -> str:
    """Return what the destinations' platforms add to the label of every frame, empty for nothing."""
    told = (profile.label_adds for _, profile in _profiles(settings) if profile)
    return " · ".join(dict.fromkeys(words for words in told if words))


def confirmations(audit: Confirmations) -> Mapping[str, Entry]:
    """Return the newest confirmation of each host.

    Raises:
        AuditError: the audit log cannot be read, or was tampered with.
    """
    return {str(entry.body.get("host", "")): entry for entry in audit.entries(CONFIRMED)}


def confirm(audit: Confirmations, host: str, *, name: str, statement: str) -> str:
    """Record that somebody has read a platform's rules and answers for a synthetic host there; return the hash.

    Raises:
        UsageError: the host is none, needs no confirmation or may not be confirmed, or words are missing.
        AuditError: the record cannot be written.
    """
    host = host.strip().lower().rstrip(".")
    if not is_host(host):
        raise UsageError(
            "this is no host name", where=host[:80], remedy="Give the ingest's host alone: live.example.com."
        )
    known = _told_by(host)
    if is_local(host) or (known and (rule := known.rule("voice")) and rule.verdict == "allowed"):
        raise UsageError("this host needs no confirmation", where=host)
    name, statement = " ".join(name.split()), " ".join(statement.split())
    if not 0 < len(name) <= MOST_NAME or not LEAST_STATEMENT <= len(statement) <= MOST_STATEMENT:
        raise UsageError(
            "a confirmation needs a name and a statement of at least a sentence",
            where=host,
            remedy='Write, say: --name "Ana Ruiz" --statement "I have read its rules of today; they allow AI hosts."',
        )
    if not (name + statement).isprintable():
        raise UsageError("a confirmation has characters that cannot be read", where=host, remedy="Write plain text.")
    return audit.append(CONFIRMED, {"host": host, "name": name, "statement": statement})


def _profiles(settings: ChannelSettings) -> list[tuple[Destination, Platform | None]]:
    territory, public = locale(settings.locale).territory, settings.web.behind_proxy
    return [(each, platform_of(each, territory, public=public)) for each in settings.destinations]


def _hosts(destination: Destination, settings: ChannelSettings) -> tuple[str, ...]:
    """Return the hosts by which a destination is out in the world: none for a file, and for a page of this machine."""
    if destination.kind == "whep":
        return tuple(name.partition(":")[0].rstrip(".") for name in settings.web.names)
    return (host_of(destination),) if destination.kind == "rtmp" else ()


def _forbidden(rule: Rule, _: ChannelSettings) -> str:
    return "the presenter's voice and face are synthetic" if rule.verdict == "forbidden" else ""


def _simulcast(rule: Rule, settings: ChannelSettings) -> str:
    outward = [each.label for each in settings.destinations if _hosts(each, settings)]
    several = rule.verdict == "forbidden" and len(outward) > 1
    return f"the channel goes to {' and '.join(outward)} at once" if several else ""


def _hours(rule: Rule, settings: ChannelSettings) -> str:
    if rule.most is None or (settings.duration is not None and settings.duration <= rule.most):
        return ""
    asked = "has no end" if settings.duration is None else f"lasts {settings.duration / 3600:.1f} h"
    return f"the stream {asked}, and {rule.most / 3600:g} h is the most"


def _bitrate(rule: Rule, settings: ChannelSettings) -> str:
    if rule.most is None or settings.bitrate <= rule.most:
        return ""
    return f"the bitrate is {settings.bitrate / 1e6:g} Mbit/s, and {rule.most / 1e6:.3g} is the most"


def _interaction(rule: Rule, settings: ChannelSettings) -> str:
    return "no comments are heard" if rule.verdict == "required" and not settings.comments else ""


_BREACHES: Mapping[str, Callable[[Rule, ChannelSettings], str]] = {
    "voice": _forbidden,
    "static": _forbidden,
    "simulcast": _simulcast,
    "hours": _hours,
    "bitrate": _bitrate,
    "interaction": _interaction,
}
"""What of a channel goes against a rule of a topic, empty for nothing; the other topics no setting can break."""
_REMEDIES: Mapping[str, str] = {
    "simulcast": "Go there alone; recording to a file and watching on the web page are allowed.",
    "hours": "Allowed: a shorter stream, with --duration.",
    "bitrate": "Set a lower bitrate in the channel file.",
    "interaction": "Name where comments come from in the channel file: [[comments]].",
}
_INSTEAD = (
    "Allowed: a person speaks and the channel helps with lines, captions and answers (--assist), "
    "a recording (--to show.mp4), or another destination."
)


def _refusal(destination: Destination, profile: Platform, rule: Rule, breach: str) -> UsageError:
    return UsageError(
        f"{profile.name} does not allow it: {breach}. Its rule: “{rule.says}”",
        where=f"{destination.label}, rule {profile.id}/{rule.topic} of {rule.since}",
        remedy=f"Source: {rule.source}. {_REMEDIES.get(rule.topic, _INSTEAD)}",
    )


def _unconfirmed(destination: Destination, host: str, profile: Platform | None) -> UsageError:
    if profile is None:
        what = "nothing is known of this platform's rules"
    elif profile.rule("voice"):
        what = f"the address does not tell that it is {profile.name}"
    else:
        what = f"nothing is known of whether {profile.name} allows a synthetic host"
    preview = "a page without web.names" if destination.kind == "whep" else "--to whep"
    return UsageError(
        f"{what}, so that only a preview is shown until its owner confirms in writing",
        where=destination.label,
        remedy=(
            f'Read its rules, then: livestream platforms confirm {host} --name "…" --statement "…". '
            f"Until then: {preview}, --to show.mp4, or --assist."
        ),
    )
