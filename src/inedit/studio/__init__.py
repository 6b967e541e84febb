"""The studio: web pages where people read, compare, edit and approve what the production line writes.

Starlette, Jinja2 and htmx (one vendored file); no build step, nothing from another address. A page is added in five
steps, none of which touches another page:

1. **Answer and route**: a module in :mod:`inedit.studio.pages` with a plain function ``Visit -> Response`` (run in a
   thread, so it may read the database) and a tuple ``PAGES`` of :class:`~inedit.studio.page.Page`; put the tuple into
   ``ALL`` in ``pages/__init__.py``. Changes are ``POST``; the CSRF token, the session, the origin and the size of the
   body have been checked before the function is called. Never build a file path from a parameter: look it up among
   names that are known.
2. **Template**: ``templates/<page>.html`` extends ``base.html`` (blocks ``title``, ``main``). Everything is escaped;
   no ``|safe``, no inline script or style (the content security policy refuses both). Each form of method POST
   contains ``{{ csrf() }}``. Buttons, tables, cards and fields have classes in ``static/studio.css``.
   ``visit.show("<page>.html", **values)`` renders it; ``visit.redirect(path, "key.of.flash")`` goes on after a POST.
3. **Words**: ``translations/<page>.toml``; ``[section]`` with ``key = {fr = "…", en = "…"}`` becomes
   ``t("SECTION.KEY", n=3)`` in templates and ``visit.t(…)`` in Python; a list of two is singular and plural, by ``n``.
   A test holds that every key that a template uses exists in both languages.
4. **Navigation**: ``Page(…, nav="section.key")`` puts the page's address into the header, under that wording.
5. **Roles**: ``Page(…, roles=("finance",))`` lets only these in, and ``admin`` always; without roles, everybody who is
   signed in. Who has only the start-up token is ``admin``. ``visit.session.name`` is the person whom every change is
   attributed to; it is never empty when a page's function is called.

What pages work on is ``visit.workspace`` (:class:`~inedit.studio.workspace.Workspace`): ``.project()`` (the brand as
the files say now), ``.store``, ``.ledger()``, ``.archive()``, ``.encoder``, ``.templates()``. The studio holds no SQL:
what is missing is added to the room that owns the table.
"""

from inedit.studio.app import create_app
from inedit.studio.serve import running_studio, serve_studio
from inedit.studio.workspace import Workspace, open_workspace

__all__ = ["Workspace", "create_app", "open_workspace", "running_studio", "serve_studio"]
