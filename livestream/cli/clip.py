"""`livestream clip`: being written by its room."""


def clip() -> None:
    """Being written."""
