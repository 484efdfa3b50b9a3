"""Every error the product raises on purpose, and the exit code a command ends with.

    LivestreamError                    exit 1
    ├── UsageError                     exit 2   an argument or a setting is wrong
    ├── CatalogueError                 exit 3   the product list cannot be used
    ├── MachineError                   exit 4   this machine lacks something: a library, a port, disk, a right
    ├── RundownError                   exit 3   no rundown can be made of what was given
    ├── ClaimRefused                   exit 5   standards refused a line; `rule` names why
    │   └── ForgedSeal                 exit 5   a seal does not match: the text was never approved
    ├── SpeechError                    exit 6   no engine of the chain could speak a line
    ├── AvatarError                    exit 6   a presenter pack is missing, damaged or not permitted
    ├── ProgrammeError                 exit 6   a picture or a sound could not be made or encoded
    ├── PlayoutError                   exit 6   the as-run log or the queue cannot be kept
    ├── EgressError                    exit 7   a destination cannot be served
    │   ├── IngestRefused              exit 7   the server said no: the key or the address is wrong
    │   └── ViewerRefused              exit 7   a viewer of the preview was turned away; `status` says why, as HTTP does
    ├── AuditError                     exit 6   the audit log cannot be kept, or a log was tampered with
    ├── SourceError                    exit 7   a source of comments cannot be used, or a reply was not taken
    ├── StoreError                     exit 7   the database cannot be opened, read or written
    ├── ChannelError                   exit 7   a process of the channel cannot be kept running
    ├── ConsoleTooSlow                 exit 1   a console did not read what was sent to it
    └── WireError                      exit 1   a peer broke the protocol between our own processes

Each carries `message` (what happened), `where` (file, row, field) and `remedy` (what to do),
and `retryable`: whether the same call may succeed later by itself.
"""

from __future__ import annotations

APT_LINE = "apt-get install -y libegl1 libgl1 libexpat1 fontconfig fonts-noto-core"
"""What installs the system libraries and the font that our wheels load."""


class LivestreamError(Exception):
    """Base of every expected failure: shown to users as sentences, never as a traceback."""

    exit_code = 1

    def __init__(self, message: str, *, where: str = "", remedy: str = "", retryable: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.remedy = remedy
        self.retryable = retryable

    def __str__(self) -> str:
        head = f"{self.where}: {self.message}" if self.where else self.message
        return f"{head.rstrip('.')}. {self.remedy}" if self.remedy else head


class UsageError(LivestreamError):
    """An argument or a setting is wrong."""

    exit_code = 2


class CatalogueError(LivestreamError):
    """The product list cannot be used at all; problems of single rows are reported, not raised."""

    exit_code = 3


class MachineError(LivestreamError):
    """This machine lacks something: a system library, a free port, disk space, a permission."""

    exit_code = 4


class RundownError(LivestreamError):
    """No rundown can be made from these products, this playbook and this length."""

    exit_code = 3


class ClaimRefused(LivestreamError):
    """Standards refused a line or an on-screen text; `rule` is the id of the rule that did."""

    exit_code = 5

    def __init__(self, message: str, *, rule: str, where: str = "", remedy: str = "") -> None:
        super().__init__(message, where=where, remedy=remedy)
        self.rule = rule


class ForgedSeal(ClaimRefused):
    """The seal on a line, a card or a sound does not match its content."""

    def __init__(self, message: str, *, where: str = "") -> None:
        super().__init__(message, rule="seal", where=where)


class SpeechError(LivestreamError):
    """An engine, or every engine of a chain, failed to speak a line."""

    exit_code = 6


class AvatarError(LivestreamError):
    """A presenter pack is missing, damaged or lacks the consent it needs."""

    exit_code = 6


class ProgrammeError(LivestreamError):
    """A picture or a sound could not be composed or encoded."""

    exit_code = 6


class PlayoutError(LivestreamError):
    """The queue or the as-run log cannot be kept."""

    exit_code = 6


class AuditError(LivestreamError):
    """The audit log cannot be written or read, or the chain of a log is broken."""

    exit_code = 6


class EgressError(LivestreamError):
    """A destination cannot be served."""

    exit_code = 7


class IngestRefused(EgressError):
    """The ingest server refused the handshake, the application or the stream key."""


class ViewerRefused(EgressError):
    """A viewer of the live preview was turned away; `status` is the HTTP status that says why."""

    def __init__(self, message: str, *, status: int, where: str = "", remedy: str = "") -> None:
        super().__init__(message, where=where, remedy=remedy, retryable=status >= 500)
        self.status = status


class SourceError(LivestreamError):
    """A source of comments cannot be used, or did not take a reply."""

    exit_code = 7


class StoreError(LivestreamError):
    """The database cannot be opened, read or written."""

    exit_code = 7


class ChannelError(LivestreamError):
    """A process of the channel cannot be started or kept running."""

    exit_code = 7


class ConsoleTooSlow(LivestreamError):
    """A console did not keep up with what was sent to it; it may come again."""


class WireError(LivestreamError):
    """A peer sent something that is not the protocol between our own processes."""
