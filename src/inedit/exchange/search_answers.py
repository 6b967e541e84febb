"""Answers for search engines: an HTML page whose heading is the question, and the same as schema.org JSON-LD.

FAQPage is the type for questions that a house answers itself (schema.org/FAQPage, and Google's guidelines on structured
data, read in November 2026); QAPage is for those that readers answer.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inedit.exchange.exported import ExportedText
from inedit.exchange.refusals import only, refuse, still_offered, zipped

MOST_ANSWER_CHARS = 5_000
_STYLE = (
    "body{font:1.05rem/1.6 Georgia,serif;max-width:38rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c;background:#fff}"
    "a{color:#14506e}h1{font-size:1.7rem;line-height:1.25}h2{font-size:1.25rem}"
)


def as_search_answer(texts: Sequence[ExportedText]) -> bytes:
    """One text as a page. Raises :class:`~.errors.WrongInput` for several, and for one without a question."""
    text = only(texts, "A page", "search-answer-zip")
    return _checked([text])[0].encode()


def as_search_answer_archive(texts: Sequence[ExportedText]) -> bytes:
    """A ZIP file with ``ID.html`` for each text."""
    pages = _checked(texts)
    return zipped((f"{text.piece.id}.html", page.encode()) for text, page in zip(texts, pages, strict=True))


def _checked(texts: Sequence[ExportedText]) -> list[str]:
    still_offered(texts)
    refuse("A search engine", [reason for text in texts for reason in _against(text)])
    return [_page(text) for text in texts]


def questions(text: ExportedText) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each question with its answer, which comes first, and the detail that follows the first one."""
    for id, question in text.parts.items():
        if id.startswith("question"):
            number = id.removeprefix("question")
            found = [text.parts.get(f"{kind}{number}", "") for kind in ("answer", "detail")]
            yield question, tuple(filter(None, found))


def _against(text: ExportedText) -> Iterator[str]:
    asked = list(questions(text))
    if not asked:
        yield f"{text.piece.id}: there is no part 'question' (channel {text.piece.spec.channel})."
    for question, answers in asked:
        if not question.rstrip().endswith("?"):
            yield f"{text.piece.id}: “{question}” is not a question."
        if not answers:
            yield f"{text.piece.id}: “{question}” has no answer."
        if sum(map(len, answers)) > MOST_ANSWER_CHARS:
            yield f"{text.piece.id}: the answer to “{question}” has more than {MOST_ANSWER_CHARS:,} characters."


def json_ld(text: ExportedText) -> Mapping[str, Any]:
    """The page as schema.org describes it."""
    spec = text.piece.spec
    asked = list(questions(text))
    page: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": spec.language,
        "name": asked[0][0],
        "mainEntity": [
            {
                "@type": "Question",
                "name": question,
                "acceptedAnswer": {"@type": "Answer", "text": " ".join(answers), "inLanguage": spec.language},
            }
            for question, answers in asked
        ],
    }
    if text.brand_name:
        page["publisher"] = {"@type": "Organization", "name": text.brand_name}
    if text.approved_at:
        page["dateModified"] = text.approved_at[:10]
    return page


def _page(text: ExportedText) -> str:
    escape = html.escape
    (first, answers), *others = questions(text)
    body = [f"<h1>{escape(first)}</h1>", *(f"<p>{escape(one)}</p>" for one in answers)]
    for question, more in others:
        body += [f"<h2>{escape(question)}</h2>", *(f"<p>{escape(one)}</p>" for one in more)]
    rest = [
        p for id, p in text.parts.items() if not id.startswith(("question", "answer", "detail", "call_to"))
    ]
    body += [f"<p>{escape(one)}</p>" for one in rest]
    if call := text.parts.get("call_to_action"):
        address = escape(text.addresses[0]) if text.addresses else ""
        body.append(f'<p><a href="{address}">{escape(call)}</a></p>' if address else f"<p>{escape(call)}</p>")
    # what ends a script, or begins a comment in it, would end the page
    data = json.dumps(json_ld(text), ensure_ascii=False, indent=1)
    data = data.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    summary = escape(answers[0], quote=True)
    return (
        f'<!doctype html>\n<html lang="{escape(text.piece.spec.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{escape(first)}</title>\n<meta name="description" content="{summary}">\n<style>{_STYLE}</style>\n'
        f'<script type="application/ld+json">\n{data}\n</script>\n</head>\n<body>\n<main>\n'
        + "\n".join(body)
        + f"\n</main>\n<!-- {escape(text.footline.replace('--', '- -'))} -->\n</body>\n</html>\n"
    )
