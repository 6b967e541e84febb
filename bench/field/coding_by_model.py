"""How well does a language model code emotions, beside the offline coder, on the same texts that people have labelled?

    python bench/field/coding_by_model.py export FOLDER QUESTIONS          # what the model is asked: no labels in it
    python bench/field/coding_by_model.py ask FOLDER ANSWERS [MODEL] [N]   # ask one, N batches a language; times it
    python bench/field/coding_by_model.py score FOLDER ANSWERS [ANSWERS …] > bench/results/coding_by_model.json

FOLDER holds GoEmotions and XED (coding.py says where they come from). The questions are the product's own: its template,
eight texts a call, its shape of an answer, and what is believed of it. The code book has a definition a code, written here
(GoEmotions' after those that its annotators had), and three examples a code out of the first draw of at most 50
labels a code; the offline coder and TF-IDF + SVM learn from the whole of such draws (mean of five). Texts are drawn by seed 18
from the test part: 96 in English, 64 in each other language (of English not from the first 500 lines of the file).

ANSWERS is JSON lines: ``language``, ``batch``, ``answer``, ``seconds`` where it was timed, and ``prompt``, the beginning of
the prompt's digest: with another prompt an answer is refused. ``coding_answers.jsonl`` was written by a large language model
for this project, from the exported questions alone, without the labels. That model may have read both corpora in
training, as any that is served may: its figures can flatter it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from coding import Part, coder_of, corpus, drawn, held_out, svm, taken, thresholds
from sklearn.metrics import f1_score

from inedit.bootstrap.models import ModelAddress, served_model
from inedit.bootstrap.settings import DEFAULT_MODEL, Settings
from inedit.brand.schema import Code
from inedit.generation.client import ChatModel
from inedit.insight_loop.coding.answers import UnreadableAnswer, read_answer
from inedit.insight_loop.coding.model_coder import BATCH
from inedit.insight_loop.coding.prompts import EXAMPLES_SHOWN, coding_prompt
from inedit.model import Prompt
from inedit.model.errors import ProviderFailure

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "fr", "de", "es", "it")
SAMPLE = {"en": 96}
OTHERS, SEEN_LINES, RESAMPLED, DRAWS = 64, 500, 2_000, 5
GO_EMOTIONS = {
    "admiration": "Finding something impressive or worthy of respect.",
    "amusement": "Finding something funny or being entertained.",
    "anger": "A strong feeling of displeasure or antagonism.",
    "annoyance": "Mild anger, irritation.",
    "approval": "Having or expressing a favourable opinion; agreeing.",
    "caring": "Displaying kindness and concern for others.",
    "confusion": "Lack of understanding, uncertainty.",
    "curiosity": "A strong desire to know or learn something.",
    "desire": "A strong feeling of wanting something or wishing for something to happen.",
    "disappointment": "Sadness or displeasure because hopes or expectations were not met.",
    "disapproval": "Having or expressing an unfavourable opinion.",
    "disgust": "Revulsion or strong disapproval aroused by something unpleasant or offensive.",
    "embarrassment": "Self-consciousness, shame or awkwardness.",
    "excitement": "Great enthusiasm and eagerness.",
    "fear": "Being afraid or worried.",
    "gratitude": "Thankfulness and appreciation.",
    "grief": "Intense sorrow, above all by somebody's death.",
    "joy": "Pleasure and happiness.",
    "love": "Strong positive emotion of regard and affection.",
    "nervousness": "Apprehension, worry, anxiety.",
    "optimism": "Hopefulness and confidence about the future or the success of something.",
    "pride": "Pleasure about one's own achievements or those of somebody close.",
    "realization": "Becoming aware of something.",
    "relief": "Reassurance and relaxation after anxiety or distress.",
    "remorse": "Regret or guilty feeling.",
    "sadness": "Emotional pain, sorrow.",
    "surprise": "Feeling astonished, startled by something unexpected.",
}
PLUTCHIK = {
    "anger": "Annoyance, anger or rage; hostile or aggressive words.",
    "anticipation": "Interest, expectation, vigilance: somebody awaits, plans or wants to know what comes.",
    "disgust": "Boredom, dislike, contempt or loathing.",
    "fear": "Apprehension, fear or terror; a threat or danger that is felt.",
    "joy": "Serenity, joy or delight; love, amusement.",
    "sadness": "Pensiveness, sadness or grief; loss, regret.",
    "surprise": "Distraction, surprise or amazement at what was not expected.",
    "trust": "Acceptance, trust or admiration: somebody agrees, believes, relies on another or reassures.",
}


@dataclass(frozen=True)
class Question:
    """A call: the texts of a batch, the prompt and the codes."""

    language: str
    batch: int
    texts: list[str]
    prompt: Prompt

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.prompt.text.encode()).hexdigest()[:16]


def names(language: str) -> list[str]:
    return list(GO_EMOTIONS if language == "en" else PLUTCHIK)


def sample(test: Part, language: str) -> Part:
    first = SEEN_LINES if language == "en" else 0
    order = first + np.random.default_rng(18).permutation(len(test[0]) - first)
    return taken(test, order[: SAMPLE.get(language, OTHERS)])


def code_book(train: Part, language: str) -> list[Code]:
    """Definitions, and examples of the first draw: those with this code alone first, the shortest first."""
    texts, labels, _ = drawn(train, 1)
    book = []
    for index, (name, definition) in enumerate((GO_EMOTIONS if language == "en" else PLUTCHIK).items()):
        having = sorted(np.flatnonzero(labels[:, index]), key=lambda row: (labels[row].sum(), row))
        examples = [{"language": language, "text": texts[row]} for row in having[:EXAMPLES_SHOWN]]
        book.append(
            Code.model_validate(
                {"id": name, "family": "emotion", "name": {"en": name.capitalize()}, "definition": {"en": definition},
                 "examples": examples},
            )
        )  # fmt: skip
    return book


def questions(train: Part, some: Part, language: str) -> list[Question]:
    template = (ROOT / "prompts/field/coding.md.j2").read_text(encoding="utf-8")
    book = code_book(train, language)
    cut = [some[0][start : start + BATCH] for start in range(0, len(some[0]), BATCH)]
    return [
        Question(language, n, texts, coding_prompt(template, book, language, texts))
        for n, texts in enumerate(cut)
    ]


def export(folder: Path, into: Path) -> None:
    into.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        train, test = corpus(folder, language)
        for one in questions(train, sample(test, language), language):
            told = {
                "language": language, "batch": one.batch, "prompt": one.digest, "schema": one.prompt.schema,
                "messages": [{"role": said.role, "content": said.content} for said in one.prompt.messages],
            }  # fmt: skip
            file = into / f"{language}-{one.batch:02}.json"
            file.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


def ask(folder: Path, into: Path, model: str, batches: int) -> None:
    """Ask a model by the product's own client, an embedded one by its own server. Answers are added to the file as they
    come; what cannot be asked (a prompt longer than the model's window) is an empty answer with the reason."""
    settings = replace(Settings.from_environment(), model=model or DEFAULT_MODEL)
    with served_model(settings) as address:
        asyncio.run(_asked(folder, into, address, batches))


async def _asked(folder: Path, into: Path, address: ModelAddress, batches: int) -> None:
    async with ChatModel(address.base_url, address.api_key, address.model) as model:
        for language in LANGUAGES:
            train, test = corpus(folder, language)
            for one in questions(train, sample(test, language), language)[:batches]:
                line: dict[str, Any] = {"language": language, "batch": one.batch, "prompt": one.digest}
                sampling, started = one.prompt.sampling, time.monotonic()
                try:
                    said = await model.complete(
                        one.prompt, seed=0, temperature=sampling.temperature, max_tokens=sampling.max_tokens
                    )
                    line |= {"answer": said.text, "input tokens": said.usage.input_tokens,
                             "output tokens": said.usage.output_tokens}  # fmt: skip
                except ProviderFailure as error:
                    line |= {"answer": "", "refused": str(error)}
                line["seconds"] = round(time.monotonic() - started, 1)
                with into.open("a", encoding="utf-8") as written:
                    written.write(json.dumps(line, ensure_ascii=False) + "\n")


def scores(truth: np.ndarray, given: np.ndarray) -> tuple[float, float]:
    """Macro-F1 over the codes that somebody gave to a text of the sample, and micro-F1."""
    there = np.flatnonzero(truth.any(axis=0))
    return (
        f1_score(truth[:, there], given[:, there], average="macro", zero_division=0),
        f1_score(truth, given, average="micro", zero_division=0),
    )


def read(
    lines: list[dict[str, Any]], asked: list[Question], codes: list[str]
) -> tuple[np.ndarray, np.ndarray, dict[str, Any]]:
    """Which rows were answered, the codes given, and what became of the answers."""
    by_batch = {line["batch"]: line for line in lines}
    rows, given, told = (
        [],
        [],
        {"answers": 0, "unreadable": 0, "texts left out": 0, "codings refused": 0, "codings": 0},
    )
    start = 0
    for one in asked:
        line = by_batch.get(one.batch)
        places, start = range(start, start + len(one.texts)), start + len(one.texts)
        if line is None:
            continue
        if line["prompt"] != one.digest:
            raise SystemExit(f"{one.language} {one.batch}: the answer belongs to another prompt.")
        told["answers"] += 1
        try:
            decisions = read_answer(line["answer"], one.texts, codes)
        except UnreadableAnswer:
            told["unreadable"] += 1
            decisions = (None,) * len(one.texts)
        for place, decision in zip(places, decisions, strict=True):
            rows.append(place)
            codings = decision.codings if decision else ()
            given.append([code in {coding.code for coding in codings} for code in codes])
            told["texts left out"] += decision is None
            told["codings"] += len(codings)
            told["codings refused"] += len(decision.refused) if decision else 0
    return np.array(rows), np.array(given, bool), told


def learnt(train: Part, some: Part) -> dict[str, list[np.ndarray]]:
    """What the offline coder and TF-IDF + SVM, with thresholds held out, give to the texts after each draw."""
    given: dict[str, list[np.ndarray]] = {"offline coder": [], "tf-idf words + svm": []}
    for seed in range(1, DRAWS + 1):
        small = drawn(train, seed)
        coder = coder_of(small)
        given["offline coder"].append(coder.scores(some[0], some[2]) >= coder.thresholds)
        cut = thresholds(held_out(svm, small), small[1])
        given["tf-idf words + svm"].append(svm(small, some) >= cut)
    return given


def interval(truth: np.ndarray, one: np.ndarray, others: list[np.ndarray]) -> list[float]:
    """95 % of the differences of macro-F1 (the model less the mean of the others) when texts are drawn anew."""
    random, found = np.random.default_rng(1), []
    for _ in range(RESAMPLED // len(others)):
        rows = random.integers(0, len(truth), len(truth))
        beside = np.mean([scores(truth[rows], other[rows])[0] for other in others])
        found.append(scores(truth[rows], one[rows])[0] - beside)
    return np.round(np.quantile(found, [0.025, 0.975]), 3).tolist()


def score(folder: Path, files: list[Path]) -> None:
    result: dict[str, Any] = {}
    for language in LANGUAGES:
        train, test = corpus(folder, language)
        some = sample(test, language)
        asked, codes, beside = questions(train, some, language), names(language), learnt(train, some)
        most = np.zeros_like(some[1])
        most[:, train[1].mean(axis=0).argmax()] = True
        for file in files:
            lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
            rows, given, told = read([line for line in lines if line["language"] == language], asked, codes)
            if not len(rows):
                continue
            truth = some[1][rows]
            table = {"the model": scores(truth, given), "majority": scores(truth, most[rows]),
                     "every code to every text": scores(truth, np.ones_like(truth))}  # fmt: skip
            for name, draws in beside.items():
                table[name] = tuple(np.mean([scores(truth, one[rows]) for one in draws], axis=0))
            seconds = [
                line["seconds"] for line in lines if line["language"] == language and "seconds" in line
            ]
            result.setdefault(file.stem, {})[language] = {
                "texts": len(rows), "labels": int(truth.sum()), **told,
                **({"seconds a text": round(sum(seconds) / len(rows), 2)} if seconds else {}),
                "macro F1, micro F1": {name: np.round(both, 3).tolist() for name, both in table.items()},
                "macro F1 less that of the offline coder, 95 %": interval(
                    truth, given, [one[rows] for one in beside["offline coder"]]
                ),
            }  # fmt: skip
    print(json.dumps(result, indent=1, ensure_ascii=False))


def main() -> None:
    what, folder, *rest = sys.argv[1:]
    if what == "export":
        export(Path(folder), Path(rest[0]))
    elif what == "ask":
        ask(
            Path(folder),
            Path(rest[0]),
            rest[1] if len(rest) > 1 else "",
            int(rest[2]) if len(rest) > 2 else 2,
        )
    else:
        score(Path(folder), [Path(one) for one in rest])


if __name__ == "__main__":
    main()
