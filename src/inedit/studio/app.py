"""The application: sessions and preferences, and every page behind them."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from inedit.archive.users import read_users
from inedit.model.errors import IneditError, StoreError
from inedit.studio.page import Page, Visit, local
from inedit.studio.pages import ALL
from inedit.studio.quizzes import quiz_routes
from inedit.studio.rendering import LANGUAGES, THEMES, Rendering, static_files
from inedit.studio.security import BodyTooLarge, Doorkeeper
from inedit.studio.sessions import Session, Sessions, clean_name
from inedit.studio.workspace import Workspace

log = logging.getLogger(__name__)

NAME = "inedit-name"
LANGUAGE = "inedit-language"
THEME = "inedit-theme"
YEAR = 365 * 24 * 3600

GONE = 499  # the browser has closed the connection: nobody reads this

TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "txt": "text/plain"}


@dataclass(frozen=True, slots=True)
class _Studio:
    workspace: Workspace
    sessions: Sessions
    cookie: str
    secure: bool
    pages: tuple[Page, ...] = field(default=ALL)

    # ---- before somebody is signed in

    async def enter(self, request: Request) -> Response:
        """Exchange the start-up token for a cookie. The next page is asked for by this one, not by a redirect: a strict
        cookie would not be sent along when the link stood in a message or on another site."""
        rendering = _rendering(request)
        if await run_in_threadpool(read_users, self.workspace.store):
            return RedirectResponse("/login", 303)
        if not self.sessions.accepts(request.query_params.get("token", "")):
            return HTMLResponse(rendering.render("locked.html"), 403)
        session = self.sessions.open(name=request.cookies.get(NAME, ""))
        response = HTMLResponse(
            rendering.render("enter.html", next=local(request.query_params.get("next", "/")))
        )
        self._set(response, self.cookie, session.id)
        return response

    async def login(self, request: Request) -> Response:
        """Sign in by name and password. That no other site sends this form is seen to at the door."""
        rendering, name, wrong = _rendering(request), "", ""
        following = local(request.query_params.get("next", "/"))
        if not await run_in_threadpool(read_users, self.workspace.store):
            return HTMLResponse(rendering.render("locked.html"), 403)
        if request.method == "POST":
            form = await request.form(max_files=0, max_fields=10)
            name, password = clean_name(str(form.get("name", ""))), str(form.get("password", ""))
            user = await run_in_threadpool(self.workspace.gate.sign_in, name, password)
            if user is not None:
                session = self.sessions.open(name=user.name, role=user.role, password_hash=user.password_hash)
                response: Response = RedirectResponse(following, 303)
                self._set(response, self.cookie, session.id)
                return response
            wrong = "login.locked" if self.workspace.gate.is_locked(name) else "login.wrong"
        text = rendering.render("login.html", next=following, name=name, wrong=wrong)
        return HTMLResponse(text, 403 if wrong else 200)

    async def logout(self, _request: Request, _form: FormData, session: Session) -> Response:
        """Close the session."""
        self.sessions.close(session)
        response = RedirectResponse("/login" if session.is_users else "/enter", 303)
        response.delete_cookie(self.cookie, path="/")
        return response

    async def static(self, request: Request) -> Response:
        """A file that is served as it is."""
        name = request.path_params["name"]
        content = static_files().get(name)
        if content is None:
            raise HTTPException(404)
        kind = TYPES.get(name.rpartition(".")[2], "application/octet-stream")
        return Response(
            content, media_type=kind, headers={"cache-control": f"private, max-age={YEAR}, immutable"}
        )

    # ---- once somebody is

    def signed_in(
        self, answer: Callable[[Request, FormData, Session], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        """Let a handler be called by browsers with a session only, and, when something changes, with its token. Who
        leaves the page while its form is still on its way gets no answer, and nobody is told of it."""

        async def handler(request: Request) -> Response:
            session = await run_in_threadpool(self._current, request.cookies.get(self.cookie, ""))
            if session is None:
                return await self._outside(request)
            form = FormData()
            if request.method == "POST":
                try:
                    form = await request.form(max_files=1, max_fields=2_000, max_part_size=2_000_000)
                except ClientDisconnect:
                    return Response(status_code=GONE)
                token = str(form.get("csrf") or request.headers.get("x-csrf-token", ""))
                if not hmac.compare_digest(token.encode(), session.csrf.encode()):
                    await form.close()
                    return HTMLResponse(_rendering(request, session).render("forged.html"), 403)
            try:
                return await answer(request, form, session)
            finally:
                await form.close()  # files that came with it

        return handler

    def _current(self, session_id: str) -> Session | None:
        """The session as of now: a user who was removed, or whose password changed, is out; a role holds at once."""
        session = self.sessions.find(session_id)
        if session is None:
            return None
        users = read_users(self.workspace.store)
        if not session.is_users:
            if users:  # since there are users, the token opens nothing
                self.sessions.close(session)
                return None
            return session
        user = next((one for one in users if one.name == session.name), None)
        if user is None or user.password_hash != session.password_hash:
            self.sessions.close(session)
            return None
        return replace(session, role=user.role)

    async def _outside(self, request: Request) -> Response:
        """What somebody sees who is not signed in."""
        if not await run_in_threadpool(read_users, self.workspace.store):
            return HTMLResponse(_rendering(request).render("locked.html"), 403)
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(back if request.method == 'GET' else '/')}", 303)

    async def who(self, request: Request, form: FormData, session: Session) -> Response:
        """Ask for the person's name, once."""
        rendering = _rendering(request, session)
        if session.is_users:  # what they do is theirs: no other name
            return self._visit(request, form, session).redirect("/account")
        following = local(request.query_params.get("next", "/"))
        name = clean_name(str(form.get("name", "")))
        if not name:
            visit = self._visit(request, form, session)
            return HTMLResponse(rendering.render("who.html", visit=visit, session=session, next=following, nav=(),
                                                 path="/who", flash="", missing=request.method == "POST"))  # fmt: skip
        self.sessions.rename(session, name)
        response = self._visit(request, form, session).redirect(following)
        self._set(response, NAME, name, age=YEAR)
        return response

    async def preferences(self, request: Request, form: FormData, session: Session) -> Response:
        """Language and light, kept in the browser."""
        response = self._visit(request, form, session).redirect(str(form.get("next", "/")))
        for name, field_name, known in ((LANGUAGE, "language", LANGUAGES), (THEME, "theme", THEMES)):
            if (chosen := str(form.get(field_name, ""))) in known:
                self._set(response, name, chosen, age=YEAR)
        return response

    def page(self, page: Page) -> Callable[[Request, FormData, Session], Awaitable[Response]]:
        """What answers at a page's address."""

        async def answer(request: Request, form: FormData, session: Session) -> Response:
            if not session.name:
                back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
                asking = self._visit(request, form, session)
                return asking.redirect(f"/who?next={quote(back if request.method == 'GET' else '/')}")
            visit = self._visit(request, form, session)
            if not page.lets_in(session):
                return visit.show("problem.html", 403, message=visit.t("problem.role", role=session.role))
            try:
                return await run_in_threadpool(page.answer, visit)
            except IneditError as error:
                return visit.show("problem.html", 400, message=str(error))

        return answer

    def _visit(self, request: Request, form: FormData, session: Session) -> Visit:
        rendering = _rendering(request, session)
        nav = tuple((p.path, rendering.t(p.nav)) for p in self.pages if p.nav and p.lets_in(session))
        return Visit(self.workspace, request, form, session, rendering, nav)

    def _set(self, response: Response, name: str, value: str, age: int | None = None) -> None:
        encoded = quote(value) if name == NAME else value
        response.set_cookie(
            name, encoded, max_age=age, httponly=True, samesite="strict", secure=self.secure, path="/"
        )


