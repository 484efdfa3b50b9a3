"""Approval: who has read a drafts file and lets it on air, in the audit log, for exactly its bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from livestream.audit import AuditLog
from livestream.catalogue import Catalogue, read_catalogue
from livestream.datafiles import state_dir
from livestream.drafting.asking import Brief, briefs
from livestream.drafting.document import DraftLine, Drafts, drafts_bytes, parse_drafts, read_drafts
from livestream.drafting.judge import WORDING, Judge
from livestream.drafting.vocabulary import vocabulary
from livestream.errors import ClaimRefused, LivestreamError, MachineError, UsageError
from livestream.locales import Locale, locale
from livestream.rundown import Playbook, load_playbook

KIND = "drafts_approved"
GONE = "gone"
"""The rule of a line whose product or fact is not in the list now: it cannot be judged."""
Change = Literal["new", "same", "gone"]


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved which bytes, and when (UTC, ISO 8601)."""

    by: str
    at: str
    digest: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as a person reads it before they approve.

    `caption` is what viewers would read now, empty where it cannot be said; then `rule` and `reason` say why.
    `change` compares it with what was approved before.
    """

    line: DraftLine
    change: Change
    caption: str = ""
    rule: str = ""
    reason: str = ""


def approval_of(digest: str, audit: AuditLog) -> Approval | None:
    """Return the approval of a file with this SHA-256, None where nobody gave it.

    Raises:
        AuditError: the audit log cannot be read, or its chain is broken.
    """
    found = [entry for entry in audit.entries(KIND) if entry.body.get("sha256") == digest]
    return Approval(str(found[-1].body.get("by", "")), found[-1].at, digest) if found else None


def approved_drafts(path: Path, market: Locale, audit: AuditLog) -> Drafts:
    """Return the drafts of a file that somebody approved as it is, for use without anybody watching.

    Raises:
        UsageError: nobody approved these bytes, it is no drafts file, or its locale is another.
        AuditError: the audit log cannot be read, or its chain is broken.
    """
    drafts = parse_drafts(drafts_bytes(path), path)
    if approval_of(drafts.digest, audit) is None:
        raise UsageError(
            "nobody has approved these drafts as they are now, and unapproved drafts do not go on air",
            where=str(path),
            remedy=f"Read them: livestream drafts show {path}  Then: livestream drafts approve {path} --by NAME",
        )
    _check_locale(drafts, market, path)
    return drafts


def approved_playbook(market: Locale, drafts: Path | None, audit: AuditLog) -> Playbook:
    """Return the playbook of a locale, with the approved drafts of a file where one is named.

    Raises:
        UsageError, AuditError: there is no playbook, or as `approved_drafts`.
    """
    playbook = load_playbook(market.tag)
    return playbook.with_drafts(approved_drafts(drafts, market, audit).wordings()) if drafts else playbook


def previewed_playbook(market: Locale, path: Path, audit: AuditLog) -> tuple[Playbook, Approval | None]:
    """Return the playbook with the drafts of a file, approved or not, to look at; and their approval.

    Raises:
        UsageError: there is no playbook, it is no drafts file, or its locale is another.
        AuditError: the audit log cannot be read, or its chain is broken.
    """
    drafts = read_drafts(path)
    _check_locale(drafts, market, path)
    return load_playbook(market.tag).with_drafts(drafts.wordings()), approval_of(drafts.digest, audit)


def approve(path: Path, by: str, audit: AuditLog, *, catalogue: Path | None = None) -> Drafts:
    """Record that somebody has read these drafts and lets them on air; a copy is kept to compare later ones with.

    Raises:
        UsageError: `by` is no name, it is no drafts file, a line of it has words that no fact carries, or tells of
            what is not in the list.
        AuditError, MachineError: the approval cannot be written.
    """
    name = person(by)
    content = drafts_bytes(path)
    drafts = parse_drafts(content, path)
    lines = list(judged(drafts, path, catalogue=catalogue))
    own = [shown for shown in lines if shown.rule in WORDING]
    if own:
        raise UsageError(
            f"{len(own)} lines say what no fact carries; the first, {own[0].line.say!r}: {own[0].reason}",
            where=str(path),
            remedy="Remove them. Words of your own belong into the playbook: scripts/<locale>/.",
        )
    if unjudged := [shown for shown in lines if shown.rule == GONE]:
        raise UsageError(
            f"{len(unjudged)} lines cannot be judged; the first, {unjudged[0].line.say!r}: {unjudged[0].reason}",
            where=str(path),
            remedy="Remove them, or name the list that they were written for: --catalogue FILE.",
        )
    copy = _copy(drafts.digest)
    try:
        copy.parent.mkdir(mode=0o700, exist_ok=True)
        part = copy.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(content)
        part.replace(copy)
    except OSError as error:
        raise MachineError(f"the approved drafts cannot be kept: {error.strerror}", where=str(copy)) from error
    body = {"drafts": str(path.resolve()), "sha256": drafts.digest, "by": name, "locale": drafts.locale}
    audit.append(KIND, body | {"lines": len(drafts.line)})
    return drafts


def person(by: str) -> str:
    """Return the name of whoever approves.

    Raises:
        UsageError: it is none.
    """
    name = " ".join(by.split())
    if not name or len(name) > 100 or not name.isprintable():
        raise UsageError("an approval is given by a person", where="--by", remedy='Write your name: --by "Ana Ruiz"')
    return name


def before(path: Path, audit: AuditLog) -> Drafts | None:
    """Return what was approved last under this file's name, None where nothing was or its copy is gone."""
    mine = [entry for entry in audit.entries(KIND) if entry.body.get("drafts") == str(path.resolve())]
    for entry in reversed(mine):
        copy = _copy(str(entry.body.get("sha256", "")))
        with suppress(LivestreamError):
            drafts = parse_drafts(drafts_bytes(copy), copy)
            return drafts if drafts.digest == entry.body.get("sha256") else None
    return None


