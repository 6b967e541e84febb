"""What a campaign would cost, on fakes: every figure by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from fakes.brand import TODAY, tiny_campaign
from fakes.pipeline import a_variant, brand_with_baseline, templates
from fakes.services import FakeArchive, FakeLedger, FakePrices, accepted
from inedit.brand.preferences import Evidence, Preferences
from inedit.ledger.journal.means import MeanUsage
from inedit.model import Status, Usage
from inedit.pipeline.advice_forecast import EXPECTED_TOKENS, Advising, joined
from inedit.pipeline.forecast import Outlook, _minutes, forecast, listed
from inedit.pipeline.load import Load, speed_of
from inedit.planning import Narrowing, plan
from inedit.prompting import Templates, render
from inedit.prompting.generic_prompt import generic_prompt, words_asked

BRAND, CAMPAIGN = brand_with_baseline(), tiny_campaign()
FRENCH = tuple(a_variant(index=index) for index in range(4))
PROMPT_CHARS = len(render(templates(), BRAND, CAMPAIGN, FRENCH[0], TODAY).text)
SHEET = templates().sheets["email"]
EXAMPLE_CHARS = sum(len(name) + len(text) + 8 for name, text in SHEET.example("fr").parts.items())  # type: ignore[union-attr]


def told(
    specs: tuple[Any, ...] = FRENCH, archive: FakeArchive | None = None, ledger: FakeLedger | None = None,
    **changes: Any,
) -> Outlook:  # fmt: skip
    values = {
        "provider": "openai",
        "model": "m",
        "today": TODAY,
        "max_attempts": 3,
        "concurrency": 1,
        **changes,
    }
    return forecast(
        specs, BRAND, CAMPAIGN, templates(), archive or FakeArchive(), ledger or FakeLedger(), **values
    )


def priced(price: int = 2) -> FakeLedger:
    return FakeLedger(prices=FakePrices({"m": Decimal(price)}))


def test_an_untried_model_is_estimated_by_length() -> None:
    """Three characters per token, 64 tokens for the frame of a prompt, 50 tokens per second; the basis says so."""
    outlook = told()
    each_in, each_out = round(PROMPT_CHARS / 3) + 64, round(EXAMPLE_CHARS / 3)
    drafts = outlook.drafts
    assert (drafts.calls, drafts.input_tokens, drafts.output_tokens) == (4, 4 * each_in, 4 * each_out)
    assert drafts.seconds == pytest.approx(4 * each_out / 50)
    assert outlook.basis == "length of the prompts and examples, 3 characters a token, 50 tokens/s assumed"
    assert drafts.cost_micros is None
    assert outlook.mirror.calls == 0


def test_each_channel_and_language_has_a_size_of_its_own() -> None:
    """One prompt of each is rendered."""
    english = a_variant("en")
    chars = len(render(templates(), BRAND, CAMPAIGN, english, TODAY).text)
    outlook = told((*FRENCH, english))
    assert outlook.drafts.input_tokens == 4 * (round(PROMPT_CHARS / 3) + 64) + round(chars / 3) + 64


def test_without_an_example_an_answer_is_as_long_as_it_may_be() -> None:
    """Cautiously."""
    bare = templates().sheets["email"].model_copy(update={"examples": ()})
    prompts = Templates({"email": bare}, templates().sources)
    outlook = forecast(
        FRENCH[:1], BRAND, CAMPAIGN, prompts, FakeArchive(), FakeLedger(), provider="openai", model="m",
        today=TODAY, max_attempts=1, concurrency=1,
    )  # fmt: skip
    assert outlook.drafts.output_tokens == round((60 + 600 + 60) / 3)


def test_several_pieces_at_once_take_less_time() -> None:
    """No more of them than there are; an embedded model writes at one speed until it has been measured."""
    one = told().drafts.seconds
    assert told(concurrency=2).drafts.seconds == pytest.approx(one / 2)
    assert told(concurrency=9).drafts.seconds == pytest.approx(one / 4)
    assert told(concurrency=0).drafts.seconds == pytest.approx(one)
    embedded = told(provider="embedded", concurrency=4)
    assert embedded.drafts.seconds == pytest.approx(one * 50 / 15)
    assert "15 tokens/s" in embedded.basis


def test_what_the_ledger_knows_takes_the_place_of_guesses() -> None:
    """The means of this very model; the basis says of how many calls."""
    ledger = priced()
    ledger.means["openai", "m"] = MeanUsage(12, 100.4, 0, 50.2, 3.0)
    outlook = told(ledger=ledger, concurrency=2)
    assert (outlook.drafts.input_tokens, outlook.drafts.output_tokens) == (402, 201)
    assert outlook.drafts.seconds == pytest.approx(3.0 * 4 / 2)
    assert outlook.basis == "mean of 12 calls of this model in the ledger"
    embedded = FakeLedger()
    embedded.means["embedded", "m"] = MeanUsage(1, 100, 0, 50, 3.0)
    assert told(ledger=embedded, provider="embedded", concurrency=4).drafts.seconds == pytest.approx(3.0)


def test_the_price_is_that_of_one_call_times_their_number() -> None:
    """Two euros a million tokens, in and out: two millionths of a euro a token."""
    ledger = priced()
    ledger.means["openai", "m"] = MeanUsage(12, 100, 0, 50, 3.0)
    outlook = told(ledger=ledger)
    assert outlook.drafts.cost_micros == 4 * 300
    assert outlook.currency == "EUR"
    assert outlook.least.cost_micros == 1200
    assert outlook.most.cost_micros == 3600
    assert told().currency == ""


def test_what_exists_costs_nothing() -> None:
    """Parked pieces exist; failed ones are written again."""
    archive = FakeArchive()
    archive._put(accepted(FRENCH[0], "x"), "sha")
    archive._put(accepted(FRENCH[1], "x", status=Status.PARKED), "sha")
    archive._put(accepted(FRENCH[2], "", status=Status.FAILED), "sha")
    outlook = told(archive=archive)
    assert (outlook.pieces, outlook.exist, outlook.drafts.calls) == (4, 2, 2)
    everything = told(FRENCH[:2], archive=archive, ledger=priced())
    assert (everything.drafts.calls, everything.drafts.cost_micros, everything.drafts.seconds) == (0, 0, 0)


def test_generic_texts_are_paid_once_for_each_channel_and_language() -> None:
    """Those that are there already cost nothing; their answers are as long as is asked for."""
    outlook = told((*FRENCH, a_variant("en")), ledger=priced(), baselines=2)
    prompts = [
        generic_prompt(BRAND, CAMPAIGN, SHEET, language, number)
        for language in ("fr", "en")
        for number in (0, 1)
    ]
    tokens_in = sum(round(len(prompt.text) / 3) + 64 for prompt in prompts)
    written = 4 * round(words_asked(SHEET) * 6.5 / 3)
    mirror = outlook.mirror
    assert (mirror.calls, mirror.input_tokens, mirror.output_tokens) == (4, tokens_in, written)
    assert mirror.seconds == pytest.approx(written / 50)
    assert told(FRENCH, baselines=2, concurrency=8).mirror.seconds == pytest.approx(written / 2 / 50 / 2)
    embedded = told(FRENCH, baselines=2, concurrency=8, provider="embedded")
    assert embedded.mirror.seconds == pytest.approx(written / 2 / 15)
    assert mirror.cost_micros == 4 * 2 * (tokens_in // 4 + written // 4)

    class Paid(FakeArchive):
        def generic_texts_at(self, places: Any) -> set[Any]:
            return set(list(places)[:3])

    assert told(FRENCH, archive=Paid(), baselines=5).mirror.calls == 2


def test_an_outlook_tells_its_range() -> None:
    """From one draft per piece to as many as there are attempts; generic texts once."""
    outlook = told(ledger=priced(), baselines=1, max_attempts=3)
    drafts, mirror = outlook.drafts, outlook.mirror
    assert outlook.least == mirror.plus(drafts)
    assert outlook.most.input_tokens == mirror.input_tokens + 3 * drafts.input_tokens
    assert outlook.most.calls == mirror.calls + 3 * drafts.calls
    said = outlook.as_json()
    assert said["drafts_per_piece"] == [1, 3]
    assert said["cost_micros"] == [outlook.least.cost_micros, outlook.most.cost_micros]
    assert said["input_tokens"] == [outlook.least.input_tokens, outlook.most.input_tokens]
    assert said["output_tokens"] == [outlook.least.output_tokens, outlook.most.output_tokens]
    assert said["seconds"] == [round(outlook.least.seconds), round(outlook.most.seconds)]
    assert (said["pieces"], said["exist"], said["baseline_calls"]) == (4, 0, 1)
    assert said["matrix"] == {"email": {"fr": 4}}
    assert said["insights_left_out"] == ["window"]
    assert said["insight_coverage"] == 0.0
    assert (said["prompts"], said["model"], said["currency"]) == ("full", "m", "EUR")


def test_loads_add_up() -> None:
    """An unknown price makes the whole unknown, never zero."""
    one, other = Load(1, 10, 20, 1.5, 100), Load(2, 3, 4, 0.5, 7)
    assert one.plus(other, 3) == Load(7, 19, 32, 3.0, 121)
    assert one.plus(other) == Load(3, 13, 24, 2.0, 107)
    assert one.plus(Load(0, 0, 0, 0.0, 0)).cost_micros == Load(0, 0, 0, 0.0, 0).plus(one).cost_micros == 100
    assert one.plus(Load(0, 0, 0, 0.0, None)).cost_micros is None
    assert Load(0, 0, 0, 0.0, None).plus(one).cost_micros is None


def test_sentences_say_it_to_people() -> None:
    """What exists, what is not told, and a price that nobody knows."""
    lines = dict(told(max_attempts=2).sentences())
    assert lines["to write"] == "4 of 4 pieces (none exists yet)"
    assert lines["cost"].startswith("unknown price")
    assert lines["insights"] == "0% of the campaign's are given to some piece; not told: window"
    assert lines["range"] == "one draft per piece to 2 drafts per piece"
    assert lines["model"] == "m, full prompts"
    assert lines["mirror"].startswith("0 calls")
    archive, ledger = FakeArchive(), priced()
    archive._put(accepted(FRENCH[0], "x"), "sha")
    ledger.means["openai", "m"] = MeanUsage(12, 100_000, 0, 50_000, 30.0)
    told_all = dict(told((*FRENCH, a_variant("fr", index=9, insight_ids=("odette", "feet", "window"))),
                         archive=archive, ledger=ledger, max_attempts=2).sentences())  # fmt: skip
    assert told_all["to write"] == "4 of 5 pieces (1 exist already and cost nothing)"
    assert told_all["cost"] == "1.2000 to 2.4000 EUR"
    assert told_all["tokens in"] == "400,000 to 800,000"
    assert told_all["tokens out"] == "200,000 to 400,000"
    assert told_all["time"] == "2 min to 4 min"
    assert told_all["insights"] == "100% of the campaign's are given to some piece"


def test_times_are_told_in_the_unit_that_fits() -> None:
    """Seconds below a minute and a half, minutes below an hour and a half."""
    assert [_minutes(seconds) for seconds in (0, 89, 90, 5399, 5400, 9000, 3_600_000)] == [
        "0 s", "89 s", "2 min", "90 min", "1.5 h", "2.5 h", "1000.0 h",
    ]  # fmt: skip


def test_a_price_is_asked_for_one_mean_call_at_noon_of_the_day() -> None:
    """It may depend on how long a call is, and on the day: nothing cached, nothing reasoned."""
    asked: list[tuple[Any, ...]] = []

    class Watched(FakePrices):
        def price(self, provider: str, usage: Any, *, at: Any, tier: str = "standard") -> Any:
            asked.append((provider, usage, at))
            return super().price(provider, usage, at=at)

    ledger = FakeLedger(prices=Watched({"m": Decimal(2)}))
    ledger.means["mistral", "m"] = MeanUsage(12, 1001, 0, 501, 3.0)
    told(FRENCH[:1], ledger=ledger, provider="mistral")
    assert asked[0] == ("mistral", Usage("m", 1001, 0, 501, 0, 0.0), datetime(2026, 6, 1, 12, tzinfo=UTC))
    assert asked[1][1] == Usage("m", 0, 0, 0, 0, 0.0)


def test_only_the_embedded_model_has_a_speed_of_its_own() -> None:
    """Whatever else a provider is called."""
    for provider in ("azure", "openai", "e", "embedded-not"):
        assert told(provider=provider, concurrency=4).drafts.seconds == pytest.approx(
            told().drafts.seconds / 4
        )
        assert "50 tokens/s" in told(provider=provider).basis


def test_a_plan_in_batches_has_their_price_and_their_time() -> None:
    """The tier is asked for, never half of another price; a round lasts a day at most."""
    tiers = []

    class Watched(FakePrices):
        def price(self, provider: str, usage: Any, *, at: Any, tier: str = "standard") -> Any:
            tiers.append(tier)
            return super().price(provider, usage, at=at)

    outlook = told(FRENCH[:1], ledger=FakeLedger(prices=Watched({"m": Decimal(2)})), batch=True)
    assert set(tiers) == {"batch"}
    said = dict(outlook.sentences())
    assert said["cost"].endswith("(batch prices)") and "24 hours per round" in said["time"]
    assert outlook.as_json()["batch"] is True


def advised(price: int | None = 4, **changes: Any) -> Outlook:
    """Four French pieces whose advisor costs so much a million tokens."""
    questions = {
        "_partials/fr/advisor.md.j2": "{% block system %}S{% endblock %}{% block text %}T{% endblock %}"
    }
    prompts = Templates({"email": SHEET}, {**templates().sources, **questions})
    known = {"m": Decimal(2), **({} if price is None else {"reader": Decimal(price)})}
    values = {
        "provider": "openai",
        "model": "m",
        "today": TODAY,
        "max_attempts": 3,
        "concurrency": 1,
        **changes,
    }
    advising = Advising("reader", "openai")
    ledger = FakeLedger(prices=FakePrices(known))
    return forecast(FRENCH, BRAND, CAMPAIGN, prompts, FakeArchive(), ledger, advising=advising, **values)


def test_the_price_includes_the_advisor() -> None:
    """One question a piece at least; at most one for each text of each attempt, by the advisor's own price."""
    outlook, alone = advised(candidates=2), told(ledger=priced(), candidates=2)
    each = 64 + round(4 / 3)
    assert (outlook.advice.calls, outlook.advice.input_tokens) == (4, 4 * each)
    assert outlook.advice.seconds == pytest.approx(4 * EXPECTED_TOKENS / speed_of("openai"))
    cost = outlook.advice.cost_micros
    assert cost == 4 * 4 * (each + EXPECTED_TOKENS)
    assert (outlook.least.cost_micros or 0) - (alone.least.cost_micros or 0) == cost
    assert (outlook.most.cost_micros or 0) - (alone.most.cost_micros or 0) == 3 * 2 * cost
    assert outlook.as_json()["advice_calls"] == [4, 24]
    assert ("advisor", "reader, asked once per accepted draft") in outlook.sentences()
    assert "advisor" not in dict(alone.sentences())


