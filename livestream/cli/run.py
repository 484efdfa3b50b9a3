"""`livestream run`: being written by its room."""


def run() -> None:
    """Being written."""
