"""What people do with a text that is there: is it found at the door, among all others of the brand?

    python bench/guard/reuse.py [--json FILE]

Our own texts, 135 answers of a large language model in five languages (`bench/prompts/answers.jsonl`), are admitted;
then comes what was made of one of them: verbatim excerpts of 8 to 24 words, one sentence of a body as a social post, a
paste of a quarter, the sentences in another order, HTML entities, other hashtags, a subject or a first sentence used
again, a text message with another price and code, one that says « tu » instead of « vous ». Honest drafts: the other
texts of the brand, excerpts of texts that are not there, and text messages of one brief by the same hand.
"""

from __future__ import annotations

import argparse
import html
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from inedit.archive.supplied_texts import common_texts
from inedit.brand.load import load_project
from inedit.guard.nlp.text import sentences
from inedit.guard.similarity import Index

ANSWERS = Path(__file__).parents[1] / "prompts/answers.jsonl"
MESSAGES = Path(__file__).with_name("messages.json")
WORDS = (8, 12, 16, 20, 24)
HOOK = {
    "fr": "Vu à l'atelier cette semaine.", "en": "Seen in the workshop this week.",
    "de": "Diese Woche in der Werkstatt.", "es": "Visto esta semana en el taller.",
    "it": "Visto in laboratorio questa settimana.",
}  # fmt: skip
BODY, CAMPAIGN = "body", "collection-hiver"
ROOT = Path(__file__).parents[2]
Parts = Mapping[str, str]


def texts_of(language: str) -> list[dict[str, str]]:
    """What the model worded of each text, by part: its subject or hook, and its body."""
    found = []
    for line in ANSWERS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        answer = row["answer"]
        if row["cell"]["language"] == language:
            head = next(name for name in answer)  # its subject, hook or headline
            found.append({head: answer[head], BODY: answer.get("story") or answer["body"]})
    return found


def _excerpt(text: str, words: int, dice: random.Random) -> str:
    said = text.split()
    start = dice.randrange(len(said) - words)
    return " ".join(said[start : start + words])


def made_of(text: Parts, other: Parts, language: str, dice: random.Random) -> Iterator[tuple[str, Parts]]:
    """What was made of a text, each kind once; ``other`` lends the rest of the words."""
    body, foreign = text[BODY], other[BODY]
    said = [span.of(body) for span in sentences(body)]
    for words in WORDS:
        if len(body.split()) > words:
            yield f"excerpt of {words} words", {"text": _excerpt(body, words, dice)}
    long_enough = [sentence for sentence in said if len(sentence.split()) >= 12]
    if long_enough:
        yield (
            "one sentence as a post",
            {"hook": HOOK[language], "text": f"{dice.choice(long_enough)} #lin #atelier"},
        )
    words, rest = body.split(), foreign.split()
    quarter, kept = max(12, len(words) // 4), rest[: len(words) - len(words) // 4]
    at = dice.randrange(len(words) - quarter)
    for place, cut in (("start", 0), ("middle", len(kept) // 2), ("end", len(kept))):
        taken = words[:quarter] if place == "start" else words[at : at + quarter]
        yield f"paste of a quarter at the {place}", {"text": " ".join([*kept[:cut], *taken, *kept[cut:]])}
    turned = said[1:] + said[:1]
    if len(said) >= 3:
        yield "sentences in another order", {"text": " ".join(turned[::-1])}
    yield "HTML entities", {"text": html.escape(body).encode("ascii", "xmlcharrefreplace").decode()}
    yield "other hashtags", {"text": f"{body}\n#linge #maison #vosges"}
    head = next(name for name in text)
    yield f"the same {head}", {head: text[head], BODY: foreign}
    if len(said[0].split()) >= 8:
        yield (
            "the same first sentence",
            {BODY: " ".join([said[0], *(s.of(foreign) for s in sentences(foreign)[1:])])},
        )


def _match(index: Index, parts: Parts) -> set[str]:
    text = "\n".join(parts.values())
    return {match.piece_id for match in index.matches(text, brief="brief", parts=parts, remember=False)}


def supplied(language: str) -> tuple[str, ...]:
    """What the brand of these texts supplies, as the archive knows it."""
    brand = load_project(ROOT).brand
    return common_texts(brand, brand.campaigns[CAMPAIGN], language)


def of_texts(language: str) -> dict[str, tuple[int, int]]:
    """How many of each kind are found; under ``honest`` how many drafts and excerpts are refused."""
    dice, texts = random.Random(f"reuse {language}"), texts_of(language)
    there, absent = texts[: 2 * len(texts) // 3], texts[2 * len(texts) // 3 :]
    index, counted = Index(language, supplied(language)), defaultdict[str, list[bool]](list)
    for number, parts in enumerate(there):
        counted["honest: a text of the brand"].append(bool(_match(index, parts)))
        index.add(str(number), "\n".join(parts.values()), brief="brief", parts=parts)
    for number, parts in enumerate(there):
        lender = absent[number % len(absent)]
        for kind, made in made_of(parts, lender, language, dice):
            counted[kind].append(str(number) in _match(index, made))
    for parts in absent:
        for words in WORDS:
            if len(parts[BODY].split()) > words:
                draft = {"text": _excerpt(parts[BODY], words, dice)}
                counted["honest: an excerpt of a text that is not there"].append(bool(_match(index, draft)))
    return {kind: (sum(found), len(found)) for kind, found in counted.items()}


def of_messages(language: str, messages: Sequence[Mapping[str, str]]) -> dict[str, tuple[int, int]]:
    """Text messages: another price and code, the other form of address; and honest ones of the brief."""
    counted = defaultdict[str, list[bool]](list)
    index = Index(language)
    for number, row in enumerate(messages):
        counted["honest: a text message of the brief"].append(bool(_match(index, {"text": row["text"]})))
        index.add(str(number), row["text"], brief="brief")
    for number, row in enumerate(messages):
        for kind in ("another price and code", "the other form of address"):
            if kind in row:
                counted[f"text message, {kind}"].append(str(number) in _match(index, {"text": row[kind]}))
    return {kind: (sum(found), len(found)) for kind, found in counted.items()}


def main() -> None:
    """Prints the share of each kind that is found, by language; writes it with ``--json``."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--json", type=Path)
    given = asked.parse_args()
    messages = json.loads(MESSAGES.read_text(encoding="utf-8"))
    report: dict[str, dict[str, Any]] = defaultdict(dict)
    for language in HOOK:
        for kind, (found, of) in (of_texts(language) | of_messages(language, messages[language])).items():
            report[kind][language] = [found, of]
    for row in report.values():
        found, of = (sum(column) for column in zip(*row.values(), strict=True))
        row["all"] = round(found / of, 4)
    text = json.dumps(report, indent=1, ensure_ascii=False, sort_keys=True)
    print(text)
    if given.json:
        given.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
