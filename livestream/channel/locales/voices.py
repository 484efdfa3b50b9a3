"""The voices of this machine: which engines a locale has here, and how good they are."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import entry_points

from livestream import datafiles, disclosure
from livestream.errors import LivestreamError, MachineError, SpeechError, UsageError
from livestream.speech.engine import GROUP, About, SpeechEngine, make_engine
from livestream.speech.voice import Quality, Voice, load_voice, quality

WITHOUT_ENGINE = "Install one, or name a better engine in the voice file: docs/voices.md."
"""What to do where nothing can speak."""
ENOUGH = 0.5
"""The part of a show that must be spoken ahead for an engine that speaks ahead to count as its voice."""


@dataclass(frozen=True, slots=True)
class EngineHere:
    """One engine of a chain: `about` is None where even that cannot be told; `lack` and `remedy` why it is absent."""

    name: str
    about: About | None
    lack: str = ""
    remedy: str = ""

    @property
    def installed(self) -> bool:
        """Whether it can speak here."""
        return not self.lack


@dataclass(frozen=True, slots=True)
class VoiceHere:
    """A locale's voice on this machine; `quality` is None where none of its engines is installed."""

    tag: str
    gender: str
    where: str
    engines: tuple[EngineHere, ...]
    quality: Quality | None

    @property
    def first(self) -> EngineHere | None:
        """The engine that speaks here."""
        return next((engine for engine in self.engines if engine.installed), None)

    @property
    def note(self) -> str:
        """One sentence on what is to be known before a show; empty where nothing is."""
        if self.quality is None:
            named = " and ".join(f"{engine.name}: {engine.lack}" for engine in self.engines)
            return f"none of its engines is installed ({named})"
        tier = "preview quality" if self.quality.preview else f"{self.quality.tier} voice"
        why = f": {self.quality.why}" if self.quality.why else ""
        return f"{self.quality.engine}, {tier}{why}" if why or self.quality.preview else ""


def voice_locales() -> list[str]:
    """Return the locales that have a voice file, sorted."""
    return datafiles.names("voices")


def voice_here(tag: str) -> VoiceHere:
    """Return a locale's voice as it is on this machine.

    Raises:
        UsageError: the locale has no voice file, or the file is wrong.
    """
    known = voice_locales()
    if tag not in known:
        raise UsageError(
            f"there is no voice for {tag}",
            remedy=f"There are: {', '.join(known)}. A new one begins with: livestream locale new {tag}",
        )
    voice = load_voice(tag)
    engines = tuple(_engine(name, voice) for name in voice.engines)
    found = quality(voice) if any(engine.installed for engine in engines) else None
    return VoiceHere(tag, voice.gender, voice.where, engines, found)


def voice_note(tag: str) -> str:
    """Return what is to be known of a locale's voice before a show; empty where nothing is, or it has none."""
    try:
        return voice_here(tag).note
    except LivestreamError:  # whoever needs the voice says so
        return ""


def require_engine(tag: str) -> VoiceHere:
    """Return a locale's voice, of which one engine at least is installed here.

    Raises:
        UsageError: the locale has no voice file, or the file is wrong.
        MachineError: none is, so that a show would be mute; says what to install.
    """
    here = voice_here(tag)
    if here.first is None:
        remedies = dict.fromkeys(engine.remedy for engine in here.engines)
        raise MachineError(f"the voice of {tag}: {here.note}", where=here.where, remedy="\n".join(remedies))
    return here


def require_show_quality(tag: str, *, ready: float = 1.0) -> None:
    """See that a locale's voice is good enough here for a show that nobody attends.

    It is as good as what will speak: not an engine too slow for a show of which only the part `ready`, 0 to 1, is
    spoken ahead, and not a server that does not answer. A server is asked for one short sentence.

    Raises:
        UsageError: it is for previews only; says why, and what to do.
        MachineError: nothing would speak.
    """
    here = require_engine(tag)

    def unfit(engine: SpeechEngine) -> str:
        if not engine.about.live and ready < ENOUGH:
            return f"{engine.name} is too slow to be made on air, and {ready:.0%} of the show is prepared"
        try:
            if engine.about.distant:
                engine.synthesise(disclosure.spoken(tag)[0], locale=tag, seed=0)
        except SpeechError as error:
            return f"{engine.name} does not answer ({error.message})"
        return ""

    try:
        found = quality(load_voice(tag), unfit)
    except MachineError as error:
        raise MachineError(
            error.message,
            where=here.where,
            remedy="Run: livestream prepare, see that the speech server answers, or install another engine.",
        ) from error
    if not found.preview:
        return
    slow = here.first is not None and here.first.about is not None and not here.first.about.live and ready < ENOUGH
    ahead = "Speak the show ahead: livestream prepare, with the same list and options; or name" if slow else "Name"
    raise UsageError(
        f"the voice of {tag} is of preview quality: {found.why}",
        where=here.where,
        remedy=(
            f"{ahead} a better engine before it, such as a Piper voice or a server with the OpenAI API "
            "(docs/voices.md); or go on air with it as it is: --preview-voice, preview_voice = true in a channel file; "
            "or have a person speak: --assist."
        ),
    )


def _engine(name: str, voice: Voice) -> EngineHere:
    try:
        return EngineHere(name, make_engine(name, voice).about)
    except LivestreamError as error:
        return EngineHere(name, _about(name), error.message, error.remedy or WITHOUT_ENGINE)


def _about(name: str) -> About | None:
    """Return what an engine says of itself though it cannot be made here."""
    for entry in entry_points(group=GROUP, name=name):
        with suppress(ImportError):
            about = getattr(entry.load(), "about", None)
            return about if isinstance(about, About) else None
    return None
