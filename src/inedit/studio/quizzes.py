"""Quizzes, served by the studio: who answers need not be signed in, and sees nothing but the quiz."""

from __future__ import annotations

import secrets
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from inedit.brand.load import read_project
from inedit.brand.quiz import Quiz
from inedit.insight_loop.quizzes import checked_answers, keep_answers, quiz_page, thanks_page, unanswered
from inedit.model.errors import WrongInput
from inedit.studio.workspace import Workspace

MOST_FIELDS = 200
"""Fields of one answer; a quiz has not nearly so many options."""

_FORM_ONLY = "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

PATH = "/quiz/{quiz}/{language}"


def quiz_routes(workspace: Workspace) -> list[Route]:
    """The page of each quiz in each of its languages, and where its answers go."""

    def found(request: Request) -> tuple[Quiz, str]:
        project = read_project(workspace.root).project
        quiz = project.quizzes.get(request.path_params["quiz"]) if project else None
        language = str(request.path_params["language"])
        if quiz is None or language not in quiz.languages:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return quiz, language

    async def show(request: Request) -> Response:
        quiz, language = await run_in_threadpool(found, request)
        return _page(quiz_page(quiz, language, post_to=request.url.path))

    async def answer(request: Request) -> Response:
        quiz, language = await run_in_threadpool(found, request)
        form = await request.form(max_files=0, max_fields=MOST_FIELDS)
        chosen: dict[str, list[str]] = {}
        for name, value in form.multi_items():
            if name != "consent" and isinstance(value, str):
                chosen.setdefault(name, []).append(value)
        now = datetime.now(UTC)
        try:
            answers = checked_answers(
                quiz, chosen, language=language, source="post", key=secrets.token_hex(16), answered_at=now,
                consent=str(form.get("consent", "")),
            )  # fmt: skip
        except WrongInput as error:
            missing = [question.text[language] for question in unanswered(quiz, chosen)]
            message = " ".join(missing) or str(error)
            page = quiz_page(quiz, language, post_to=request.url.path, error=message, chosen=chosen)
            return _page(page, HTTPStatus.UNPROCESSABLE_ENTITY)
        await run_in_threadpool(keep_answers, workspace.store, [answers], now)
        return _page(thanks_page(quiz, language, answers.id))

    return [Route(PATH, show, methods=["GET"]), Route(PATH, answer, methods=["POST"])]


def _page(text: str, status: int = HTTPStatus.OK) -> Response:
    """A page whose one style stands in it: the studio's own policy allows none, this answer's nothing else."""
    style = text[text.index("<style>") + len("<style>") : text.index("</style>")]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; {_FORM_ONLY}"
    return HTMLResponse(text, status, headers={"content-security-policy": policy})
