"""`livestream render`: being written by its room."""


def render() -> None:
    """Being written."""
