"""The offline coder: which codes a text has, from examples that people labelled, without a language model.

Kernel ridge regression, one linear system for all codes, on three kernels: the sentence encoder's vectors; the
characters that words are spelt with (n-grams by tf-idf), which know what an encoder forgets, such as "lol" and "thx";
and, for codes that are emotions, how much a text sounds of each of 27. How much the last two count is chosen anew
for each set of examples. What an example would be told had it not been there follows from the same system in closed
form, so that this choice, thresholds and confidences rest on texts that were held out, and no example is lost to a
test set. Measured beside logistic regression and nearest prototypes in bench/field/coding.py; docs/coding.md has the
figures.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inedit.encoding import Encoder
from inedit.insight_loop.coding.kernels import Rows, by_emotion, by_meaning, by_spelling
from inedit.insight_loop.coding.spans import clause_spans, sentence_spans
from inedit.model import Span
from inedit.model.errors import WrongInput

CODER_VERSION = 1
"""One more wherever the coder may answer otherwise from the same examples: texts that it has read are then read
again."""
SPELLING_SHARES = (0.0, 0.5, 1.0)
"""Weights of the spelling's kernel that are tried, beside 1 for the encoder's."""
EMOTION_SHARES = (0.0, 1.0)
"""Weights of the emotions' kernel that are tried."""
RIDGE = 3.0
"""What is added to the kernel's diagonal: with few and noisy labels, much."""
LEAST_EXAMPLES = 4
"""A code with fewer is not learnt: the coder says so and never gives it."""
PLATT_PRIOR = 1e-2
"""A weak pull of the confidence's curve towards no slope."""
LEAST_LIFT = 1.0
"""Average precision over the share of texts that have the code: 1 is chance. A code is learnt only above it."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and the codes that a person gave it; no codes means that none applies."""

    text: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Guess:
    """A code that the coder gives a text: the passage that carries it, and how probable it is (0 to 1)."""

    code: str
    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class OfflineCoder:
    """A coder that has learnt. Make one with :func:`learn`.

    ``unlearnt`` names codes for which there are too few examples, or examples that the encoder cannot tell apart, with
    the reason; they are never given. ``scores`` gives texts, with their vectors, a score per code, shape (texts,
    codes): 0 is what an average example gets. ``thresholds`` and ``scales`` are by code, in the order of ``codes``.
    """

    encoder: Encoder
    codes: tuple[str, ...]
    unlearnt: Mapping[str, str]
    scores: Callable[[Sequence[str], NDArray[np.float32]], Rows]
    thresholds: Rows
    scales: Rows  # slope and intercept of the confidence, shape (2, codes)

    def code(self, texts: Sequence[str]) -> list[tuple[Guess, ...]]:
        """The codes of each text, the surest first; nothing where it is not sure."""
        found: list[tuple[Guess, ...]] = []
        scores = self.scores(texts, self.encoder.encode(list(texts)))
        for text, row in zip(texts, scores, strict=True):
            applied = [index for index in range(len(self.codes)) if row[index] >= self.thresholds[index]]
            confidences = self.confidences(row[None, :])[0]
            spans = self._carrying(text, applied) if applied else {}
            guesses = [
                Guess(self.codes[index], spans[index], round(float(confidences[index]), 3))
                for index in applied
            ]
            found.append(tuple(sorted(guesses, key=lambda guess: (-guess.confidence, guess.code))))
        return found

    def confidences(self, scores: Rows) -> Rows:
        """The probability that a code applies, fitted to what held-out examples had (Platt)."""
        return _sigmoid(scores * self.scales[0] + self.scales[1])

    def _carrying(self, text: str, applied: Collection[int]) -> dict[int, Span]:
        """For each code the sentence, or the clause of it, that speaks for it most."""
        sentences = sentence_spans(text)
        clauses = {sentence: clause_spans(text, sentence) for sentence in sentences}
        passages = [*sentences, *(clause for inner in clauses.values() for clause in inner)]
        if len(passages) == 1:
            return dict.fromkeys(applied, passages[0])
        quotes = [span.of(text) for span in passages]
        rows = dict(zip(passages, self.scores(quotes, self.encoder.encode(quotes)), strict=True))

        def best(index: int) -> Span:
            sentence = max(sentences, key=lambda span: rows[span][index])
            inner = max(clauses[sentence], key=lambda span: rows[span][index], default=sentence)
            return inner if rows[inner][index] >= rows[sentence][index] else sentence

        return {index: best(index) for index in applied}


def learn(encoder: Encoder, examples: Sequence[Labelled], emotions: Collection[str] = ()) -> OfflineCoder:
    """A coder from labelled texts; the same examples always make the same coder. ``emotions`` are the codes that are.

    Raises :class:`~.errors.WrongInput` when no code can be learnt from them.
    """
    codes = tuple(sorted({code for one in examples for code in one.codes}))
    if not codes or len(examples) <= LEAST_EXAMPLES:
        raise WrongInput(
            "There are too few labelled examples to learn from. Add examples to brand_data/codebook.yaml, "
            f"at least {LEAST_EXAMPLES} a code, or code some texts by hand."
        )
    labels = np.array([[code in one.codes for code in codes] for one in examples])
    texts = [one.text for one in examples]
    return learnt_from(encoder, codes, texts, encoder.encode(texts), labels, emotions)


