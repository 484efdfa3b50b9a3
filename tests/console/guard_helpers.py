"""A web port with its gate and its sign-in pages, called in the way servers call applications."""

from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute

from livestream.console.backend import Role
from livestream.console.gate import Gate, Guard
from livestream.console.roles import RULES, WEBSOCKET
from livestream.console.signin import sign_in_routes
from livestream.console.webport import WebPort
from livestream.store import Store
from livestream.testing import ManualClock

PORT = 8123
HOST = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HOST}"
PUBLIC = "studio.example.com"
FORM = "application/x-www-form-urlencoded"


class Answer:
    """What came back."""

    def __init__(self, messages):
        self.messages = messages
        first = messages[0]
        self.accepted = first["type"] == "websocket.accept"
        self.status = 101 if self.accepted else first.get("status", 403)
        self.headers = {name.decode().lower(): value.decode() for name, value in first.get("headers", [])}
        self.text = b"".join(message.get("body", b"") for message in messages[1:]).decode()

    @property
    def cookie(self):
        """The cookie it sets, as a browser sends it back."""
        return self.headers.get("set-cookie", "").partition(";")[0]


class Port:
    """The web port, called as browsers and others call it."""

    def __init__(self, guard, store, clock):
        self.guard, self.store, self.clock = guard, store, clock
        self.reached = []
        own = sign_in_routes(guard)
        taken = {(route.path, method) for route in own for method in route.methods}
        self.app = Starlette(
            routes=[*own, *(self._route(rule) for rule in RULES if (rule.path, rule.method) not in taken)],
            middleware=[Middleware(Gate, guard=guard)],
        )

    def _route(self, rule):
        async def reached(request):
            self.reached.append((request.scope["type"], request.scope["path"]))
            return PlainTextResponse("reached")

        async def opened(websocket):
            self.reached.append(("websocket", websocket.scope["path"]))
            await websocket.accept()

        if rule.method == WEBSOCKET:
            return WebSocketRoute(rule.path, opened)
        return Route(rule.path, reached, methods=[rule.method])

    async def call(self, method, path, form=None, *, cookie="", host=HOST, origin=ORIGIN, address="127.0.0.1", **more):
        body = urlencode(form).encode() if form is not None else b""
        headers = {"host": host, "origin": origin, "cookie": cookie}
        headers |= {"content-type": FORM} if form is not None else {}
        headers |= {name.replace("_", "-"): value for name, value in more.items()}
        path, _, query = path.partition("?")
        scope = {
            "type": "websocket" if method == WEBSOCKET else "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "ws" if method == WEBSOCKET else "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items() if value],
            "client": (address, 50_000),
            "server": ("127.0.0.1", PORT),
            "subprotocols": [],
            "state": {},
            "extensions": {"websocket.http.response": {}},
        }
        if method != WEBSOCKET:
            scope["method"] = method
        waiting = [{"type": "websocket.connect"} if method == WEBSOCKET else {"type": "http.request", "body": body}]
        sent = []

        async def receive():
            return waiting.pop(0) if waiting else {"type": "http.disconnect"}

        async def send(message):
            sent.append(message)

        await self.app(scope, receive, send)
        return Answer(sent)

    async def enter(self, role=Role.OWNER, **more):
        """Come in by a fresh link; return the cookie."""
        ticket = await self.guard.accounts.link_for_role(role)
        answer = await self.call("POST", "/enter", {"ticket": ticket}, **more)
        assert answer.status == 303, answer.text
        return answer.cookie

    async def csrf(self, cookie):
        found = await self.guard.sessions.find(cookie.partition("=")[2])
        return found.csrf

    async def post(self, path, form, cookie, **more):
        """Send a form of one of our own pages."""
        return await self.call("POST", path, {"csrf": await self.csrf(cookie), **form}, cookie=cookie, **more)


@cache
def _fresh():
    """A database as it is at first: its migrations take a while."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "fresh.sqlite")
        Store.open(file, ManualClock()).close()
        return file.read_bytes()


@asynccontextmanager
async def web_port(folder, *, clock=None, public=False):
    clock = clock or ManualClock(autojump=False)
    names = frozenset({PUBLIC}) if public else frozenset()
    file = folder / "people.sqlite"
    if not file.exists():
        file.write_bytes(_fresh())
    async with Store.open(file, clock) as store:
        guard = Guard.of(store, WebPort(PORT, names=names, behind_proxy=public), clock)
        try:
            yield Port(guard, store, clock)
        finally:
            guard.close()


__all__ = ["HOST", "ORIGIN", "PORT", "PUBLIC", "WEBSOCKET", "Port", "web_port"]