def create_app(
    workspace: Workspace, sessions: Sessions, *, origin: str, also: tuple[str, ...] = ()
) -> ASGIApp:
    """The studio as an ASGI application that answers at ``origin`` (``http://127.0.0.1:4300``), and at the origins of
    ``also``: a proxy's."""
    origins = frozenset(o.lower() for o in (origin, *also))
    hosts = frozenset(o.partition("://")[2] for o in origins)
    cookie = f"inedit-{origin.rpartition(':')[2].strip('/')}"  # cookies do not tell ports apart
    secure = any(o.startswith("https:") for o in origins)
    studio = _Studio(workspace, sessions, cookie, secure)
    by_path: dict[str, list[Route]] = {}
    for page in ALL:
        handler = studio.signed_in(studio.page(page))
        by_path.setdefault(page.path, []).append(Route(page.path, handler, methods=list(page.methods)))
    app = Starlette(
        routes=[
            Route("/enter", studio.enter),
            Route("/login", studio.login, methods=["GET", "POST"]),
            Route("/logout", studio.signed_in(studio.logout), methods=["POST"]),
            *quiz_routes(workspace),
            Route("/static/{name}", studio.static),
            Route("/who", studio.signed_in(studio.who), methods=["GET", "POST"]),
            Route("/preferences", studio.signed_in(studio.preferences), methods=["POST"]),
            *(route for routes in by_path.values() for route in routes),
        ],
        exception_handlers=dict.fromkeys((HTTPException, BodyTooLarge, StoreError, Exception), _error_page),
    )
    return Doorkeeper(app, hosts, origins)


async def _error_page(request: Request, error: Exception) -> Response:
    """An error as a page: never a traceback."""
    if isinstance(error, StoreError):  # before there is a page: another program holds the database
        return HTMLResponse(_rendering(request).render("error.html", status=503, message=str(error)), 503)
    status = 413 if isinstance(error, BodyTooLarge) else getattr(error, "status_code", 500)
    if status == 500:
        log.error("The studio could not answer %s", request.url.path, exc_info=error)
    return HTMLResponse(_rendering(request).render("error.html", status=status), status)


def _rendering(request: Request, session: Session | None = None) -> Rendering:
    accepted = request.headers.get("accept-language", "")
    language: Any = request.cookies.get(LANGUAGE, "fr" if accepted.lower().startswith("fr") else "en")
    theme = request.cookies.get(THEME, "auto")
    return Rendering(
        language if language in LANGUAGES else "en", theme if theme in THEMES else "auto",
        session.csrf if session else "",
    )  # fmt: skip
