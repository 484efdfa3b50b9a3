"""`livestream init`: writes a channel file with comments."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from livestream.cli.terminal import out

TEMPLATE = """\
# A livestream channel. Start it with:  livestream run {name}
# Relative paths are taken from this file's folder.
# Every field can be set by the environment too, for example LIVESTREAM_CHANNEL_SEED=7.

catalogue = "{catalogue}"      # Shopify CSV, plain CSV or JSON; livestream check says how it reads
# policies = "policies.toml"   # the shop's own texts on shipping, returns, warranty, payment and support
name = "my channel"
locale = "en-US"               # the audience's language and market
# preview_voice = true         # go on air although the voice of this locale does for previews only here
# union_rules = true           # go on air although the locale has no rule pack of its own
# drafts = "drafts.toml"       # lines that a model drafted and somebody approved: livestream write
# currency = "USD"             # where the product list names none: without it no price is spoken
# timezone = "America/Chicago"  # the audience's, where its market has several
# mode = "assist"              # a person hosts and reads: no voice is made, nothing is published
# duration = 28800             # seconds on air; leave it out to stay on air until stopped
loop_minutes = 5               # the rundown begins anew, in other words, after this long
presenter = "mira"
scene = "studio"
# bed = "music.mp3"            # music under the voice; leave it out for a quiet bed of our own
seed = 1                       # another number, other wordings
bitrate = 2500000              # bits a second of the picture

[freshness]                    # the list is read again while the show is on
every = 30                     # seconds between two readings
price = 900                    # a list that cannot be read for so long: its prices are no longer said or shown
stock = 900
# file = 86400                 # and so are those of a list that nobody has written to for so long

[web]
host = "127.0.0.1"             # the page and the live picture, for this machine only
port = 8080                    # 0 takes a free one
# behind_proxy = true          # a proxy that ends TLS is in front: others may sign in then
# names = ["studio.example.com"]  # and these are the names it is called by

[[comments]]                   # where comments come from: pushed to the web port by a program of yours
from = "ws"

# [[comments]]                 # the chat of a Twitch channel; docs/comments.md says how to get the key
# from = "twitch:my_channel"
# key_file = "twitch-key.txt"  # or: key_env = "MY_TWITCH_KEY"
# reply = true                 # also post answers in the chat, marked AI

[answers]
pause = 6                      # seconds between two answers, outside the show's own windows for questions
names = true                   # greet who asked by name, where it is a plain given name
# handling = {{ shipping = "hold", returns = "hold" }}  # auto, hold for a moderator, or manual, by intent
# blocked_words = "blocked.txt"  # one a line: comments with them are hidden

[[destinations]]               # the live picture on the web page
to = "whep"

[[destinations]]               # a recording; an existing file is never overwritten
to = "recordings/show.mp4"

# [[destinations]]             # an ingest server; the stream key lies in a file or a variable, never here
# name = "my platform"
# to = "rtmps://live.example.com/app"
# platform = "own"             # whose rules it is under; livestream platforms lists them
# key_file = "stream-key.txt"  # or: key_env = "MY_STREAM_KEY"
"""


def init(
    path: Annotated[Path, typer.Argument(help="The channel file to write.")] = Path("channel.toml"),
    catalogue: Annotated[str, typer.Option(help="The product list it sells.")] = "products.csv",
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write a channel file with a comment on every field.

    Example: [bold]livestream init my-shop.toml --catalogue products.csv[/]
    """
    from livestream.errors import MachineError, UsageError

    text = TEMPLATE.format(name=path.name, catalogue=catalogue.replace("\\", "\\\\").replace('"', '\\"'))
    try:
        with path.open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError("the file is there already", where=str(path), remedy="Name another, or --force.") from error
    except OSError as error:
        raise MachineError(
            f"the file cannot be written: {error.strerror}",
            where=str(path),
            remedy="Choose a folder that exists and that you may write to.",
        ) from error
    out.print(f"[bold green]✓[/] {escape(str(path))}\n  Edit it, then: [bold]livestream run {escape(str(path))}[/]")
