"""`livestream bench`: being written by its room."""


def bench() -> None:
    """Being written."""
