"""Comments to store."""

from livestream.store import StoredComment


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
