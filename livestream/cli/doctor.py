"""`livestream doctor`: being written by its room."""


def doctor() -> None:
    """Being written."""
