"""The HTML pages: Jinja2 templates with autoescape, in the language of who looks."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse

from livestream.console import texts

STATIC = Path(__file__).parent / "static"

_templates = Environment(
    loader=PackageLoader("livestream.console"), autoescape=select_autoescape(), undefined=StrictUndefined
)
_templates.policies["json.dumps_function"] = partial(json.dumps, ensure_ascii=False)


def language_of(connection: HTTPConnection) -> str:
    """Return the language to answer a request in: the chosen one, else the browser's."""
    headers = connection.headers
    return texts.choose(headers.get("accept-language", ""), connection.cookies.get(texts.COOKIE, ""))


def render(template: str, *, language: str = "en", status: int = 200, **values: object) -> HTMLResponse:
    """Return a page. Templates say `t("key", name=value)` for a text of `locales/<language>/*.json`."""
    html = _templates.get_template(template).render(
        t=partial(texts.say, language),
        language=language,
        languages=texts.LANGUAGES,
        language_cookie=texts.COOKIE,
        direction=texts.direction(language),
        **values,
    )
    return HTMLResponse(html, status, {"Content-Language": language, "Vary": "Accept-Language, Cookie"})


def console_page(*, title: str, locale: str, language: str = "en") -> HTMLResponse:
    """Return the page a channel is moderated in; `locale` is the language of its audience."""
    catalogue = dict(texts.texts(language))
    return render("console.html", language=language, title=title, locale=locale, catalogue=catalogue)