def test_an_advisor_of_unknown_price_makes_the_price_unknown() -> None:
    """Unknown is not nothing."""
    assert advised(None).as_json()["cost_micros"] is None


@pytest.mark.parametrize(("mine", "currency", "whole"), [(5, "EUR", 5), (5, "USD", None), (0, "USD", 0)])
def test_two_currencies_have_no_sum(mine: int, currency: str, whole: int | None) -> None:
    """Unless one of the amounts is nothing."""
    drafts, advice = Load(1, 1, 1, 1.0, 7), Load(1, 1, 1, 1.0, mine)
    assert joined(advice, currency, drafts, "EUR").cost_micros == whole


def test_an_advisor_has_its_own_pace_and_price() -> None:
    """As many questions at once as drafts, unless it is embedded; one mean question is priced, at noon."""
    for concurrency, at_once in ((1, 1), (2, 2), (9, 4)):
        assert advised(concurrency=concurrency).advice.seconds == pytest.approx(4 * 80 / 50 / at_once)
    asked: list[tuple[Any, ...]] = []

    class Watched(FakePrices):
        def price(self, provider: str, usage: Any, *, at: Any, tier: str = "standard") -> Any:
            asked.append((provider, usage, at))
            return super().price(provider, usage, at=at)

    questions = {
        "_partials/fr/advisor.md.j2": "{% block system %}S{% endblock %}{% block text %}T{% endblock %}"
    }
    prompts = Templates({"email": SHEET}, {**templates().sources, **questions})
    embedded = forecast(
        FRENCH, BRAND, CAMPAIGN, prompts, FakeArchive(), FakeLedger(prices=Watched({"reader": Decimal(1)})),
        provider="openai", model="m", today=TODAY, max_attempts=1, concurrency=4,
        advising=Advising("reader", "embedded"),
    )  # fmt: skip
    assert embedded.advice.seconds == pytest.approx(4 * 80 / 15)
    noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    assert asked[-1] == ("embedded", Usage("reader", 64 + round(4 / 3), 0, 80, 0, 0.0), noon)
    assert (embedded.currency, embedded.advisor) == ("EUR", "reader"), "the only currency that is known"


