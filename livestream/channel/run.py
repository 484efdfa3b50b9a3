"""Going on air: checks everything that can fail before the start, runs the channel, sums it up."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import resource
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livestream.audit import AuditLog, audit_path, verify
from livestream.avatar import load_presenter_pack
from livestream.catalogue import Catalogue
from livestream.channel.goods import read_goods
from livestream.channel.locales.voices import require_engine, require_show_quality
from livestream.channel.outputs import check_output
from livestream.channel.preparing import readiness
from livestream.channel.supervisor import Files, RunFolder, Running, Supervisor
from livestream.clock import SystemClock
from livestream.console.tokens import new_ticket
from livestream.console.webport import WebPort
from livestream.datafiles import find
from livestream.drafting.approval import approved_playbook
from livestream.errors import (
    AuditError,
    ChannelError,
    ClaimRefused,
    LivestreamError,
    MachineError,
    RundownError,
    UsageError,
)
from livestream.locales import Locale, locale
from livestream.media import SAMPLE_RATE
from livestream.playout.asrun import AsRun, aired, read_as_run
from livestream.programme.bed import Bed
from livestream.settings import ChannelSettings, Destination
from livestream.standards import Standards
from livestream.standards.packs import load_pack, reads
from livestream.standards.platforms import check_platforms, platforms_of
from livestream.store.claims import claim

FREE_BYTES = 200 * 1024 * 1024
"""Disk space without which a recording is not begun."""
OVERTIME = 3.0
"""How long past its duration a channel may take to finish its last sentence, in seconds."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to. `cpu` is CPU seconds of all processes ÷ seconds on air, 1.0 one core.

    `comments` counts what the live loop heard, planned and answered.
    """

    seconds: float
    parts: int
    lines: int
    cut_lines: int
    speech_seconds: float
    dead_air_seconds: float
    late_frames: int
    lost_frames: int
    lateness_ms: dict[str, float]
    cpu: float
    cpu_by_process: dict[str, float]
    restarts: dict[str, int]
    destinations: dict[str, str]
    comments: dict[str, Any]
    files: tuple[str, ...]
    as_run: str


def on_air(
    settings: ChannelSettings,
    *,
    announce: Callable[[str, ChannelSettings, Catalogue], None],
    on_change: Callable[[Running], None] | None = None,
) -> Outcome:
    """Run a channel until its duration is over, its rundown is done, or SIGINT or SIGTERM comes.

    `announce` is told the link to the live picture, the settings with the paths really used, and the products.

    Raises:
        UsageError, CatalogueError, MachineError: something would have failed; nothing was started.
        ChannelError: the channel could not be kept on air.
    """
    settings = permitted(settings)
    catalogue = check(settings)
    settings, as_run = fresh_paths(settings)
    clock = SystemClock()
    with RunFolder() as folder, claim(settings.name or settings.catalogue.stem) as claimed:
        port, web_fd = folder.listen_web(settings.web.host, settings.web.port)
        ticket = new_ticket(clock.time())
        audit = AuditLog(audit_path(), clock)
        _open(audit, as_run, _opened(settings, as_run))
        announce(WebPort.of(settings.web, port).link(ticket.token), settings, catalogue)
        supervisor = Supervisor(
            settings,
            folder,
            files=Files(as_run, folder.path / "journal.jsonl", claimed.path),
            web_fd=web_fd,
            ticket=ticket,
            clock=clock,
            on_change=on_change,
        )
        try:
            asyncio.run(_run(supervisor, settings))
        finally:
            _close(audit, as_run)
        return _outcome(supervisor, settings, as_run)


def permitted(settings: ChannelSettings) -> ChannelSettings:
    """Return the settings as the platforms permit them: in assist mode nothing is published but on the web page.

    Raises:
        UsageError: a platform does not allow what is asked for; names the rule, its date and its source. Or nobody
            attends, and the voice is of preview quality or no rules are in the show's language.
        MachineError: nothing can speak here, or what would be first cannot and nothing stands in for it.
        AuditError: the audit log cannot be read, or was tampered with.
    """
    check_platforms(settings, AuditLog(audit_path(), SystemClock()))
    if settings.mode != "assist":
        tag = locale(settings.locale).tag
        require_engine(tag)
        if not settings.preview_voice:
            ahead = readiness(settings)
            require_show_quality(tag, ready=1.0 if ahead is None else ahead.share)
        if not settings.union_rules and not reads(tag):
            raise UsageError(
                f"{tag} has no rule pack: of promises in its language only the plain ones are noticed",
                where=f"locale = {tag}",
                remedy=(
                    "Numbers, prices and the rules of all other markets are checked all the same. If your titles and "
                    "texts promise nothing: --union-rules, or union_rules = true in a channel file. Or have a person "
                    "speak: --assist."
                ),
            )
        return settings
    heard = tuple(each.model_copy(update={"reply": False}) for each in settings.comments)
    return settings.model_copy(update={"destinations": (Destination(to="whep"),), "comments": heard})


def draw_presenter(settings: ChannelSettings, progress: Callable[[float], None]) -> None:
    """Draw the presenter's pictures, where that has not been done yet: some seconds, once.

    Raises:
        AvatarError: the presenter is missing, damaged, or shows a person without consent.
    """
    if settings.mode == "assist":
        return
    load_presenter_pack(settings.presenter, progress=lambda done, total: progress(done / total))


def check(settings: ChannelSettings) -> Catalogue:
    """Try everything that can be tried before the start; return the catalogue.

    Raises:
        UsageError, CatalogueError, RundownError, AvatarError, MachineError: names what is wrong and what to do.
    """
    market = locale(settings.locale)
    approved_playbook(market, settings.drafts, AuditLog(audit_path(), SystemClock()))
    find("assets", "scenes", f"{settings.scene}.toml")
    draw_presenter(settings, lambda _: None)
    if settings.bed is not None:
        Bed.check(settings.bed)
    for destination in settings.destinations:
        _check_destination(destination)
    catalogue = read_goods(settings)
    if not catalogue.products:
        raise UsageError(
            "no product of the list can be sold",
            where=str(settings.catalogue),
            remedy=f"livestream check {settings.catalogue} says why.",
        )
    _check_titles(catalogue, market)
    return catalogue


def fresh_paths(settings: ChannelSettings) -> tuple[ChannelSettings, Path]:
    """Return settings whose files do not exist yet, numbered where they do, and the as-run log's path."""
    destinations = list(settings.destinations)
    as_run: Path | None = None
    for index, destination in enumerate(destinations):
        if destination.kind == "file":
            path = _unused(Path(destination.to))
            destinations[index] = destination.model_copy(update={"to": str(path)})
            as_run = as_run or as_run_beside(path)
    if as_run is None:
        stamp = time.strftime("%Y%m%d-%H%M%S")
        as_run = Path("on-air") / f"{settings.name or settings.catalogue.stem}-{stamp}.as-run.jsonl"
    try:
        as_run.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineError(
            f"the folder of the as-run log cannot be made: {error.strerror}",
            where=str(as_run.parent),
            remedy="Start it in a folder that you may write to, or record to a file: --to show.mp4.",
        ) from error
    return settings.model_copy(update={"destinations": tuple(destinations)}), as_run


