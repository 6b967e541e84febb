"""A page, and one visit to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from inedit.studio.rendering import Rendering
from inedit.studio.sessions import Session
from inedit.studio.workspace import Workspace

EVERYBODY = ("marketer", "reviewer", "finance")
"""The roles of a page that is for all who are signed in."""

FLASH = "inedit-flash"
"""Cookie that carries the key of one sentence to the next page."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request by somebody who is signed in, with everything that a page needs to answer it."""

    workspace: Workspace
    request: Request
    form: FormData
    session: Session
    rendering: Rendering
    nav: tuple[tuple[str, str], ...] = ()

    @property
    def language(self) -> str:
        """The language of the interface, ``fr`` or ``en``."""
        return self.rendering.language

    @property
    def query(self) -> Mapping[str, str]:
        """The parameters of the address."""
        return self.request.query_params

    def t(self, key: str, **values: Any) -> str:
        """A wording of the interface."""
        return self.rendering.t(key, **values)

    def is_one_of(self, *roles: str) -> bool:
        """Whether whoever visits has one of these roles; ``admin`` has all."""
        return self.session.role in (*roles, "admin")

    def field(self, name: str, default: str = "") -> str:
        """A field of the form, as text without white space around it."""
        value = self.form.get(name, default)
        return value.strip() if isinstance(value, str) else default

    def show(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page, or a fragment of one."""
        flash = self.request.cookies.get(FLASH, "")
        text = self.rendering.render(
            template, visit=self, session=self.session, nav=self.nav, path=self.request.url.path,
            flash=self.t(flash) if self.rendering.knows(flash) else "", **values,
        )  # fmt: skip
        response = HTMLResponse(text, status)
        if flash:
            response.delete_cookie(FLASH, path="/")
        return response

    def redirect(self, path: str, flash: str = "") -> Response:
        """Go on at another page of the studio; ``flash`` is the key of a sentence that it shows once."""
        response = RedirectResponse(local(path), 303)
        if flash:
            response.set_cookie(FLASH, flash, httponly=True, samesite="strict", path="/")
        return response


def local(path: str) -> str:
    """The path when it stays in the studio, else its first page: what a parameter says to go on with is not trusted."""
    parts = urlsplit(path.replace("\\", "/"))
    safe = path.startswith("/") and not path.startswith("//") and not parts.netloc and path.isprintable()
    return path if safe else "/"


@dataclass(frozen=True, slots=True)
class Page:
    """An address, who may go there, and what answers. ``path`` is in Starlette's notation (``/pieces/{piece_id}``);
    ``roles`` are those that may beside ``admin``: a page that names none is for nobody else;
    ``nav`` is the wording of its entry in the header, empty for none."""

    path: str
    answer: Callable[[Visit], Response]
    methods: tuple[str, ...] = ("GET",)
    roles: tuple[str, ...] = ()
    nav: str = ""

    def lets_in(self, session: Session) -> bool:
        """Whether somebody may see it."""
        return session.role == "admin" or session.role in self.roles
