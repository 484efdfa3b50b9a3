"""Comments to store, and a database to store them in."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from livestream.store import Store, StoredComment
from livestream.testing import ManualClock


@cache
def fresh_database():
    """Return the bytes of a database as it is at first: its migrations take a while."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "fresh.sqlite")
        Store.open(file, ManualClock()).close()
        return file.read_bytes()


def remark(number, text="How much is the lamp?", **fields):
    return StoredComment(
        **{
            "key": f"ws:{number}",
            "source": "ws",
            "platform": "ws",
            "user": f"u{number % 7}",
            "name": f"Viewer {number % 7}",
            "text": text,
            "at": 1_700_000_000.0 + number,
            "raw": text,
            **fields,
        }
    )


def remarks(first, last):
    return tuple(remark(number) for number in range(first, last))
