"""A quiz as a page that needs nothing else: no script but one that saves the answers as a file where nobody receives
them, no picture, font or style from anywhere."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from inedit.brand.quiz import Question, Quiz
from inedit.model.errors import WrongInput

INK, PAPER, ACCENT, ALARM = "#1c1c1c", "#ffffff", "#0f4c5c", "#8c1c13"
"""Colours of words and of what they stand on: a test holds each pair to a contrast of 7 to 1 (WCAG 2.2, 1.4.6)."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {"send": "Envoyer mes réponses", "save": "Enregistrer mes réponses", "one": "une seule réponse",
           "many": "plusieurs réponses possibles", "needed": "obligatoire", "agree": "Votre accord",
           "number": "Votre numéro, pour retirer vos réponses :", "error": "Vos réponses ne sont pas parties."},
    "en": {"send": "Send my answers", "save": "Save my answers", "one": "one answer",
           "many": "as many answers as you like", "needed": "required", "agree": "Your consent",
           "number": "Your number, to take your answers back:", "error": "Your answers were not sent."},
    "de": {"send": "Antworten senden", "save": "Antworten speichern", "one": "eine Antwort",
           "many": "mehrere Antworten möglich", "needed": "Pflichtfeld", "agree": "Ihre Einwilligung",
           "number": "Ihre Nummer, um die Antworten zurückzuziehen:", "error": "Ihre Antworten wurden nicht gesendet."},
    "es": {"send": "Enviar mis respuestas", "save": "Guardar mis respuestas", "one": "una sola respuesta",
           "many": "se pueden marcar varias", "needed": "obligatoria", "agree": "Su consentimiento",
           "number": "Su número, para retirar las respuestas:", "error": "Sus respuestas no se han enviado."},
    "it": {"send": "Inviare le risposte", "save": "Salvare le risposte", "one": "una sola risposta",
           "many": "si possono segnare più risposte", "needed": "obbligatoria", "agree": "Il Suo consenso",
           "number": "Il Suo numero, per ritirare le risposte:", "error": "Le risposte non sono state inviate."},
}  # fmt: skip
"""What the page says of itself; another language reads English."""

_STYLE = f"""
:root{{color-scheme:light}}
body{{font:1.125rem/1.6 Georgia,serif;color:{INK};background:{PAPER};max-width:40rem;margin:0 auto;padding:1.5rem 1rem}}
h1{{font-size:1.7rem;line-height:1.25}}
fieldset{{border:1px solid {INK};border-radius:.4rem;margin:0 0 1.5rem;padding:.5rem 1rem 1rem}}
legend{{font-weight:bold;padding:0 .4rem}}
.hint{{font-weight:normal;font-size:1rem}}
label{{display:flex;gap:.7rem;align-items:flex-start;padding:.45rem .3rem;min-height:1.75rem}}
input{{width:1.4rem;height:1.4rem;margin:.2rem 0 0;flex:none;accent-color:{ACCENT}}}
button{{font:inherit;color:{PAPER};background:{ACCENT};border:0;border-radius:.4rem;padding:.7rem 1.4rem}}
:focus-visible{{outline:3px solid {ACCENT};outline-offset:3px}}
[role=alert]{{color:{ALARM};font-weight:bold}}
""".strip()

_SAVE = """
var number = Array.from(crypto.getRandomValues(new Uint8Array(12)),
  function (n) { return n.toString(16).padStart(2, "0"); }).join("");
document.querySelector("form").addEventListener("submit", function (event) {
  event.preventDefault();
  var form = event.target, thanks = document.getElementById("thanks");
  var data = {inedit_quiz: form.dataset.quiz, language: document.documentElement.lang,
    answered_at: new Date().toISOString(), id: number};
  new FormData(form).forEach(function (value, name) {
    if (name === "consent") { data[name] = value; } else { (data[name] = data[name] || []).push(value); }
  });
  var link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(data)], {type: "application/json"}));
  link.download = form.dataset.quiz + "-" + number + ".json";
  link.click();
  thanks.querySelector("code").textContent = number;
  thanks.hidden = false;
});
""".strip()