def judged(
    drafts: Drafts, path: Path, *, catalogue: Path | None = None, earlier: Drafts | None = None
) -> Iterator[Shown]:
    """Yield every line of the file as it reads by the facts in force, then those of `earlier` that are gone.

    Raises:
        UsageError: the product list is not there, or the locale has no playbook.
        CatalogueError: the product list cannot be read.
    """
    market = locale(drafts.locale)
    products = read_list(drafts, path, catalogue)
    playbook = load_playbook(market.tag)
    judge = Judge(products, market, vocabulary(playbook))
    by_handle = {brief.product.handle: brief for brief in briefs(products, playbook, count=1)}
    known = {(line.product, line.beat, line.say) for line in earlier.line} if earlier else set()
    for line in drafts.line:
        same = (line.product, line.beat, line.say) in known
        yield _shown(line, by_handle.get(line.product), judge, "same" if same else "new")
    now = {(line.product, line.beat, line.say) for line in drafts.line}
    for line in earlier.line if earlier else ():
        if (line.product, line.beat, line.say) not in now:
            yield Shown(line, "gone")


def read_list(drafts: Drafts, path: Path, catalogue: Path | None) -> Catalogue:
    """Return the product list that drafts were written for, or another one."""
    listed = catalogue or path.parent / drafts.catalogue
    market = locale(drafts.locale)
    return read_catalogue(listed, currency=drafts.currency or None, assume=market.currency, locale=market.tag)


def _check_locale(drafts: Drafts, market: Locale, path: Path) -> None:
    if drafts.locale != market.tag:
        raise UsageError(
            f"the drafts are in {drafts.locale}, the show is in {market.tag}",
            where=str(path),
            remedy=f"Have lines drafted in its language: livestream write --locale {market.tag}",
        )


def _shown(line: DraftLine, brief: Brief | None, judge: Judge, change: Change) -> Shown:
    try:
        if brief is None:
            judge.check_words(line.say, ())
            raise ClaimRefused("the product is not in the list now", rule=GONE)
        approved = judge.approve(brief, line.beat, line.say, line.pinned)
    except ClaimRefused as error:
        return Shown(line, change, rule=GONE if error.rule == "fact" else error.rule, reason=error.message)
    return Shown(line, change, caption=approved.caption)


def _copy(digest: str) -> Path:
    safe = digest if digest.isalnum() else "none"
    return state_dir() / "drafts" / f"{safe}.toml"
