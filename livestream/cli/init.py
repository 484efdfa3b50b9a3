"""`livestream init`: being written by its room."""


def init() -> None:
    """Being written."""
