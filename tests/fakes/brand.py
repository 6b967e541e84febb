"""A whole brand in a few lines, in five languages: a house that weaves linen, for tests that need facts to
rely on.

Everything is built from the real :mod:`inedit.brand.schema` objects; :data:`TODAY` is the day on which
tests judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from inedit.brand.schema import Brand, Campaign, Sheet
from inedit.guard.context import Context
from inedit.model import Draft, Message, Prompt, Usage, VariantSpec

TODAY = date(2026, 6, 1)
LANGUAGES = ("fr", "en", "de", "es", "it")
REGIONAL = {"fr": "fr-CA", "en": "en-IE", "de": "de-CH", "es": "es-CO", "it": "it-CH"}
"""A tag of each language that no table has: it is read as its language is. (Mexicans write 1,000 for a thousand.)"""
CLAIMS = ("mended", "water", "woven", "warranty", "label", "strength", "seal-2019", "postage")


def _said(fr: str, en: str, de: str, es: str, it: str) -> dict[str, str]:
    return dict(zip(LANGUAGES, (fr, en, de, es, it), strict=True))


def _claim(identity: str, text: dict[str, str], **more: Any) -> dict[str, Any]:
    return {"id": identity, "text": text, "source": "register", "valid_from": date(2020, 1, 1), **more}


def _insight(identity: str, kind: str, text: dict[str, str], **more: Any) -> dict[str, Any]:
    return {
        "id": identity,
        "kind": kind,
        "text": text,
        "source": "field",
        "collected": date(2026, 1, 1),
        **more,
    }


_CLAIMS = (
    _claim(
        "mended",
        _said(
            "14 200 draps repris à la main depuis 2015.",
            "14,200 sheets mended by hand since 2015.",
            "14.200 Laken seit 2015 von Hand geflickt.",
            "14.200 sábanas remendadas a mano desde 2015.",
            "14.200 lenzuola rammendate a mano dal 2015.",
        ),
    ),
    _claim(
        "water",
        _said(
            "Le lin demande 80 % d'eau en moins que le coton.",
            "Flax takes 80% less water than cotton.",
            "Flachs braucht 80 % weniger Wasser als Baumwolle.",
            "El lino necesita un 80 % menos de agua que el algodón.",
            "Il lino richiede l'80% di acqua in meno rispetto al cotone.",
        ),
    ),
    _claim(
        "woven",
        _said(
            "Tissé en France, à Cambrai, par 12 tisserands.",
            "Woven in France, in Cambrai, by 12 weavers.",
            "In Frankreich gewebt, in Cambrai, von 12 Webern.",
            "Tejido en Francia, en Cambrai, por 12 tejedores.",
            "Tessuto in Francia, a Cambrai, da 12 tessitori.",
        ),
    ),
    _claim(
        "warranty",
        _said(
            "Chaque drap est garanti 10 ans contre la déchirure.",
            "Every sheet is guaranteed against tearing for 10 years.",
            "Jedes Laken hat 10 Jahre Garantie gegen Reißen.",
            "Cada sábana está garantizada 10 años contra desgarros.",
            "Ogni lenzuolo è garantito 10 anni contro gli strappi.",
        ),
    ),
    _claim(
        "label",
        _said(
            "Notre lin est certifié OEKO-TEX STANDARD 100.",
            "Our linen is certified OEKO-TEX STANDARD 100.",
            "Unser Leinen ist nach OEKO-TEX STANDARD 100 zertifiziert.",
            "Nuestro lino está certificado OEKO-TEX STANDARD 100.",
            "Il nostro lino è certificato OEKO-TEX STANDARD 100.",
        ),
    ),
    _claim(
        "strength",
        _said(
            "Le fil de lin est deux fois plus résistant que le fil de coton.",
            "Flax yarn is twice as strong as cotton yarn.",
            "Leinengarn ist doppelt so reißfest wie Baumwollgarn.",
            "El hilo de lino es dos veces más resistente que el de algodón.",
            "Il filo di lino è due volte più resistente del filo di cotone.",
        ),
    ),
    _claim(
        "seal-2019",
        _said(
            "Élu meilleur linge de lit en 2019.",
            "Voted best bed linen in 2019.",
            "2019 zur besten Bettwäsche gewählt.",
            "Elegida mejor ropa de cama en 2019.",
            "Eletta migliore biancheria da letto nel 2019.",
        ),
        valid_until=date(2021, 12, 31),
    ),
    _claim(
        "postage",
        _said(
            "La livraison est gratuite dès 90 € d'achat.",
            "Delivery is free from €90.",
            "Die Lieferung ist ab 90 € kostenlos.",
            "El envío es gratuito a partir de 90 €.",
            "La spedizione è gratuita da 90 €.",
        ),
        markets=("FR",),
    ),
)

_INSIGHTS = (
    _insight(
        "odette",
        "story",
        _said(
            "Odette, 71 ans, reprend encore un drap brodé en 1938 par sa mère.",
            "Odette, 71, still mends a sheet that her mother embroidered in 1938.",
            "Odette, 71 Jahre alt, flickt noch immer ein Laken, das ihre Mutter 1938 bestickt hat.",
            "Odette, de 71 años, todavía remienda una sábana que su madre bordó en 1938.",
            "Odette, 71 anni, rammenda ancora un lenzuolo ricamato da sua madre nel 1938.",
        ),
        evidence={
            "fr": ("Odette", "brodé"),
            "en": ("Odette", "embroider"),
            "de": ("Odette", "bestickt"),
            "es": ("Odette", "bordó"),
            "it": ("Odette", "ricamato"),
        },
    ),
    _insight(
        "feet",
        "field",
        _said(
            "Un drap s'use d'abord aux pieds, là où l'on borde.",
            "A sheet wears out first at the feet, where it is tucked in.",
            "Ein Laken verschleißt zuerst am Fußende, wo man es einschlägt.",
            "Una sábana se gasta primero por los pies, donde se remete.",
            "Un lenzuolo si consuma prima ai piedi, dove si rimbocca.",
        ),
        evidence={
            "fr": ("pieds", "use"),
            "en": ("feet", "wear"),
            "de": ("Fußende", "verschleißt"),
            "es": ("pies", "gasta"),
            "it": ("piedi", "consuma"),
        },
    ),
    _insight(
        "window",
        "verbatim",
        _said(
            "Je dors comme chez ma grand-mère, la fenêtre ouverte sur le verger.",
            "I sleep as I did at my grandmother's, the window open on the orchard.",
            "Ich schlafe wie bei meiner Großmutter, das Fenster zum Obstgarten offen.",
            "Duermo como en casa de mi abuela, con la ventana abierta al huerto.",
            "Dormo come dalla nonna, con la finestra aperta sul frutteto.",
        ),
        legal_basis="consent",
        paraphrase_only=True,
        evidence={
            "fr": ("verger", "grand-mère"),
            "en": ("orchard", "grandmother"),
            "de": ("Obstgarten", "Großmutter"),
            "es": ("huerto", "abuela"),
            "it": ("frutteto", "nonna"),
        },
    ),
)

_LEXICONS = {
    "fr": ((("pas cher", "au juste prix"), ("cheap", "")), ("cocon de douceur", "plongez dans")),
    "en": ((("cheap", "fairly priced"),), ("cocoon of softness", "dive into")),
    "de": ((("billig", "preiswert"),), ("Oase der Ruhe", "tauchen Sie ein")),
    "es": ((("barato", "a buen precio"),), ("oasis de calma", "sumérgete en")),
    "it": ((("economico", "al giusto prezzo"),), ("oasi di pace", "immergiti in")),
}

_EXAMPLES = {
    "fr": (
        "Le couteau du dimanche",
        "Ce couteau a coupé mille miches avant de venir chez nous se faire aiguiser.",
    ),
    "en": ("The Sunday knife", "This knife cut a thousand loaves before it came to us to be sharpened."),
    "de": (
        "Das Sonntagsmesser",
        "Dieses Messer hat viele Brote geschnitten, bevor es zu uns zum Schleifen kam.",
    ),
    "es": ("El cuchillo del domingo", "Este cuchillo cortó muchas hogazas antes de venir a que lo afilemos."),
    "it": (
        "Il coltello della domenica",
        "Questo coltello ha tagliato molte pagnotte prima di farsi affilare da noi.",
    ),
}

_CALLS = _said("Voir les draps", "See the sheets", "Laken ansehen", "Ver las sábanas", "Vedere le lenzuola")


def tiny_brand() -> Brand:
    """A house with eight claims (one expired, one for France only), three insights, two segments, three
    channels."""
    return Brand.model_validate(
        {
            "identity": {
                "id": "orval",
                "name": "Maison Orval",
                "market": "FR",
                "about": _said(
                    "Maison Orval tisse le linge de maison depuis 1921. On nous écrit à bonjour@orval.example.",
                    "Maison Orval has woven household linen since 1921. Write to bonjour@orval.example.",
                    "Maison Orval webt seit 1921 Haushaltswäsche. Schreiben Sie an bonjour@orval.example.",
                    "Maison Orval teje ropa de casa desde 1921. Escriba a bonjour@orval.example.",
                    "Maison Orval tesse biancheria per la casa dal 1921. Scrivere a bonjour@orval.example.",
                ),
                "voice": dict.fromkeys(
                    LANGUAGES, "Short sentences, things and gestures, no grand words at all."
                ),
                "products": [
                    {"id": "sheet", "name": _said("drap", "sheet", "Laken", "sábana", "lenzuolo")},
                    {"id": "aube", "name": dict.fromkeys(LANGUAGES, "Aube")},
                ],
                "calls_to_action": [{"id": "see", "text": _CALLS}],
            },
            "segments": {
                "families": {
                    "id": "families",
                    "name": dict.fromkeys(LANGUAGES, "Families"),
                    "description": dict.fromkeys(LANGUAGES, "They wash often and want things to last."),
                },
                "young": {
                    "id": "young",
                    "name": dict.fromkeys(LANGUAGES, "First home"),
                    "description": dict.fromkeys(LANGUAGES, "They furnish their first flat."),
                    "formality": dict.fromkeys(LANGUAGES, "informal"),
                },
            },
            "languages": {
                tag: {
                    "tag": tag,
                    "name": name,
                    "market": market,
                    "formality": "formal",
                    "typography": typography,
                }
                for tag, name, market, typography in (
                    ("fr", "français", "FR", "french"),
                    ("en", "English", "GB", "english"),
                    ("de", "Deutsch", "DE", "german"),
                    ("es", "español", "ES", "spanish"),
                    ("it", "italiano", "IT", "italian"),
                )
            },
            "tones": {
                "plain": {
                    "id": "plain",
                    "name": dict.fromkeys(LANGUAGES, "Plain"),
                    "instruction": dict.fromkeys(LANGUAGES, "Say it simply."),
                }
            },
            "angles": {
                "gesture": {
                    "id": "gesture",
                    "name": dict.fromkeys(LANGUAGES, "A gesture"),
                    "instruction": dict.fromkeys(LANGUAGES, "Start from a gesture."),
                }
            },
            "channels": {
                "email": {"id": "email", "name": dict.fromkeys(LANGUAGES, "E-mail")},
                "social": {"id": "social", "name": dict.fromkeys(LANGUAGES, "Post"), "max_chars": 280},
                "sms": {
                    "id": "sms",
                    "name": dict.fromkeys(LANGUAGES, "SMS"),
                    "max_chars": 160,
                    "charset": "gsm-7",
                },
            },
            "claims": {claim["id"]: claim for claim in _CLAIMS},
            "insights": {insight["id"]: insight for insight in _INSIGHTS},
            "lexicons": {
                tag: {
                    "language": tag,
                    "banned": [{"term": term, "instead": instead} for term, instead in banned],
                    "cliches": cliches,
                    "competitors": ["Nordlin", "Lindor & Fils"],
                }
                for tag, (banned, cliches) in _LEXICONS.items()
            },
            "baselines": (),
            "references": (),
            "campaigns": {"dawn": tiny_campaign()},
        }
    )


def regional_brand() -> Brand:
    """The tiny brand, which writes in :data:`REGIONAL` as well."""
    brand = tiny_brand()
    languages = {tag: brand.languages[own].model_copy(update={"tag": tag}) for own, tag in REGIONAL.items()}
    lexicons = {
        tag: brand.lexicons[own].model_copy(update={"language": tag}) for own, tag in REGIONAL.items()
    }
    return brand.model_copy(
        update={"languages": brand.languages | languages, "lexicons": brand.lexicons | lexicons}
    )


def tiny_campaign() -> Campaign:
    """A brief with a price and a last day."""
    return Campaign.model_validate(
        {
            "id": "dawn",
            "name": "Dawn",
            "objective": dict.fromkeys(LANGUAGES, "Have the linen set tried by 500 households."),
            "offer": _said(
                "La parure Aube à 129,90 €, jusqu'au 30 juin 2026.",
                "The Aube bed set at €129.90, until 30 June 2026.",
                "Das Bettwäsche-Set Aube für 129,90 €, bis zum 30. Juni 2026.",
                "El juego de cama Aube por 129,90 €, hasta el 30 de junio de 2026.",
                "Il completo letto Aube a 129,90 €, fino al 30 giugno 2026.",
            ),
            "channels": ["email"],
            "segments": ["families", "young"],
            "languages": list(LANGUAGES),
            "tones": ["plain"],
        }
    )


def tiny_sheet(channel: str = "email") -> Sheet:
    """A subject, a body and an approved call to action, with a worked example in each language."""
    word_it = dict.fromkeys(LANGUAGES, "Write it.")
    return Sheet.model_validate(
        {
            "channel": channel,
            "purpose": dict.fromkeys(LANGUAGES, "You write short e-mails."),
            "variables": [],
            "parts": [
                {"id": "subject", "instruction": word_it, "min_chars": 5, "max_chars": 60},
                {"id": "body", "instruction": word_it, "min_chars": 20, "max_chars": 600},
                {
                    "id": "call_to_action",
                    "instruction": word_it,
                    "source": "calls_to_action",
                    "max_chars": 60,
                },
            ],
            "examples": [
                {"language": tag, "brief": "A knife.", "parts": {"subject": subject, "body": body}}
                for tag, (subject, body) in _EXAMPLES.items()
            ],
        }
    )


def tiny_spec(language: str = "fr", **changes: Any) -> VariantSpec:
    """One variant to write, made of the story of Odette and every claim."""
    values: dict[str, Any] = {
        "campaign_id": "dawn", "channel": "email", "segment": "families", "language": language, "tone": "plain",
        "index": 0, "angle": "gesture", "insight_ids": ("odette",), "claim_ids": CLAIMS,
    }  # fmt: skip
    return VariantSpec(**{**values, **changes})


def tiny_prompt(language: str = "fr") -> Prompt:
    """The instructions a model could have been given, facts included."""
    brand = tiny_brand()
    facts = "\n".join(claim.text[language] for claim in brand.claims.values())
    insights = "\n".join(insight.text[language] for insight in brand.insights.values())
    system = "You write for a linen weaver. Keep every sentence under fifteen words and never mention the price twice."
    return Prompt(
        (Message("system", system), Message("user", f"{facts}\n{insights}\nWrite the parts.")),
        "email",
        "0",
        style="small",
    )


def tiny_context(language: str = "fr", *, today: date = TODAY) -> Context:
    """What a check may consult for a draft in a language."""
    return Context(tiny_brand(), tiny_campaign(), tiny_sheet(), tiny_prompt(language), today)


def draft(parts: Mapping[str, str], spec: VariantSpec | None = None, *, attempt: int = 1) -> Draft:
    """A draft as the pipeline makes it, without having called anything."""
    return Draft(spec or tiny_spec(), dict(parts), Usage("fake", 0, 0, 0, 0, 0.0), attempt)


def body(text: str, language: str = "fr", **changes: Any) -> Draft:
    """A draft that has only a body, for a check that looks at nothing else."""
    return draft({"body": text}, tiny_spec(language, **changes))


def tiny_context_with(language: str, fact: str) -> Context:
    """The tiny brand, and one claim more."""
    context = tiny_context(language)
    woven = context.brand.claims["woven"]
    more = woven.model_copy(update={"text": {**woven.text, language: fact}})
    brand = context.brand.model_copy(update={"claims": {**context.brand.claims, woven.id: more}})
    return replace(context, brand=brand)
