"""What a test says, in words for a marketer, in English and French."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from inedit.insight_loop.experiments.fixed import LEAST_EVENTS
from inedit.insight_loop.experiments.readout import Reading, Versus
from inedit.insight_loop.experiments.sequence import FIRST_LOOK_EVENTS

NOUNS: Mapping[str, Mapping[str, str]] = {
    "en": {"clicks": "clicks", "conversions": "conversions", "insight": "insight", "angle": "angle",
           "tone": "tone", "template": "template"},
    "fr": {"clicks": "clics", "conversions": "conversions", "insight": "l’observation", "angle": "l’angle",
           "tone": "le ton", "template": "le gabarit"},
}  # fmt: skip

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "empty": "No results yet. Import them with: inedit experiment results {id} FILE.csv",
        "running-fixed": "Too early to tell: the smallest arm has {progress} of the {size} impressions that were "
        "planned. No winner is called before that, whatever the figures look like today.",
        "running-sequential": "Too early to look: each arm needs at least {least} {metric} (and as many impressions "
        "without).",
        "split": "The audience was not split as planned ({split}; chance would do this in {split_p} of tests). Nothing "
        "can be said about the texts: find the fault first, such as a filter on one arm, or robots.",
        "few": "Too few {metric} for a test: each arm needs at least {least_fixed}.",
        "won": "{winner} wins.",
        "won-several": "{winner} has the best rate of those that beat {first}: {better}. Which of them is best was not "
        "tested.",
        "won-first": "{winner} beats all others.",
        "lost": "{losers} did worse than {first}; between the others no difference was shown.",
        "open": "No difference was shown: no winner.",
        "line-decided": "{arm} against {first}: {lift} {metric} per impression, between {low} and {high} with {level} "
        "confidence (p {p}).",
        "line-open": "{arm} against {first}: {lift} {metric} per impression as counted, but anything between {low} and "
        "{high} fits ({level} confidence, p {p}).",
        "since": "Shown since {since}, and valid however often you look.",
        "until": "Judged once, by the days up to {until}; later ones are shown and change nothing.",
        "planned": "The test was planned to find {effect}; it may miss a smaller difference.",
        "again": "The interval may be read every day; it closes as results come in.",
        "confounded": "Beware: the arms differ in {confounded}, too. What was found is the effect of all of it "
        "together.",
        "and": "and",
    },
    "fr": {
        "empty": "Pas encore de résultats. Importez-les avec : inedit experiment results {id} FICHIER.csv",
        "running-fixed": "Trop tôt pour conclure : le bras le moins vu a {progress} des {size} affichages prévus. "
        "Aucun gagnant n’est désigné avant, quels que soient les chiffres du jour.",
        "running-sequential": "Trop tôt pour regarder : il faut au moins {least} {metric} par bras (et autant "
        "d’affichages sans).",
        "split": "L’audience n’a pas été répartie comme prévu ({split} ; le hasard ne le ferait que dans {split_p} des "
        "tests). On ne peut rien dire des textes : cherchez d’abord l’erreur, un filtre sur un seul bras ou des "
        "robots par exemple.",
        "few": "Trop peu de {metric} pour un test : il en faut au moins {least_fixed} par bras.",
        "won": "{winner} gagne.",
        "won-several": "{winner} a le meilleur taux de ceux qui battent {first} : {better}. Lequel d’entre eux est le "
        "meilleur n’a pas été testé.",
        "won-first": "{winner} bat tous les autres.",
        "lost": "{losers} : moins bien que {first} ; entre les autres, aucune différence n’est démontrée.",
        "open": "Aucune différence démontrée : pas de gagnant.",
        "line-decided": "{arm} contre {first} : {lift} de {metric} par affichage, entre {low} et {high} avec "
        "{level} de confiance (p {p}).",
        "line-open": "{arm} contre {first} : {lift} de {metric} par affichage au décompte, mais tout est possible "
        "entre {low} et {high} ({level} de confiance, p {p}).",
        "since": "Démontré depuis le {since}, et valable aussi souvent que vous regardez.",
        "until": "Jugé une seule fois, sur les jours jusqu’au {until} ; les suivants sont affichés et n’y "
        "changent rien.",
        "planned": "Le test a été dimensionné pour trouver {effect} ; un écart plus petit peut lui échapper.",
        "again": "L’intervalle peut être lu chaque jour ; il se resserre à mesure que les résultats arrivent.",
        "confounded": "Attention : les bras diffèrent aussi par {confounded}. L’effet mesuré est celui de l’ensemble.",
        "and": "et",
    },
}
"""What is said, by the state of the test."""


def describe(reading: Reading, language: str) -> tuple[str, ...]:
    """The reading in sentences, the verdict first. ``language`` is ``fr`` or ``en``."""
    language = language if language in SENTENCES else "en"
    return tuple(_sentences(reading, language))


def _sentences(reading: Reading, language: str) -> Iterator[str]:
    design, say = reading.design, SENTENCES[language]
    first = _name(reading, design.arms[0].id, language)
    common = {
        "id": design.id,
        "metric": NOUNS[language][design.metric],
        "first": first,
        "size": number(design.size, language),
        "progress": percent(reading.progress, language, signed=False),
        "least": number(FIRST_LOOK_EVENTS, language),
        "least_fixed": number(LEAST_EVENTS, language),
        "split": " / ".join(f"{one.arm.id} {number(one.impressions, language)}" for one in reading.arms),
        "split_p": _at_least(reading.split_p, language),
    }
    key = f"running-{design.method}" if reading.state == "running" else reading.state
    if reading.state == "decided":
        key = _verdict(reading)
    names = {one.arm.id: _name(reading, one.arm.id, language) for one in reading.arms}
    yield say[key].format(
        **common,
        winner=names.get(reading.winner, ""),
        better=_listed([names[arm] for arm in reading.better_than_first], say["and"]),
        losers=_listed(
            [names[one.arm] for one in reading.versus if one.decided and one.difference < 0], say["and"]
        ),
    )
    for one in reading.versus:
        line = "line-decided" if one.decided else "line-open"
        yield say[line].format(**common, arm=names[one.arm], **_figures(one, language))
        if one.since:
            yield say["since"].format(since=day(one.since, language))
    if reading.versus and design.method == "fixed" and reading.until:
        yield say["until"].format(until=day(reading.until, language))
    if reading.state == "open":
        yield say["planned" if design.method == "fixed" else "again"].format(
            effect=percent(design.effect, language)
        )
    if design.confounded:
        others = [NOUNS[language].get(name, name) for name in design.confounded]
        yield say["confounded"].format(confounded=_listed(others, say["and"]))


def _verdict(reading: Reading) -> str:
    if not reading.winner:
        return "lost"
    if reading.winner == reading.design.arms[0].id:
        return "won-first"
    return "won-several" if len(reading.better_than_first) > 1 else "won"


def _figures(one: Versus, language: str) -> dict[str, str]:
    return {
        "lift": percent(one.lift, language),
        "low": percent(one.lift_low, language),
        "high": percent(one.lift_high, language),
        "level": percent(one.level, language, signed=False),
        "p": f"< {number(0.001, language)}"
        if one.p_value < 0.001
        else f"= {number(round(one.p_value, 3), language)}",
    }


def _name(reading: Reading, arm: str, language: str) -> str:
    """« B (l’angle how-to) »."""
    value = next(one.arm.value for one in reading.arms if one.arm.id == arm)
    return f"{arm} ({NOUNS[language][reading.design.factor]} {value})"


def _listed(names: list[str], last: str) -> str:
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def percent(share: float, language: str, *, signed: bool = True, digits: int = 1) -> str:
    """A share in per cent as the language writes it, with its sign when it is a change."""
    pattern = f"0.{'#' * digits}%" if language == "en" else f"0.{'#' * digits}\u00a0%"
    text = format_percent(abs(share), format=pattern, locale=language, decimal_quantization=True)
    if not signed:
        return text
    return f"{'−' if share < 0 else '+'}{text}"


def _at_least(chance: float, language: str) -> str:
    """A chance that is told to be small, never as none at all."""
    least = 0.00001
    return f"{'<' if chance < least else ''}{percent(max(chance, least), language, signed=False, digits=3)}"


def number(value: float, language: str) -> str:
    """A number as the language writes it."""
    return format_decimal(value, locale=language)


def day(value: date, language: str) -> str:
    """A day as the language writes it: 12 March 2026, 12 mars 2026."""
    return format_date(value, format="d MMMM y", locale=language)
