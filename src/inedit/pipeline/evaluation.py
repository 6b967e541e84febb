"""The one place where a draft is evaluated: answer in, :class:`Evaluation` out.

An answer is parsed, its typography repaired, and the draft judged by every check, with what vectors and indexes have to
say of it. The pipeline, re-judging, ``inedit guard text`` and the benches call it, so that a figure of a bench is a
figure of the product. Admission compares once more, inside its transaction (:mod:`inedit.archive.admission`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from inedit.archive.supplied_texts import common_texts
from inedit.brand.caching import by_identity
from inedit.brand.schema import Brand
from inedit.guard.checks.near_duplicate import findings_from
from inedit.guard.context import Check, Context, Nearness
from inedit.guard.evidence.facts import brief_texts
from inedit.guard.evidence.receipts import find_receipts, insight_use
from inedit.guard.judge import CHECKS, FinishedText, checks_for, finished_draft, judge
from inedit.guard.nlp.language_data import remedy
from inedit.guard.nlp.typography import repair
from inedit.guard.similarity.generic import (
    Encode,
    GenericTexts,
    brief_distance,
    reflect,
    said_in,
    worded_by_model,
)
from inedit.guard.similarity.retelling import passage_telling
from inedit.model import Draft, Finding, Match, Originality, Receipt, Severity, VariantSpec, Verdict
from inedit.planning import other_insights
from inedit.prompting import MalformedAnswer, parse_answer, settled, split_answer

READ_ANSWERS = 128
"""Answers whose parts are kept, with their contexts: as many as may wait between the encoder and the judges."""

Siblings = tuple[tuple[str, ...], ...]
"""Accepted texts of the campaign in the draft's language, each as the parts that the model worded."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a draft is held against: generic texts (with the encoder that made their vectors), and other texts.

    ``find_copies`` tells which of the texts that it knows a text copies; ``siblings`` are the accepted texts of
    the campaign in the language, each as the parts that the model worded; ``find_siblings`` gives them instead, to
    the check that asks for them. What is None is not compared with.
    """

    generic: GenericTexts | None = None
    encode: Encode | None = None
    encoder: str = ""  # the name of what ``encode`` is
    find_copies: Callable[[str], tuple[Match, ...]] | None = None
    siblings: Siblings = ()
    find_siblings: Callable[[], Siblings] | None = None

    def beside(self) -> Siblings:
        """The siblings, asked for where they are not known."""
        return self.find_siblings() if self.find_siblings else self.siblings


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What became of an answer: the draft that it holds (without parts when it cannot be read), and the verdict.

    ``vector`` is the unit vector of an acceptable draft's text, shape (d,), where whoever judged it gave one.
    """

    draft: Draft
    verdict: Verdict
    readable: bool = True
    vector: NDArray[np.float32] | None = field(default=None, compare=False, repr=False)

    def with_copies(self, copies: tuple[Match, ...]) -> Evaluation:
        """The same with what admission found out afterwards."""
        return replace(self, verdict=self.verdict.with_findings(findings_from(self.draft, copies)))

    def with_advice(self, advice: tuple[Finding, ...]) -> Evaluation:
        """The same with what an advisor, or a copy edit, has to say of it (:mod:`inedit.pipeline.advisor`)."""
        return replace(self, verdict=self.verdict.with_findings(advice))


def texts_to_encode(raw: str, unread: Draft, context: Context) -> tuple[str, ...]:
    """What the evaluation of every text of an answer asks the encoder for in any case: who encodes it together with
    what other drafts ask for, with an encoder that remembers, saves a good part of the work."""
    texts: list[str] = []
    for one in split_answer(raw):
        with suppress(MalformedAnswer):
            draft = _read(one, unread, context)
            texts += (*_own_texts(draft, context), *brief_texts(draft, context))
    return tuple(texts)


def _own_texts(draft: Draft, context: Context) -> tuple[str, ...]:
    """What the model worded, and the whole."""
    return said_in(draft, worded_by_model(draft, context.sheet)), draft.text


def _read(raw: str, unread: Draft, context: Context) -> Draft:
    """The draft that an answer holds; raises :class:`~inedit.prompting.MalformedAnswer`."""
    return replace(unread, parts=_parts(raw, unread.spec, context))


