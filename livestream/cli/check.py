"""`livestream check`: being written by its room."""


def check() -> None:
    """Being written."""
