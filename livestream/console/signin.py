"""The pages of sign-in, of one's own account and of the people: forms, a redirect after each that succeeds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from livestream.console.accounts import folded
from livestream.console.backend import Person, Role
from livestream.console.gate import Guard, sign_in_page, signed_in
from livestream.console.pages import language_of, render
from livestream.console.passwords import TooManyTries
from livestream.console.problems import Problem
from livestream.console.sessions import LONGEST_SECONDS, How, SignedIn
from livestream.console.webport import TICKET, enter

MAX_FORM = 8 * 1024
MAX_FIELDS = 16
FORM_SECONDS = 10.0
FORM = "application/x-www-form-urlencoded"
Form = dict[str, str]


def sign_in_routes(guard: Guard) -> list[Route]:
    """Return the routes of these pages; `roles.RULES` says who may call them."""
    views = _Views(guard)
    return [
        Route("/enter", views.show_enter),
        Route("/enter", views.enter, methods=["POST"]),
        Route("/signin", views.show_sign_in),
        Route("/signin", views.sign_in, methods=["POST"]),
        Route("/signout", views.sign_out, methods=["POST"]),
        Route("/account", views.account),
        Route("/account/password", views.set_password, methods=["POST"]),
        Route("/account/sessions", views.end_others, methods=["POST"]),
        Route("/people", views.people),
        Route("/people", views.add_person, methods=["POST"]),
        Route("/people/{person}/{action}", views.change_person, methods=["POST"]),
    ]


class _Views:
    """The handlers, bound to one guard."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    async def show_enter(self, request: Request) -> Response:
        """Show the page that sends its link's ticket by itself.

        Opening the link changes nothing: mail scanners and previews open links too.
        """
        ticket = request.query_params.get(TICKET, "")[:64]
        return render("enter.html", language=language_of(request), ticket=ticket)

    async def enter(self, request: Request) -> Response:
        """Let in whoever brings a ticket that is good."""
        ticket = (await _form(request)).get(TICKET, "")
        person = await self._guard.accounts.redeem(ticket, self._address(request))
        if person is None:
            return self._problem(request, Problem("enter.problem"))
        return await self._let_in(request, person, "link")

    async def show_sign_in(self, request: Request) -> Response:
        """Show where to sign in."""
        return sign_in_page(request)

    async def sign_in(self, request: Request) -> Response:
        """Compare a name and a password. What is wrong of the two is not said, and takes equally long."""
        form = await _form(request)
        name = form.get("name", "")
        address = self._address(request)
        found = await self._guard.accounts.password_hash(name)
        try:
            right = await self._guard.passwords.compare(
                folded(name), found[1] if found else "", form.get("password", ""), address
            )
        except TooManyTries as problem:
            response = self._problem(request, problem, 429, name=name)
            response.headers["Retry-After"] = str(problem.seconds)
            return response
        if found is None or not right:
            await self._guard.accounts.note(found[0].id if found else "", "password refused", address)
            return self._problem(request, Problem("signin.problem.wrong"), name=name)
        return await self._let_in(request, found[0], "password")

    async def sign_out(self, request: Request) -> Response:
        """End the session."""
        here, _ = await self._own_form(request)
        await self._guard.sessions.end(here, self._address(request))
        response = RedirectResponse("/signin", 303)
        self._set_cookie(request, response, "", 0)
        return response

    async def account(self, request: Request, problem: str = "", status: int = 200) -> Response:
        """Show one's own account."""
        here = signed_in(request)
        found = await self._guard.accounts.find(here.person.id)
        return render(
            "account.html",
            language=language_of(request),
            status=status,
            person=here.person,
            csrf=here.csrf,
            protected=found is not None and found.protected,
            by_link=here.how == "link",
            sessions=await self._guard.sessions.count(here.person.id),
            problem=problem,
        )

    async def set_password(self, request: Request) -> Response:
        """Set one's password. The old one is asked for, save of who came by a link: they may have forgotten it."""
        here, form = await self._own_form(request)
        found = await self._guard.accounts.password_hash(here.person.name)
        try:
            if found and found[1] and here.how != "link":
                name, address = folded(here.person.name), self._address(request)
                if not await self._guard.passwords.compare(name, found[1], form.get("current", ""), address):
                    raise Problem("account.problem.current")
            if form.get("password", "") != form.get("again", ""):
                raise Problem("account.problem.again")
            hashed = await self._guard.passwords.hash(form.get("password", ""))
        except Problem as problem:
            return await self.account(request, problem.told(language_of(request)), _status(problem))
        await self._guard.accounts.set_password(here.person.id, hashed)
        return await self._let_in(request, here.person, here.how, to="/account")

    async def end_others(self, request: Request) -> Response:
        """Sign out everywhere else."""
        here, _ = await self._own_form(request)
        await self._guard.sessions.end_all(here.person.id, but=here.token)
        return RedirectResponse("/account", 303)

    async def people(self, request: Request, problem: str = "", link: str = "", link_for: str = "") -> Response:
        """Show everybody who may come in; `link` is a fresh one to pass on to the person `link_for`."""
        here = signed_in(request)
        return render(
            "people.html",
            language=language_of(request),
            status=400 if problem else 200,
            person=here.person,
            csrf=here.csrf,
            people=await self._guard.accounts.all(),
            roles=list(Role),
            problem=problem,
            link=link,
            link_for=link_for,
        )

    async def add_person(self, request: Request) -> Response:
        """Add somebody, and show the link that lets them in."""
        _, form = await self._own_form(request)
        try:
            added = await self._guard.accounts.add(form.get("name", ""), _role(form))
        except Problem as problem:
            return await self.people(request, problem.told(language_of(request)))
        return await self._with_link(request, added.person)

    async def change_person(self, request: Request) -> Response:
        """Give somebody a link or another role, sign them out, or remove them."""
        _, form = await self._own_form(request)
        ident = request.path_params["person"]
        accounts = self._guard.accounts
        actions: dict[str, Callable[[], Awaitable[None]]] = {
            "role": lambda: accounts.set_role(ident, _role(form)),
            "signout": lambda: self._guard.sessions.end_all(ident),
            "remove": lambda: accounts.remove(ident),
        }
        action = request.path_params["action"]
        try:
            if action == "link" and (found := await accounts.find(ident)) is not None:
                return await self._with_link(request, found.person)
            if action not in actions:
                raise HTTPException(404)
            await actions[action]()
        except Problem as problem:
            return await self.people(request, problem.told(language_of(request)))
        return RedirectResponse("/people", 303)

    async def _with_link(self, request: Request, person: Person) -> Response:
        ticket = await self._guard.accounts.link_for(person.id)
        link = enter(self._guard.port.origin(request.headers["host"]), ticket)
        return await self.people(request, link=link, link_for=person.name)

    async def _let_in(self, request: Request, person: Person, how: How, *, to: str = "/") -> Response:
        """Begin a session under a new id, whatever the browser brought."""
        old = request.cookies.get(self._guard.port.cookie(request.headers["host"]), "")
        session = await self._guard.sessions.start(person, how, self._address(request), instead_of=old)
        response = RedirectResponse(to, 303)
        self._set_cookie(request, response, session.token, int(LONGEST_SECONDS))
        return response

    def _set_cookie(self, request: Request, response: Response, value: str, seconds: int) -> None:
        host = request.headers["host"]
        response.set_cookie(
            self._guard.port.cookie(host),
            value,
            max_age=seconds,
            path="/",
            secure=self._guard.port.is_public(host),
            httponly=True,
            samesite="lax",
        )

    async def _own_form(self, request: Request) -> tuple[SignedIn, Form]:
        """Return the session and the form, once it is sure that one of its own pages sent it."""
        here = signed_in(request)
        form = await _form(request)
        if not here.right_csrf(form.get("csrf", "")):
            raise HTTPException(403, "This form is too old. Go back, reload the page and try again.")
        return here, form

    def _problem(self, request: Request, problem: Problem, status: int = 403, *, name: str = "") -> Response:
        return sign_in_page(request, status=status, problem=problem.told(language_of(request)), name=name[:80])

    def _address(self, request: Request) -> str:
        return self._guard.port.address(request.scope)


def _role(form: Form) -> Role:
    try:
        return Role(form.get("role", ""))
    except ValueError as error:
        raise HTTPException(400, "There is no such role.") from error


def _status(problem: Problem) -> int:
    return 429 if isinstance(problem, TooManyTries) else 400


async def _form(request: Request) -> Form:
    """Read a small form of texts.

    Raises:
        HTTPException: it is none, or is too large.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise HTTPException(415, f"A form is of type {FORM}.")
    body = bytearray()
    try:
        async with asyncio.timeout(FORM_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_FORM:
                    raise HTTPException(413, f"A form is at most {MAX_FORM} bytes long.")
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MAX_FIELDS))
    except TimeoutError as error:
        raise HTTPException(408, "The form took too long.") from error
    except ValueError as error:  # not UTF-8, or too many fields
        raise HTTPException(400, "This is no form of ours.") from error