def as_run_beside(recording: Path) -> Path:
    """Return where the as-run log of a recording lies."""
    return recording.with_suffix(".as-run.jsonl")


def _unused(path: Path) -> Path:
    number = 1
    candidate = path
    while candidate.exists() or as_run_beside(candidate).exists():
        number += 1
        candidate = path.with_stem(f"{path.stem}-{number}")
    return candidate


def _check_titles(catalogue: Catalogue, market: Locale) -> None:
    """See that one product at least passes standards: with none there is nothing to be on air with."""
    standards = Standards(catalogue.facts, market)
    refusal: ClaimRefused | None = None
    for product in catalogue.products:
        try:
            standards.approve_card(product)
        except ClaimRefused as error:
            refusal = refusal or error
        else:
            return
    raise RundownError(
        f"standards refuse the title of every product; of the first: {refusal.message if refusal else ''}",
        where=catalogue.path.name,
        remedy="Name the products without the claim.",
    )


def _check_destination(destination: Destination) -> None:
    if destination.key_env and not os.environ.get(destination.key_env):
        raise UsageError(
            f"the environment variable {destination.key_env} is not set",
            where=destination.label,
            remedy="Export the stream key under this name before the start.",
        )
    key_file = destination.key_file
    if key_file and not (key_file.is_file() and os.access(key_file, os.R_OK) and key_file.stat().st_size):
        raise UsageError(
            "the key file does not exist, is empty or cannot be read",
            where=str(destination.key_file),
            remedy="Put the stream key alone into it, readable for you.",
        )
    if destination.kind == "file":
        _check_recording(Path(destination.to))


