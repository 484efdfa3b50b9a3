"""The HTML pages: Jinja2 templates with autoescape."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse

STATIC = Path(__file__).parent / "static"

_templates = Environment(
    loader=PackageLoader("livestream.console"), autoescape=select_autoescape(), undefined=StrictUndefined
)


def watch_page(*, title: str, locale: str) -> HTMLResponse:
    """Return the page that shows the channel on air; `locale` is the language of its audience."""
    return HTMLResponse(_templates.get_template("watch.html").render(title=title, locale=locale))


def refusal_page() -> HTMLResponse:
    """Return the page for a browser that comes without the key."""
    return HTMLResponse(_templates.get_template("refused.html").render(), 401)