def learnt_from(
    encoder: Encoder,
    codes: tuple[str, ...],
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    labels: NDArray[np.bool_],
    emotions: Collection[str] = (),
    spelling_shares: Sequence[float] = SPELLING_SHARES,
    emotion_shares: Sequence[float] = EMOTION_SHARES,
) -> OfflineCoder:
    """The coder of texts with their vectors, shape (texts, dimensions), and labels, shape (texts, codes).

    ``emotions`` are the codes that are emotions. ``spelling_shares`` and ``emotion_shares`` are the weights of these
    kernels among which one is chosen.
    """
    targets = labels - labels.mean(axis=0)
    meaning, spelling = by_meaning(vectors), by_spelling(texts)
    trained, spelt = meaning(vectors), spelling(texts)
    share, weights, held_out = _best_fit(trained, spelt, spelling_shares, targets, labels)
    trained += share * spelt
    felt = np.array([code in emotions for code in codes])
    emotion, feeling = by_emotion(vectors, encoder.digest) if felt.any() else None, 0.0
    if emotion is not None:
        feeling, theirs, left = _best_fit(
            trained, emotion(vectors), emotion_shares, targets[:, felt], labels[:, felt]
        )
        weights[:, felt], held_out[:, felt] = theirs, left

    def scores(others: Sequence[str], rows: NDArray[np.float32]) -> Rows:
        alike = meaning(rows) + (share * spelling(others) if share else 0.0)
        result: Rows = alike @ weights
        if emotion is not None and feeling:
            result[:, felt] += feeling * emotion(rows) @ weights[:, felt]
        return result

    thresholds, scales, unlearnt = np.full(len(codes), np.inf), np.zeros((2, len(codes))), {}
    for index, code in enumerate(codes):
        has, scored = labels[:, index], held_out[:, index]
        scales[:, index] = _platt(scored, has)
        if has.sum() < LEAST_EXAMPLES:
            unlearnt[code] = f"it has {has.sum()} examples and needs {LEAST_EXAMPLES}"
        elif average_precision(scored, has) < LEAST_LIFT * has.mean():
            unlearnt[code] = "its examples cannot be told from others"
        else:
            confidences = _sigmoid(scored * scales[0, index] + scales[1, index])
            thresholds[index] = max(0.0, _best_threshold(scored, confidences))
    return OfflineCoder(encoder, codes, unlearnt, scores, thresholds, scales)


def _best_fit(
    kernel: Rows, more: Rows, shares: Sequence[float], targets: Rows, labels: NDArray[np.bool_]
) -> tuple[float, Rows, Rows]:
    """How much of another kernel is best on texts held out, with the weights and scores that this gives."""
    fits = {share: _fit(kernel + share * more, targets) for share in shares}
    best = max(shares, key=lambda share: _mean_precision(fits[share][1], labels))
    return best, *fits[best]


def _fit(kernel: Rows, targets: Rows) -> tuple[Rows, Rows]:
    """Weights of the examples, and the scores that each would have had without itself."""
    inverse = np.linalg.inv(kernel + RIDGE * np.eye(len(kernel)))
    weights = inverse @ targets
    return weights, targets - weights / np.diag(inverse)[:, None]


def _mean_precision(scores: Rows, labels: NDArray[np.bool_]) -> float:
    return float(np.mean([average_precision(scores[:, k], labels[:, k]) for k in range(labels.shape[1])]))


def average_precision(scores: Rows, has: NDArray[np.bool_]) -> float:
    """Mean precision at each text that has the code, texts in the order of their scores."""
    hits = has[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float(precision[hits].mean()) if hits.any() else 0.0


def _best_threshold(scores: Rows, confidences: Rows) -> float:
    """The score from which on giving the code has the best F1 to be expected if confidences are right: halfway to the
    next one below. F1 counted on the examples themselves would follow the chance of which they are."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(confidences[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + confidences.sum())
    last = int(f1.argmax())
    return float((scores[order[last]] + scores[order[min(last + 1, len(order) - 1)]]) / 2)


def _platt(scores: Rows, has: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and intercept of the logistic curve through scores, with Platt's smoothed targets (Platt 1999)."""
    hits, misses = int(has.sum()), int((~has).sum())
    targets = np.where(has, (hits + 1) / (hits + 2), 1 / (misses + 2))
    unit = float(scores.std()) or 1.0
    design = np.column_stack([scores / unit, np.ones_like(scores)])
    beta = np.array([0.0, float(np.log((hits + 1) / (misses + 1)))])

    def loss(beta: Rows) -> float:
        lines = design @ beta
        return float((np.logaddexp(0, lines) - targets * lines).sum() + PLATT_PRIOR * beta @ beta / 2)

    for _ in range(50):
        chances = _sigmoid(design @ beta)
        gradient = design.T @ (targets - chances) - PLATT_PRIOR * beta
        hessian = (design.T * (chances * (1 - chances))) @ design + PLATT_PRIOR * np.eye(2)
        step, before = np.linalg.solve(hessian, gradient), loss(beta)
        while (
            loss(beta + step) > before and np.abs(step).max() > 1e-9
        ):  # Newton overshoots where classes part
            step = step / 2
        beta = beta + step
        if np.abs(step).max() < 1e-7:
            break
    return max(0.0, float(beta[0])) / unit, float(beta[1])


def _sigmoid(x: Rows) -> Rows:
    result: Rows = 1.0 / (1.0 + np.exp(-np.clip(x, -60, 60)))
    return result
