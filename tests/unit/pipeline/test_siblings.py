"""What stands beside a draft, when a prompt is stale, and how an answer ended."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from fakes.brand import TODAY, tiny_campaign, tiny_sheet
from fakes.pipeline import TEMPLATE, a_variant, brand_with_baseline, templates
from fakes.services import FakeArchive, accepted
from inedit.model import Message, Outcome, Prompt, Severity
from inedit.pipeline import siblings
from inedit.pipeline.siblings import MOST_OPENINGS, openings, siblings_of, taken_openings, worded
from inedit.pipeline.stale import prompt_digest, stale_pieces
from inedit.pipeline.unfinished_answers import filtered, finding_on, output_limit
from inedit.prompting import Templates, render

CAMPAIGN, BRAND = tiny_campaign(), brand_with_baseline()


def test_siblings_are_the_parts_that_the_model_worded() -> None:
    """Approved wordings are left out, and empty parts; of a channel without a sheet everything counts."""
    parts = {"subject": "Un sujet.", "body": "", "call_to_action": "Voir les draps"}
    assert worded("email", parts, templates()) == ("Un sujet.",)
    assert worded("gone", parts, templates()) == ("Un sujet.", "Voir les draps")
    archive = FakeArchive()
    archive._put(accepted(a_variant(index=1), "", parts=parts), "sha")
    assert siblings_of(a_variant(), archive, templates()) == (("Un sujet.",),)
    assert taken_openings(a_variant(), archive, templates()) == ("Un sujet.",)


def test_two_hundred_of_the_newest_are_enough() -> None:
    """The manner of a campaign shows in them."""
    asked: list[int] = []
    archive = SimpleNamespace(siblings=lambda spec, most: asked.append(most) or [])
    assert siblings_of(a_variant(), archive, templates()) == ()  # type: ignore[arg-type]
    assert asked == [200]


def test_openings_are_the_first_sentences_of_subject_and_longest_part() -> None:
    """The newest first, each once."""
    texts = (
        ("Vieux sujet. Suite.", "Vieux texte, bien plus long que le sujet. Fin."),
        (),
        ("Seule phrase. Autre.",),
        ("Sujet.", "Court.", "Seule phrase. Et encore beaucoup d'autres mots."),
    )
    assert openings(reversed(texts)) == (
        "Sujet.", "Seule phrase.", "Vieux sujet.", "Vieux texte, bien plus long que le sujet.",
    )  # fmt: skip
    assert openings(()) == ()


def test_no_more_openings_are_read_than_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve: to cut two hundred texts into sentences for each draft would take longer than the rest."""
    read: list[str] = []
    cut = siblings.sentences
    monkeypatch.setattr(siblings, "sentences", lambda text: read.append(text) or cut(text))
    texts = tuple((f"Sujet {n}.",) for n in range(200))
    assert openings(reversed(texts)) == tuple(f"Sujet {n}." for n in range(199, 187, -1))
    assert MOST_OPENINGS == 12
    assert len(read) <= 24
    archive = SimpleNamespace(
        siblings=lambda spec, most: [("email", {"subject": text}) for (text,) in texts[-most:]]
    )
    assert taken_openings(a_variant(), archive, templates()) == openings(reversed(texts))  # type: ignore[arg-type]
    pairs = tuple((f"Sujet {n}.", f"Un texte plus long, numéro {n}.") for n in range(20))
    assert len(openings(reversed(pairs))) == 12


# ---- stale pieces


def digest(prompts: Templates | None = None, spec: Any = None) -> str | None:
    return prompt_digest(prompts or templates(), BRAND, CAMPAIGN, spec or a_variant(), TODAY)


