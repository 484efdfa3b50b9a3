"""`livestream preview`: being written by its room."""


def preview() -> None:
    """Being written."""