def test_a_plan_that_tests_have_changed_says_how_far() -> None:
    """So many variants get something else than they would by turn; without evidence nobody counts."""
    evidence = Evidence("insight", "feet", ("t",), 1000, 0.1, 0.02, "2026-05-01")
    by_turn = plan(CAMPAIGN, BRAND, TODAY, Narrowing(variants_per_cell=2, languages=("fr",)))
    changed = (replace(by_turn[0], insight_ids=("feet", "odette")), *by_turn[1:])
    told_of = told(changed, preferences=Preferences("seed", (evidence,)))
    assert told_of.preferred == 1
    assert told_of.as_json()["tests"]["variants_changed"] == 1
    assert told(by_turn, preferences=Preferences("seed", (evidence,))).preferred == 0
    assert told(changed).preferred == 0
    assert told((), preferences=Preferences("seed", (evidence,))).preferred == 0


def test_names_are_listed_up_to_four() -> None:
    """And how many more there are."""
    assert listed(["a", "b", "c", "d"]) == "a, b, c, d"
    assert listed(["a", "b", "c", "d", "e", "f"]) == "a, b, c, d and 2 more"
    assert listed([]) == ""


def test_an_answer_of_several_texts_is_as_many_times_as_long() -> None:
    """Until there were such answers: then their own means hold."""
    one, three = told(), told(candidates=3)
    assert three.drafts.output_tokens == 3 * one.drafts.output_tokens
    assert three.drafts.seconds == pytest.approx(3 * one.drafts.seconds)
    assert three.drafts.input_tokens == one.drafts.input_tokens
    assert dict(three.sentences())["model"] == "m, full prompts, 3 texts per call"
    ledger = priced()
    ledger.means["openai", "m"] = MeanUsage(12, 100, 0, 50, 3.0)

    class Several(FakeLedger):
        @property
        def history(self) -> Any:
            return SimpleNamespace(
                mean_usage=lambda provider, model, candidates=1: (
                    MeanUsage(12, 100, 0, 50, 3.0) if candidates == 1 else self.several
                )
            )

        several: MeanUsage | None = None

    book = Several(prices=ledger.prices)
    guessed = told(ledger=book, candidates=3).drafts
    assert (guessed.input_tokens, guessed.output_tokens, guessed.seconds) == (400, 600, 36.0)
    book.several = MeanUsage(2, 110, 0, 130, 7.0)
    known = told(ledger=book, candidates=3).drafts
    assert (known.input_tokens, known.output_tokens, known.seconds) == (440, 520, 28.0)


def test_a_question_to_an_advisor_is_as_long_as_the_text_that_it_shows() -> None:
    """That of the sheet's worked example; where there is none, every part as long as it may be."""
    shows = "{% for part in parts %}{{ part.text }}{% endfor %}"
    question = f"{{% block system %}}S{{% endblock %}}{{% block text %}}{shows}{{% endblock %}}"

    def tokens(sheet: Any) -> int:
        prompts = Templates({"email": sheet}, {**templates().sources, "_partials/fr/advisor.md.j2": question})
        outlook = forecast(
            FRENCH[:1], BRAND, CAMPAIGN, prompts, FakeArchive(), priced(), provider="openai", model="m", today=TODAY,
            max_attempts=1, concurrency=1, advising=Advising("reader", "openai"),
        )  # fmt: skip
        return outlook.advice.input_tokens

    example = SHEET.example("fr")
    assert example is not None
    shown = tokens(SHEET) - 64
    assert shown == pytest.approx(sum(map(len, example.parts.values())) / 3, abs=3)
    bare = tokens(SHEET.model_copy(update={"examples": ()})) - 64
    assert bare == pytest.approx((60 + 600 + 60) / 3, abs=3)
