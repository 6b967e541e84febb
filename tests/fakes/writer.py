"""An honest writer for the stub server: it tells the insight of the brief, so that the real guard can accept it."""

from __future__ import annotations

import json
import re
from typing import Any

from fakes.stub_openai import Request, language_of

OPENINGS = {
    "fr": (
        "Regardez de plus près.",
        "Voici ce que nous savons.",
        "Cela se voit à l'usage.",
        "Une chose vue à l'atelier.",
        "Le linge parle à qui l'écoute.",
        "On nous le raconte souvent.",
    ),
    "en": (
        "Look a little closer.",
        "Here is what we know.",
        "It shows with use.",
        "Something seen in the workshop.",
        "Linen talks to those who listen.",
        "People often tell us so.",
    ),
    "de": (
        "Schauen Sie genauer hin.",
        "Das wissen wir.",
        "Man sieht es beim Gebrauch.",
        "Etwas aus der Werkstatt.",
        "Leinen spricht zu denen, die zuhören.",
        "Man erzählt es uns oft.",
    ),
    "es": (
        "Mire un poco más de cerca.",
        "Esto es lo que sabemos.",
        "Se nota con el uso.",
        "Una cosa vista en el taller.",
        "El lino habla a quien lo escucha.",
        "Nos lo cuentan a menudo.",
    ),
}
WHAT_ANYBODY_WRITES = {
    "fr": "Offrez à votre maison la qualité qu'elle mérite. Notre marque vous accompagne chaque jour.",
    "en": "Give your home the quality it deserves. Our brand is with you every day.",
    "de": "Gönnen Sie Ihrem Zuhause die Qualität, die es verdient. Unsere Marke begleitet Sie jeden Tag.",
    "es": "Dé a su casa la calidad que merece. Nuestra marca le acompaña cada día.",
}
_INSIGHT = re.compile(r"^(?:Observation|Beobachtung|Observación)\s*:\s*(.+)$", re.MULTILINE)


CLOSINGS = {
    "fr": "C'est ainsi chez nous.",
    "en": "That is how it is here.",
    "de": "So ist das bei uns.",
    "es": "Así es aquí.",
}
"""A sentence of its own below the insight: a body that is a note letter for letter is refused."""

THINGS = {
    "fr": "Fenêtre jardin escalier grenier panier lampe chaise tiroir couloir marché rivière colline sentier",
    "en": "Window garden staircase attic basket lamp chair drawer corridor market river hill footpath",
    "de": "Fenster Garten Treppe Dachboden Korb Lampe Stuhl Schublade Flur Markt Fluss Hügel Pfad",
    "es": "Ventana jardín escalera desván cesta lámpara silla cajón pasillo mercado río colina sendero",
}
"""Titles are made of three of them, others for each call: in a large campaign no two texts may have the same one."""

SCENES = {
    "fr": (
        "Le soir, les verres sont encore sur la table et les invités parlent tout bas. Vous prenez un torchon à la"
        " patère, et un verre après l'autre retourne sur l'étagère.",
        "Après quoi il reste un moment calme dans la cuisine, avant que la lumière ne s'éteigne.",
    ),
    "en": (
        "In the evening the glasses are still on the table and the guests talk in low voices. You take a cloth from"
        " its hook, and one glass after the other goes back to the shelf.",
        "What is left then is a quiet moment in the kitchen, before the light goes out.",
    ),
    "de": (
        "Am Abend stehen die Gläser noch auf dem Tisch, die Gäste reden leise weiter. Sie nehmen ein Tuch vom Haken,"
        " ein Glas nach dem anderen wandert zurück ins Regal.",
        "Was danach bleibt, ist ein ruhiger Augenblick in der Küche, bevor das Licht ausgeht.",
    ),
    "es": (
        "Por la noche los vasos siguen en la mesa y los invitados hablan en voz baja. Usted coge un paño del gancho,"
        " y un vaso tras otro vuelve al estante.",
        "Después queda un momento tranquilo en la cocina, antes de que se apague la luz.",
    ),
}
"""What stands before and after the insight in a text at length: an e-mail's story needs 250 characters, mostly own."""
PREHEADERS = {
    "fr": "Il y a des choses que l'on apprend dans la cuisine.",
    "en": "Some things are learnt in the kitchen.",
    "de": "Manche Dinge lernt man erst in der Küche.",
    "es": "Algunas cosas se aprenden en la cocina.",
}


def tell_the_insight(request: Request, number: int) -> str:
    """The brief's own insight after a short opening; approved wordings where the schema lists some."""
    language = language_of(request)
    if without_our_data(request):
        return WHAT_ANYBODY_WRITES[language]
    insight = _insight(request)
    opening = OPENINGS[language][number % len(OPENINGS[language])]
    body = f"{insight} {CLOSINGS[language]}"
    return json.dumps(_parts(request, number, opening, body), ensure_ascii=False)


def tell_the_insight_under_a_title(request: Request, number: int) -> str:
    """The insight, under a title of its own: in a large campaign, texts with the same title are sent back."""
    language = language_of(request)
    if without_our_data(request):
        return WHAT_ANYBODY_WRITES[language]
    things = THINGS[language].split()
    title = ", ".join(_thing(things, number, position) for position in (0, 1, 2))
    closing = ", ".join(_thing(things, number + 3, position) for position in (2, 1, 0))
    parts = _parts(request, number, f"{title}.", f"{_insight(request)} {closing}.")
    return json.dumps(parts, ensure_ascii=False)


def _thing(things: list[str], number: int, position: int) -> str:
    return things[(number // len(things) ** position + position * 5) % len(things)]


def tell_the_insight_at_length(request: Request, number: int) -> str:
    """The insight within a scene, as long as an e-mail has to be, and a preheader of its own."""
    language = language_of(request)
    if without_our_data(request):
        return WHAT_ANYBODY_WRITES[language]
    before, after = SCENES[language]
    opening = OPENINGS[language][number % len(OPENINGS[language])]
    parts = _parts(request, number, opening, f"{before} {_insight(request)} {after}", PREHEADERS[language])
    return json.dumps(parts, ensure_ascii=False)


def always(text_of_language: dict[str, tuple[str, str]]) -> Any:
    """An answer function that gives every request of a language the same parts: an opening and a body."""

    def answer(request: Request, number: int) -> str:
        if without_our_data(request):
            return WHAT_ANYBODY_WRITES[language_of(request)]
        opening, body = text_of_language[language_of(request)]
        return json.dumps(_parts(request, 0, opening, body), ensure_ascii=False)

    return answer


def without_our_data(request: Request) -> bool:
    """Whether this asks for a baseline of the mirror check: plain text, no schema."""
    return "response_format" not in request


def _insight(request: Request) -> str:
    """The insight that the prompt names last."""
    return next(
        found.group(1).strip()
        for message in reversed(request["messages"])
        if message["role"] == "user" and (found := _INSIGHT.search(message["content"]))
    )


def _parts(request: Request, number: int, opening: str, body: str, preheader: str = "") -> dict[str, str]:
    properties = request["response_format"]["json_schema"]["schema"]["properties"]
    parts = {}
    free = iter((opening, body))
    for name, part in properties.items():
        choices = part.get("enum")
        if preheader and name == "preheader":
            parts[name] = preheader
            continue
        parts[name] = choices[number % len(choices)] if choices else next(free, opening)
    return parts
