"""A user's own page: the role they have, and another password."""

from __future__ import annotations

from starlette.responses import Response

from inedit.archive.users import set_password
from inedit.model.errors import WrongInput
from inedit.studio.page import EVERYBODY, Page, Visit
from inedit.studio.passwords import SHORTEST, hashed


def account(visit: Visit) -> Response:
    """Who one is here."""
    return visit.show("account.html", wrong="", shortest=SHORTEST)


def change(visit: Visit) -> Response:
    """Another password, for whoever knows the present one; every browser has to sign in again."""
    workspace, name = visit.workspace, visit.session.name
    if not visit.session.is_users:
        return visit.redirect("/account")
    if workspace.gate.sign_in(name, str(visit.form.get("current", ""))) is None:
        return visit.show("account.html", 403, wrong=visit.t("login.wrong"), shortest=SHORTEST)
    try:
        password_hash = hashed(str(visit.form.get("new", "")))
    except WrongInput:
        return visit.show("account.html", 400, wrong=visit.t("login.length", n=SHORTEST), shortest=SHORTEST)
    set_password(workspace.store, name, password_hash)
    return visit.redirect("/", "login.changed")


PAGES = (
    Page("/account", account, roles=EVERYBODY),
    Page("/account", change, methods=("POST",), roles=EVERYBODY),
)
