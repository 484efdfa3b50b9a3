"""`livestream comments`: what viewers write, pushed to a running channel."""

from __future__ import annotations

import asyncio
import json
import os
import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from livestream.cli.terminal import err, out

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from livestream.audience.bridge.client import Told
    from livestream.audience.bridge.load import Load

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    help="Push comments to a running channel: one, a stream of them, a recording, or a load.",
    epilog=(
        "The channel of this machine is found by itself. Another one is named by its address and the token of its "
        "source: --to wss://host/comments/ws --token-file F. docs/comments.md has the protocol."
    ),
)

To = Annotated[str | None, typer.Option(help="Address of a source, ws://HOST:PORT/comments/NAME.", metavar="URL")]
TokenFile = Annotated[Path | None, typer.Option(help="File with the source's token.", metavar="FILE")]
Channel = Annotated[str | None, typer.Option(help="Which channel, where several are running.", metavar="NAME")]
Source = Annotated[str | None, typer.Option(help="Which source, where the channel has several.", metavar="NAME")]
Json = Annotated[bool, typer.Option("--json", help="Print what the channel says as JSON, one line each.")]


class Mix(StrEnum):
    """What a load is made of."""

    CHAT = "chat"
    QUESTIONS = "questions"
    HOSTILE = "hostile"


@app.command()
def send(
    text: Annotated[str | None, typer.Argument(help="What the viewer writes.", show_default=False)] = None,
    stdin: Annotated[bool, typer.Option("--stdin", help="Send each line of standard input, text or JSON.")] = False,
    name: Annotated[str, typer.Option(help="What other viewers see of the writer.")] = "Viewer",
    user: Annotated[str, typer.Option(help="The writer's id.")] = "terminal",
    to: To = None,
    token_file: TokenFile = None,
    channel: Channel = None,
    source: Source = None,
    as_json: Json = False,
) -> None:
    """Send one comment, or with --stdin each line as it comes.

    Example: [bold]livestream comments send "How much is it?" --name Ann[/]

    With --stdin this is a bridge: pipe in whatever writes comments as lines.
    A line is a text, or JSON with text, and if you like id, user, name, at.
    It outlives the channel's restarts, and sends again what was not stored.
    With --json it also prints the replies to post.
    """
    from livestream.audience.bridge.client import ask
    from livestream.errors import SourceError, UsageError

    if (text is None) != stdin:
        raise UsageError("give a text, or --stdin", remedy='livestream comments send "How much is it?"')
    url, token = _target(to, token_file, channel, source)
    if text is None:
        asyncio.run(_send_lines(url, token, name, user, as_json=as_json))
        return
    id_ = f"{int(time.time() * 1000):x}.{os.getpid()}"
    message = {"type": "comment", "id": id_, "user": user, "name": name, "text": text}
    told = asyncio.run(ask(url, token, message))
    if told.get("type") != "receipt":
        field = str(told.get("field") or "comment")
        raise SourceError(str(told.get("message")), where=field, remedy="See livestream comments send --help.")
    _print(told, as_json=as_json)


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="A recording: one JSON object a line, with at.", metavar="FILE.jsonl")],
    speed: Annotated[float, typer.Option(help="Times as fast as it was.", min=0.01, max=1000)] = 1.0,
    start: Annotated[int, typer.Option(help="Lines to pass over.", min=0)] = 0,
    to: To = None,
    token_file: TokenFile = None,
    channel: Channel = None,
    source: Source = None,
    as_json: Json = False,
) -> None:
    """Send a recorded chat at the distances it came in.

    Example: [bold]livestream comments replay chat.jsonl --speed 10[/]
    """
    from livestream.audience.sources.replay import ReplaySource
    from livestream.clock import SystemClock
    from livestream.errors import UsageError

    if not file.is_file():
        raise UsageError("there is no such file", where=str(file), remedy="Name a recording, one JSON object a line.")
    url, token = _target(to, token_file, channel, source)
    clock = SystemClock()
    recording = ReplaySource("replay", file, clock=clock, speed=speed, start=start)
    counts = asyncio.run(_push(_messages(recording.comments()), url, token, as_json=as_json))
    _sum_up(counts, recording.status.detail, as_json=as_json)


@app.command()
def load(
    rate: Annotated[float, typer.Option(help="Comments a second, over all connections.", min=0.1, max=10_000)] = 30.0,
    seconds: Annotated[float, typer.Option(help="For how long.", min=0.1, max=3_600)] = 10.0,
    mix: Annotated[Mix, typer.Option(help="Chatter with some questions, buyers alone, or a hostile crowd.")] = Mix.CHAT,
    connections: Annotated[int, typer.Option(help="Over how many connections.", min=1, max=16)] = 1,
    seed: Annotated[int, typer.Option(help="Another number, other comments.")] = 1,
    to: To = None,
    token_file: TokenFile = None,
    channel: Channel = None,
    source: Source = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as one line of JSON.")] = False,
) -> None:
    """Send comments at a steady rate, and tell how long the channel took to acknowledge them.

    Example: [bold]livestream comments load --rate 200 --seconds 30 --mix questions[/]

    Only to a channel of this machine. Latency is from when a comment was due,
    so a channel that stops reading is seen. The exit code is 1 where a comment
    was never sent or never answered.
    """
    from livestream.audience.bridge.load import load as run
    from livestream.clock import SystemClock

    url, token = _target(to, token_file, channel, source)
    done = asyncio.run(
        run(
            url,
            token,
            rate=rate,
            seconds=seconds,
            mix=mix.value,
            connections=connections,
            clock=SystemClock(),
            seed=seed,
        )
    )
    if as_json:
        typer.echo(json.dumps(done.summary()))
    else:
        out.print(_table(done))
    if done.lost or done.unsent:
        raise typer.Exit(1)


