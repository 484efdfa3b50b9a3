"""Who may do what: one table for all routes of the web port, and one for the acts.

A route without a rule is served to nobody; a test goes through every route, role and method.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute, compile_path

from livestream.console.backend import Role

WEBSOCKET = "WEBSOCKET"
"""Stands for a method where a WebSocket is opened."""
RANK = {Role.VIEWER: 0, Role.MODERATOR: 1, Role.OWNER: 2}

Level = Role | Literal["anyone", "machine"]
"""The least role; or `anyone`; or a `machine` that shows a token of its own, which its handler checks."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What one method of one route asks for; the path as the router writes it."""

    path: str
    method: str
    least: Level


RULES = (
    Rule("/healthz", "GET", "anyone"),
    Rule("/static/{path:path}", "GET", "anyone"),
    Rule("/enter", "GET", "anyone"),
    Rule("/enter", "POST", "anyone"),
    Rule("/signin", "GET", "anyone"),
    Rule("/signin", "POST", "anyone"),
    Rule("/signout", "POST", Role.VIEWER),
    Rule("/account", "GET", Role.VIEWER),
    Rule("/account/password", "POST", Role.VIEWER),
    Rule("/account/sessions", "POST", Role.VIEWER),
    Rule("/people", "GET", Role.OWNER),
    Rule("/people", "POST", Role.OWNER),
    Rule("/people/{person}/{action}", "POST", Role.OWNER),
    Rule("/", "GET", Role.VIEWER),
    Rule("/ws", WEBSOCKET, Role.VIEWER),
    Rule("/whep", "POST", Role.VIEWER),
    Rule("/whep/{ident}", "DELETE", Role.VIEWER),
    Rule("/export/as-run.jsonl", "GET", Role.MODERATOR),
    Rule("/export/acts.csv", "GET", Role.MODERATOR),
    Rule("/comments/{source}", WEBSOCKET, "machine"),
    Rule("/webhooks/{source}", "POST", "machine"),
)


def may_act(role: Role) -> bool:
    """Whether a role may moderate: every act of `backend.ACTS`."""
    return reaches(role, Role.MODERATOR)


def reaches(role: Role, least: Role) -> bool:
    """Whether a role is at least another."""
    return RANK[role] >= RANK[least]


def least(path: str, method: str) -> Level | None:
    """Return what a request asks for, None where nothing is served to anybody.

    A method that its route does not take asks for as much as the easiest that it takes: whoever may
    be there at all is told 405 by the router.
    """
    method = "GET" if method == "HEAD" else method
    rules = [rule for rule in RULES if _pattern(rule.path).match(path)]
    exact = [rule.least for rule in rules if rule.method == method]
    return next(iter(exact or sorted((rule.least for rule in rules), key=_ease)), None)


def served(routes: Iterable[BaseRoute], under: str = "") -> list[tuple[str, str]]:
    """Return every path and method that an application serves, HEAD left out where there is GET."""
    found: list[tuple[str, str]] = []
    for route in routes:
        match route:
            case Route(path=path, methods=methods):
                found += [(under + path, method) for method in sorted(methods or {"ANY"}) if method != "HEAD"]
            case WebSocketRoute(path=path):
                found.append((under + path, WEBSOCKET))
            case Mount(path=path) if route.routes:
                found += served(route.routes, under + path)
            case Mount(path=path):
                found.append((f"{under}{path}/{{path:path}}", "GET"))
            case _:
                found.append((repr(route), "ANY"))
    return found


@cache
def _pattern(path: str) -> re.Pattern[str]:
    return compile_path(path)[0]


def _ease(level: Level) -> int:
    return RANK[level] if isinstance(level, Role) else -1