@by_identity(READ_ANSWERS)
def _parts(raw: str, spec: VariantSpec, context: Context) -> Mapping[str, str]:
    """What an answer holds, typography repaired; kept, since it is read once to be encoded and once to be judged."""
    parts = parse_answer(raw, context.sheet, settled(context.sheet, context.prompt.schema))
    return _repaired(parts, spec, context)


def evaluate(
    raw: str, unread: Draft, context: Context, surroundings: Surroundings = Surroundings()
) -> Evaluation:
    """Evaluate what a model answered. ``unread`` is the draft that it makes, its parts still empty."""
    try:
        draft = _read(raw, unread, context)
    except MalformedAnswer as error:
        finding = Finding("shape", Severity.BLOCK, str(error), remedy=remedy(unread.spec.language, "shape"))
        return Evaluation(unread, Verdict((finding,)), readable=False)
    if (
        surroundings.encode
    ):  # at once, for they share most of their words; each question after it finds them made
        surroundings.encode(_own_texts(draft, context))
    return Evaluation(draft, evaluate_draft(draft, context, surroundings))


def evaluate_draft(
    draft: Draft,
    context: Context,
    surroundings: Surroundings = Surroundings(),
    checks: tuple[Check, ...] = CHECKS,
) -> Verdict:
    """The verdict on a draft that was read before, with its receipts and its originality."""
    nearness = _nearness(draft, context, surroundings)
    verdict = judge(draft, context.near(nearness), checks)
    verdict = replace(verdict, receipts=(*verdict.receipts, *nearness.retold))
    originality = Originality(
        mirror_distance=nearness.reflection.distance if nearness.reflection else None,
        insight_use=insight_use(draft.spec, verdict.receipts),
        brief_distance=(
            brief_distance(draft, context.sheet, brief_texts(draft, context), surroundings.encode)
            if surroundings.encode
            else None
        ),
        paste_share=verdict.own_words.paste_share if verdict.own_words else None,
    )
    return replace(verdict, originality=originality)


def evaluate_finished(written: FinishedText, brand: Brand, today: date) -> Verdict:
    """The verdict on a finished text of any origin, by the checks that make sense of it."""
    draft, context = finished_draft(written, brand, today)
    return evaluate_draft(draft, context, checks=checks_for(written))


def _nearness(draft: Draft, context: Context, surroundings: Surroundings) -> Nearness:
    """Asks the encoder and the index what the checks may not ask themselves."""
    generic, encode = surroundings.generic, surroundings.encode
    copies = surroundings.find_copies(draft.text) if surroundings.find_copies else ()
    language = draft.spec.language
    common = common_texts(context.brand, context.campaign, language)
    near = Nearness(
        copies=copies,
        common=common,
        siblings=surroundings.siblings,
        retold=tuple(_retold(draft, context, surroundings)),
        find_siblings=surroundings.find_siblings,
    )
    if generic is None or encode is None:
        return near
    others = [
        insight
        for insight in other_insights(draft.spec, context.brand, context.campaign)
        if not insight.paraphrase_only  # a remedy quotes it
    ]
    return replace(
        near,
        generic=generic,
        reflection=reflect(draft, context.sheet, generic, encode),
        unused_insight=others[0].text[language] if others else "",
    )


def _retold(draft: Draft, context: Context, surroundings: Surroundings) -> Iterator[Receipt]:
    """Supplied insights of which no word leaves a receipt, and which a passage tells all the same, by its meaning."""
    encode, language = surroundings.encode, draft.spec.language
    if encode is None:
        return
    told = {receipt.source_id for receipt in find_receipts(draft, context)}
    for insight_id in draft.spec.insight_ids:
        insight = context.brand.insights.get(insight_id)
        if insight is None or insight_id in told or language not in insight.text:
            continue
        span = passage_telling(draft.text, insight.text[language], encode, surroundings.encoder)
        if span is not None:
            yield Receipt(span, insight_id, "insight", "meaning")


def _repaired(parts: Mapping[str, str], spec: VariantSpec, context: Context) -> Mapping[str, str]:
    """The parts with the language's own typography; approved wordings stay as they were approved."""
    worded_by_model = {part.id for part in context.sheet.parts if part.source == "model"}
    typography = context.brand.languages[spec.language].typography
    charset = context.brand.channels[spec.channel].charset
    return {
        part: repair(text, typography, charset) if part in worded_by_model else text
        for part, text in parts.items()
    }
