"""The `livestream` command: gathers the commands and turns expected errors into sentences."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Annotated

import typer

from livestream import __version__
from livestream.cli.terminal import complain
from livestream.errors import APT_LINE, LivestreamError, MachineError

COMMANDS = (
    "check",
    "preview",
    "render",
    "write",
    "translate",
    "prepare",
    "run",
    "console",
    "tail",
    "clip",
    "init",
    "voices",
    "doctor",
    "bench",
)

app = typer.Typer(
    name="livestream",
    help="Put a digital human on air that sells your product list, truthfully, hour after hour.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
    epilog=(
        "Exit codes: 0 done · 1 unexpected or problems found · 2 wrong argument or setting · 3 unusable product list · "
        "4 this machine lacks something · 5 standards refused · 6 speech, picture or playout failed · "
        "7 a destination failed · 130 stopped by Ctrl-C"
    ),
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"livestream {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Put a digital human on air that sells your product list, truthfully, hour after hour."""


for _name in COMMANDS:
    _module = importlib.import_module(f"livestream.cli.{_name}")
    app.command(name=_name)(getattr(_module, _name))
for _name in ("locale", "drafts", "comments", "platforms", "audit"):
    app.add_typer(importlib.import_module(f"livestream.cli.{_name}").app, name=_name)


def _lacking(error: ImportError) -> MachineError:
    """Say which library this machine lacks: a Python package, or a system library one of them loads."""
    if isinstance(error, ModuleNotFoundError):
        return MachineError(f"the package {error.name} is not installed", remedy="Install livestream again.")
    return MachineError(f"a library cannot be loaded: {error}", remedy=f"Install what it needs: {APT_LINE}")


def main() -> None:
    """Run the command line; a user's mistake ends as a sentence and an exit code."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its threads cost more CPU than they save time here
    try:
        app()
    except LivestreamError as error:
        complain(error)
        sys.exit(error.exit_code)
    except ImportError as error:
        complain(_lacking(error))
        sys.exit(MachineError.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