def words_in(language: str) -> Mapping[str, str]:
    """What a page says of itself in a language, or its primary language; else in English."""
    return WORDS.get(language) or WORDS.get(language.partition("-")[0]) or WORDS["en"]


def quiz_page(
    quiz: Quiz,
    language: str,
    *,
    post_to: str = "",
    error: str = "",
    chosen: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """The page in a language. Answers are posted to ``post_to``; without it, the page saves them as a file, which
    ``inedit quiz import`` reads. ``chosen`` are the options that are ticked when it opens, by question.

    Raises :class:`~.errors.WrongInput` for a language in which some of the quiz is not written.
    """
    if language not in quiz.languages:
        raise WrongInput(
            f"The quiz '{quiz.id}' is not written in '{language}', but in: {', '.join(quiz.languages) or 'none'}."
        )
    escape, words = html.escape, words_in(language)
    alert = f'<p role="alert">{escape(words["error"])} {escape(error)}</p>\n' if error else ""
    action = f' action="{escape(post_to)}"' if post_to else ""
    saved = f'<div id="thanks" role="status" hidden>\n{_thanks(quiz, language, "")}</div>\n'
    script = "" if post_to else f"{saved}<script>\n{_SAVE}\n</script>\n"
    consent = (
        f'<fieldset>\n<legend>{escape(words["agree"])} <span class="hint">({escape(words["needed"])})</span></legend>\n'
        '<label for="consent"><input type="checkbox" id="consent" name="consent" '
        f'value="{escape(quiz.consent.version)}" '
        f"required> <span>{escape(quiz.consent.text[language])}</span></label>\n</fieldset>\n"
    )
    body = (
        f"<h1>{escape(quiz.title[language])}</h1>\n<p>{escape(quiz.intro[language])}</p>\n{alert}"
        f'<form method="post"{action} data-quiz="{escape(quiz.id)}">\n'
        + "".join(_question(one, language, (chosen or {}).get(one.id, ())) for one in quiz.questions)
        + consent
        + f'<p><button type="submit">{escape(words["send" if post_to else "save"])}</button></p>\n</form>\n{script}'
    )
    return _page(quiz.title[language], language, body)


def thanks_page(quiz: Quiz, language: str, number: str) -> str:
    """What is shown when answers are kept, with the number by which they can be taken back."""
    escape = html.escape
    body = f"<h1>{escape(quiz.title[language])}</h1>\n{_thanks(quiz, language, number)}"
    return _page(quiz.title[language], language, body)


def _thanks(quiz: Quiz, language: str, number: str) -> str:
    escape = html.escape
    return (
        f"<p>{escape(quiz.thanks[language])}</p>\n"
        f"<p>{escape(words_in(language)['number'])} <code>{escape(number)}</code></p>\n"
    )


def _question(question: Question, language: str, chosen: Sequence[str]) -> str:
    escape, words = html.escape, words_in(language)
    many = question.kind == "multiple"
    hints = [words["many" if many else "one"], *([words["needed"]] if question.required else [])]
    needed = " required" if question.required and not many else ""
    options = "".join(
        f'<label for="{question.id}-{option.id}"><input type="{"checkbox" if many else "radio"}" '
        f'id="{question.id}-{option.id}" name="{question.id}" value="{option.id}"{needed}'
        f"{' checked' if option.id in chosen else ''}> "
        f"<span>{escape(option.text[language])}</span></label>\n"
        for option in question.options
    )
    hint = f'<span class="hint">({escape(", ".join(hints))})</span>'
    return f"<fieldset>\n<legend>{escape(question.text[language])} {hint}</legend>\n{options}</fieldset>\n"


def _page(title: str, language: str, body: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{html.escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="same-origin">\n'
        f"<title>{html.escape(title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n{body}</main>\n"
        "</body>\n</html>\n"
    )