def _check_recording(path: Path) -> None:
    if path.suffix.lower() != ".mp4":
        raise UsageError("a recording is an .mp4 file", where=str(path), remedy="Write --to out.mp4.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(path.parent).free
    except OSError as error:
        raise MachineError(
            f"the recording's folder cannot be made: {error.strerror}",
            where=str(path.parent),
            remedy="Choose a folder that you may write to.",
        ) from error
    check_output(path)
    if free < FREE_BYTES:
        raise MachineError(
            f"only {free // 2**20} MB are free", where=str(path.parent), remedy="Free some disk or record elsewhere."
        )


async def _run(supervisor: Supervisor, settings: ChannelSettings) -> None:
    loop = asyncio.get_running_loop()
    heeded = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup wants it to outlive the terminal
        heeded.append(signal.SIGHUP)
    for name in heeded:
        loop.add_signal_handler(name, supervisor.end)
    try:
        await supervisor.run(None if settings.duration is None else settings.duration + OVERTIME)
    finally:
        for name in heeded:
            loop.remove_signal_handler(name)


def _outcome(supervisor: Supervisor, settings: ChannelSettings, as_run: Path) -> Outcome:
    running = supervisor.running
    vital = [text for name, text in running.failures.items() if not name.startswith("egress")]
    if vital:
        raise ChannelError(vital[0], remedy="Nothing more is on air.")
    seconds = supervisor.seconds
    air = running.statuses.get("air", {})
    lines = _aired_or_none(as_run)
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
    cpu = sum(entry.ru_utime + entry.ru_stime for entry in usage)
    states = {
        name.removeprefix("egress "): str(status.get("state", ""))
        for name, status in running.statuses.items()
        if name.startswith("egress ")
    }
    return Outcome(
        seconds=round(seconds, 1),
        parts=len({entry.instance for entry in lines}),
        lines=len(lines),
        cut_lines=sum(not entry.complete for entry in lines),
        speech_seconds=round(sum(entry.end - entry.start for entry in lines) / SAMPLE_RATE, 1),
        dead_air_seconds=float(air.get("dead_air_seconds", 0.0)),
        late_frames=int(air.get("late_frames", 0)),
        lost_frames=int(air.get("lost_frames", 0)),
        lateness_ms=air.get("lateness_ms", {}),
        cpu=round(cpu / max(seconds, 1e-9), 3),
        cpu_by_process={c.spec.name: round(c.cpu_seconds / max(seconds, 1e-9), 3) for c in supervisor.children},
        restarts={child.spec.name: child.restarts for child in supervisor.children if child.restarts},
        destinations=states | {n.removeprefix("egress "): t for n, t in running.failures.items()},
        comments=running.statuses.get("orchestrator", {}).get("comments", {}),
        files=tuple(entry.to for entry in settings.destinations if entry.kind == "file"),
        as_run=str(as_run),
    )


def _opened(settings: ChannelSettings, as_run: Path) -> dict[str, Any]:
    """Return what was in force when a channel went on air."""
    return {
        "file": str(as_run.resolve()),
        "channel": settings.name or settings.catalogue.stem,
        "locale": settings.locale,
        "mode": settings.mode,
        "rules": load_pack(locale(settings.locale).tag).name,
        "destinations": {name: found.id if found else "" for name, found in platforms_of(settings).items()},
        "files": {
            name: hashlib.sha256(path.read_bytes()).hexdigest()
            for name in ("catalogue", "policies", "drafts")
            if (path := getattr(settings, name)) is not None and path.is_file()
        },
    }


def _open(audit: AuditLog, as_run: Path, body: dict[str, Any]) -> None:
    """Note that an as-run log is begun; it is there from then on, so that one that is gone was removed."""
    try:
        as_run.touch()
    except OSError as error:
        raise MachineError(f"the as-run log cannot be written: {error.strerror}", where=str(as_run)) from error
    audit.append("as_run_opened", body)


def _close(audit: AuditLog, as_run: Path) -> None:
    """Note the head of the as-run log, so that a cut end shows; a log that cannot be read is none to vouch for."""
    with contextlib.suppress(AuditError):
        log = verify(as_run)
        audit.append("as_run_closed", {"file": str(as_run.resolve()), "records": log.records, "head": log.head})


def _aired_or_none(as_run: Path) -> list[AsRun]:
    try:
        return aired(read_as_run(as_run))
    except LivestreamError:
        return []