def test_a_digest_does_not_hang_on_the_order_of_a_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same keys in another order ask for the same answer; other roles, words or keys do not."""

    def of(messages: tuple[Message, ...], schema: dict[str, Any]) -> str | None:
        monkeypatch.setattr(
            "inedit.pipeline.stale.render", lambda *_: Prompt(messages, "email", "sha", schema=schema)
        )
        return digest()

    said = (Message("system", "You write."), Message("user", "Write."))
    schema = {"type": "object", "properties": {"body": {"type": "string"}, "subject": {}}}
    turned = {"properties": {"subject": {}, "body": {"type": "string"}}, "type": "object"}
    assert of(said, schema) == of(said, turned)
    others = [of(said[:1], schema), of(said[::-1], schema), of(said, {"type": "object"}), of(said, schema)]
    assert len(set(others)) == 4


def test_a_digest_is_that_of_what_the_prompt_says() -> None:
    """Words and schema; what cannot be said any more has none."""
    assert digest() == digest()
    assert len(digest() or "") == 64
    assert digest(spec=a_variant(insight_ids=("feet",))) != digest()
    assert (
        digest(Templates({"email": tiny_sheet()}, {"email.md.j2": TEMPLATE.replace("You write", "Write")}))
        != digest()
    )
    renamed = tiny_sheet()
    parts = (renamed.parts[0].model_copy(update={"id": "hook"}), *renamed.parts[1:])
    other = Templates({"email": renamed.model_copy(update={"parts": parts})}, templates().sources)
    assert digest(other) != digest()
    assert digest(spec=a_variant(insight_ids=("gone",))) is None
    assert digest(spec=a_variant(channel="gone")) is None
    assert digest(spec=a_variant(tone="gone")) is None


def test_a_piece_is_stale_when_its_prompt_would_say_something_else() -> None:
    """Or its campaign is gone; of a piece that does not know, nobody knows."""
    fresh = accepted(a_variant(), "x", prompt_sha=digest() or "")
    unknown = accepted(a_variant(), "x")
    changed = replace(fresh, prompt_sha="older")
    gone = replace(fresh, spec=a_variant(campaign_id="gone"))
    brand = BRAND.model_copy(update={"campaigns": {"dawn": CAMPAIGN}})
    found = list(stale_pieces([fresh, unknown, changed, gone], templates(), brand, TODAY))
    assert found == [changed, gone]


def test_a_prompt_says_nothing_volatile_the_first_time() -> None:
    """Neither siblings nor refusals."""
    text = render(templates(), BRAND, CAMPAIGN, a_variant(), TODAY).text
    assert "Taken" not in text
    assert "Fix" not in text


# ---- how an answer ended


def found(outcome: Outcome, raw: str, *, cut_before: bool = False, limit: int = 1500) -> Any:
    return finding_on(outcome, raw, "fr", limit_tokens=limit, cut_before=cut_before)


def test_a_limit_is_raised_four_times_after_a_cut() -> None:
    assert output_limit(100, cut_before=False) == 100
    assert output_limit(100, cut_before=True) == 400


@pytest.mark.parametrize("raw", ["{half", "[]", '"text"', "[" * 100_000])
def test_half_an_answer_is_a_finding(raw: str) -> None:
    """The first time the model tries again, the second time a person reads it; the limit is named."""
    first, second = found(Outcome.CUT, raw), found(Outcome.CUT, raw, cut_before=True, limit=6000)
    assert (first.check, first.severity, second.severity) == ("cut", Severity.BLOCK, Severity.REVIEW)
    assert first.message == "The answer was cut off at the limit of 1,500 tokens."
    assert second.message == "The answer was cut off again, at the raised limit of 6,000 tokens."
    assert first.remedy
    assert second.remedy.startswith("Use a model")


def test_a_whole_answer_is_none() -> None:
    """Though it reached the limit."""
    assert found(Outcome.CUT, '{"body": "x"}') is None
    assert found(Outcome.ANSWERED, "{half") is None


def test_what_a_filter_or_a_model_refused_is_for_a_person() -> None:
    """With what the model said, shortened."""
    assert found(Outcome.FILTERED, "").severity is Severity.REVIEW
    assert filtered("policy").message == "policy"
    assert filtered("policy").check == "filtered"
    refused = found(Outcome.REFUSED, "I  cannot\nsay that.")
    assert (refused.check, refused.severity) == ("refused", Severity.REVIEW)
    assert refused.message == "The model declined to write it: “I cannot say that.”"
    assert found(Outcome.REFUSED, " ").message == "The model declined to write it."
    exact, long = found(Outcome.REFUSED, "x" * 160), found(Outcome.REFUSED, "x" * 161)
    assert exact.message.endswith("x" * 160 + "”")
    assert long.message.endswith("x" * 160 + "…”")


def test_an_empty_answer_goes_back() -> None:
    """With what to answer."""
    empty = found(Outcome.EMPTY, "")
    assert (empty.check, empty.severity, empty.message) == (
        "empty",
        Severity.BLOCK,
        "The model answered nothing.",
    )
    assert empty.remedy