def _target(to: str | None, token_file: Path | None, channel: str | None, source: str | None) -> tuple[str, str]:
    """Return where to push and the token: as told, or those of the running channel."""
    from livestream.audience.sources.base import checked_url
    from livestream.errors import UsageError
    from livestream.running import find_running

    token = _token(token_file) if token_file else ""
    if to is not None:
        if not token:
            raise UsageError("the source's token is needed", where=to, remedy="Name its file: --token-file F.")
        return checked_url(to.replace("http", "ws", 1) if to.startswith("http") else to, where="--to"), token
    running = find_running(channel)
    tokens = {name: each for name, each in running.tokens.items() if not each.startswith("whsec_")}
    if source is None and len(tokens) != 1:
        names = ", ".join(tokens) or "none without a token file"
        raise UsageError(
            "it is not clear which source is meant",
            where=running.name,
            remedy=f"Name one with --source, and its --token-file where it has one of its own. There are: {names}.",
        )
    name = source or next(iter(tokens))
    if not token and name not in tokens:
        raise UsageError(
            f"the token of the source {name} is not known", where=running.name, remedy="Name its file: --token-file F."
        )
    return f"ws://{running.origin}/comments/{name}", token or tokens[name]


def _token(path: Path) -> str:
    from livestream.audience.sources.base import read_secret
    from livestream.settings import CommentSource

    words = read_secret(CommentSource.model_validate({"from": "ws", "key_file": path})).split()
    return words[0]


async def _send_lines(url: str, token: str, name: str, user: str, *, as_json: bool) -> None:
    import sys

    from livestream.audience.sources.protocol import SchemaError, message_of
    from livestream.audience.sources.stdin import StdinSource
    from livestream.clock import SystemClock

    source = StdinSource(name, clock=SystemClock(), descriptor=sys.stdin.fileno(), user=user)

    async def lines() -> AsyncIterator[dict[str, object]]:
        async for entry in source.entries():
            if isinstance(entry, SchemaError):
                _print(entry.answer(), as_json=as_json)
            else:
                yield message_of(entry)

    counts = await _push(lines(), url, token, as_json=as_json)
    _sum_up(counts, "", as_json=as_json)


async def _messages(comments: AsyncIterator[object]) -> AsyncIterator[dict[str, object]]:
    from livestream.audience.comment import Comment
    from livestream.audience.sources.protocol import message_of

    async for comment in comments:
        if isinstance(comment, Comment):
            yield message_of(comment)


async def _push(messages: AsyncIterator[dict[str, object]], url: str, token: str, *, as_json: bool) -> dict[str, int]:
    """Push comments, print what goes wrong, and count what the channel said."""
    from livestream.audience.bridge.client import push
    from livestream.clock import SystemClock

    counts: dict[str, int] = {}

    def tell(told: Told) -> None:
        kind = str(told.get("type"))
        word = str(told.get("status")) if kind == "receipt" else kind
        counts[word] = counts.get(word, 0) + 1
        if as_json or kind != "receipt":
            _print(told, as_json=as_json)

    await push(messages, url, token, clock=SystemClock(), tell=tell)
    return counts


def _print(told: Told, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(dict(told), ensure_ascii=False))
        return
    match told.get("type"):
        case "receipt":
            verdict = f" [dim]{escape(str(told['verdict']))}[/]" if told.get("verdict") else ""
            out.print(f"[bold green]✓[/] {escape(str(told.get('status')))}{verdict}")
        case "reply":
            out.print(f"[bold]↳[/] {escape(str(told.get('text')))}")
        case _:
            where = f" [dim]({escape(str(told['field']))})[/]" if told.get("field") else ""
            err.print(f"[yellow]•[/] {escape(str(told.get('message')))}{where}")


def _sum_up(counts: dict[str, int], problem: str, *, as_json: bool) -> None:
    if as_json:
        return
    if problem:
        err.print(f"[yellow]•[/] {escape(problem)}")
    told = ", ".join(f"{count} {escape(word)}" for word, count in sorted(counts.items()) if word != "waiting")
    out.print(f"[bold green]✓[/] {told or 'nothing to send'}")


def _table(done: Load) -> Table:
    """Return the figures of a load."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim")
    table.add_column(justify="right")
    rows = {"sent": done.sent, "acknowledged": done.answered, "never answered": done.lost, "never sent": done.unsent}
    for label, count in rows.items():
        table.add_row(label, f"{count:,}")
    for status, count in done.answers.most_common():
        table.add_row(f"  {escape(status)}", f"{count:,}")
    for share in (50, 95, 99):
        table.add_row(f"latency p{share}", f"{done.percentile(share / 100):,.1f} ms")
    return table
