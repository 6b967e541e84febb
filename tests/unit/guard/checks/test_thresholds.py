"""The documented thresholds of the checks, each at its edge: on one side nothing is found, on the other it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from fakes.brand import body, draft, tiny_context, tiny_sheet, tiny_spec
from fakes.made_up import made_up
from inedit.guard.checks.echo import no_echo
from inedit.guard.checks.ending import sentences_end
from inedit.guard.checks.insights import insights_are_used
from inedit.guard.checks.lexicon import words_allowed
from inedit.guard.checks.near_duplicate import findings_from
from inedit.guard.checks.own_words import words_are_own
from inedit.guard.checks.parts import parts_fit
from inedit.guard.checks.promises import promises_are_supported
from inedit.guard.checks.repetition import nothing_repeated
from inedit.guard.context import Context
from inedit.guard.nlp.length import length_of
from inedit.guard.nlp.sms import message_size
from inedit.model import Finding, Match, Severity, Span

ENGLISH = tiny_context("en")


def text_of(words: list[str]) -> str:
    return " ".join(words).capitalize() + "."


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Lise, keep every sentence under fifteen words and never.", True),  # eight words of the instructions
        ("Lise, keep every sentence under fifteen words and stop.", False),
        ("Then this knife cut a thousand loaves.", True),  # six of the worked example
        ("Then this knife cut a thousand ropes.", False),
    ],
)
def test_an_echo_has_eight_words_of_the_instructions_or_six_of_the_example(text: str, refused: bool) -> None:
    """One word less is a chance meeting."""
    assert bool(no_echo(body(text, "en"), ENGLISH)) is refused


def test_a_text_of_eighty_characters_must_end_as_one() -> None:
    """Full sentences and no stop at the end: from eighty characters on that is a cut; a label may be shorter."""
    opening = "The sheet dries. The house smells of linen and the evening "
    exact = opening + "x" * (80 - len(opening))
    assert len(exact) == 80
    assert [finding.check for finding in sentences_end(body(exact, "en"), ENGLISH)] == ["ending"]
    assert sentences_end(body(exact[:-1], "en"), ENGLISH) == ()


def test_six_words_in_a_row_repeat_what_must_be_paraphrased() -> None:
    """Five words of a verbatim may come back in a paraphrase."""

    def repeats(text: str) -> bool:
        found = insights_are_used(body(text, "en", insight_ids=("window",)), ENGLISH)
        return any("must be paraphrased" in finding.message for finding in found)

    assert repeats("An orchard, a grandmother: I sleep as I did at noon.")
    assert not repeats("An orchard, a grandmother: I sleep as I did in summer.")


def test_two_worn_phrases_block_and_one_is_noted() -> None:
    """One slips into honest prose."""
    one = words_allowed(body("A cocoon of softness for the night.", "en"), ENGLISH)
    two = words_allowed(body("A cocoon of softness: dive into the night.", "en"), ENGLISH)
    assert [finding.severity for finding in one] == [Severity.NOTE]
    assert [finding.severity for finding in two] == [Severity.BLOCK, Severity.BLOCK]


@pytest.mark.parametrize(("length", "shown"), [(160, "x" * 160), (161, "x" * 160 + "…")])
def test_a_copied_passage_is_shown_up_to_160_characters(length: int, shown: str) -> None:
    """A longer one is cut in the message; the match keeps it whole."""
    text = "x" * length
    match = Match("p1", "phrases", 0.97, (Span(0, 5), Span(0, length)))
    [finding] = findings_from(body(text, "en"), (match,))
    assert finding.message == f"It copies p1 (phrases, 97% sure): “{shown}”"
    assert finding.span == Span(0, length)


def pasted(own: int, taken: int, **style: str) -> tuple[Finding, ...]:
    """What is found of a text with so many words of its own and so many of a supplied story."""
    supplied = made_up(60, 1000)
    known = ENGLISH.brand.insights["odette"].model_copy(update={"text": {"en": text_of(supplied)}})
    brand = ENGLISH.brand.model_copy(update={"insights": {"odette": known}})
    prompt = replace(ENGLISH.prompt, style=style.get("style", "full"))
    text = text_of([*made_up(own), *supplied[:taken]])
    return words_are_own(body(text, "en"), replace(ENGLISH, brand=brand, prompt=prompt))


@pytest.mark.parametrize(
    ("own", "taken", "refused"),
    [
        (26, 14, False),  # .35 of forty words
        (25, 15, False),  # as many words as in a shorter text
        (14, 15, False),  # in 29 words, more than half
        (15, 15, False),
        (13, 18, False),  # eighteen words, of 31 and of forty
        (22, 18, False),
        (12, 19, True),
        (35, 19, True),  # .35 again
        (8, 12, False),  # .6 of twenty
        (7, 13, True),
        (0, 12, True),
        (0, 11, False),  # a name and its figure may be half of eleven words
        (27, 3, False),  # three words meet by chance
    ],
)
def test_a_text_may_be_pasted_to_a_third_and_a_short_one_to_three_fifths(
    own: int, taken: int, refused: bool
) -> None:
    """The documented shares: 35 %, below thirty words 60 %, below twelve words nothing is said."""
    assert bool(pasted(own, taken)) is refused


def test_three_pasted_words_are_none_and_four_are_four() -> None:
    """Runs count from four words on: ten of thirty words in runs of five are pasted, in runs of three they are not."""
    supplied, own = made_up(60, 1000), made_up(30)
    brand = ENGLISH.brand.model_copy(
        update={
            "insights": {
                "odette": ENGLISH.brand.insights["odette"].model_copy(
                    update={"text": {"en": text_of(supplied)}}
                )
            }
        }
    )
    context = replace(ENGLISH, brand=brand, prompt=replace(ENGLISH.prompt, style="full"))

    def found(size: int) -> bool:
        runs = [
            [*supplied[start : start + size], *own[start : start + 2]] for start in range(0, 7 * size, size)
        ]
        return bool(words_are_own(body(text_of([word for run in runs for word in run]), "en"), context))

    assert found(4)
    assert not found(3)


def test_after_a_short_prompt_a_body_of_six_words_may_not_be_pasted_whole() -> None:
    """Five words are a label."""
    assert pasted(0, 6, style="small")
    assert not pasted(0, 5, style="small")
    assert not pasted(1, 20, style="small")


def parts_found(parts: Mapping[str, str], context: Context = ENGLISH, **spec: str) -> dict[str, str]:
    call = {"call_to_action": "See the sheets"}
    given = {"subject": "Odette", "body": "x" * 20, **call, **parts}
    found = parts_fit(draft(given, tiny_spec("en", **spec)), context)
    return {finding.message: finding.remedy for finding in found}


@pytest.mark.parametrize(
    ("subject", "message"),
    [
        ("x" * 5, ""),
        ("x" * 4, "“subject” has 4 characters; it needs 5 at least."),
        ("x" * 60, ""),
        ("x" * 61, "“subject” has 61 characters; it may have 60 at most."),
    ],
)
def test_a_part_fits_between_its_least_and_its_most(subject: str, message: str) -> None:
    """Both limits are still allowed."""
    assert list(parts_found({"subject": subject})) == ([message] if message else [])


def test_the_remedy_counts_in_words() -> None:
    """A word has 4 characters when a text is too short (5 are 2 words, 20 are 5), 7 when it is too long (60 are 8)."""
    assert "2" in parts_found({"subject": "x"})["“subject” has 1 characters; it needs 5 at least."]
    assert "5" in parts_found({"body": "x"})["“body” has 1 characters; it needs 20 at least."]
    assert "8" in parts_found({"subject": "x" * 61})["“subject” has 61 characters; it may have 60 at most."]
    assert "85" in parts_found({"body": "x" * 601})["“body” has 601 characters; it may have 600 at most."]


def test_four_approved_wordings_are_shown() -> None:
    """A model is not read a list of thirty."""
    call = ENGLISH.brand.identity.calls_to_action[0]
    calls = tuple(
        call.model_copy(update={"id": f"c{n}", "text": {"en": f"Buy number {n}"}}) for n in range(6)
    )
    identity = ENGLISH.brand.identity.model_copy(update={"calls_to_action": calls})
    context = replace(ENGLISH, brand=ENGLISH.brand.model_copy(update={"identity": identity}))
    [advice] = parts_found({"call_to_action": "Buy it"}, context).values()
    assert [f"number {n}" in advice for n in range(6)] == [True, True, True, True, False, False]


def test_a_text_message_of_160_septets_is_one_segment() -> None:
    """160 alone, 153 in each of several; 70 and 67 in UCS-2; the euro takes two."""
    assert [message_size("a" * n).segments for n in (160, 161, 306, 307)] == [1, 2, 2, 3]
    assert [message_size("ê" * n).segments for n in (70, 71, 134, 135)] == [1, 2, 2, 3]
    assert message_size("€" * 80).units == 160
    assert [message_size("a" * 152 + "€" + "a" * n).segments for n in (6, 7)] == [1, 2]
    assert message_size("a" * 152 + "€" + "a" * 151).segments == 2
    assert message_size("a" * 152 + "€" + "a" * 152).segments == 3  # the escape stays with its character


def test_the_whole_text_fits_the_channel() -> None:
    """The channel's own limit counts all parts, and the text may have exactly so many characters."""
    sheet = tiny_sheet("social").model_copy(update={"parts": tiny_sheet().parts[1:2]})
    context = replace(ENGLISH, sheet=sheet)

    def found(length: int) -> list[str]:
        piece = draft({"body": "x" * length}, tiny_spec("en", channel="social"))
        return [finding.message for finding in parts_fit(piece, context)]

    assert found(280) == []
    assert found(281) == ["The whole text has 281 characters; the channel carries 280."]


def test_a_number_of_seven_digits_is_known_without_its_prefix() -> None:
    """« +33 (0)4 … » and « 04 … » are one subscriber; a shorter rest is not a number to be known by."""
    about = {"en": "Call us on 04 50 12 34 56."}
    identity = ENGLISH.brand.identity.model_copy(update={"about": about})
    context = replace(ENGLISH, brand=ENGLISH.brand.model_copy(update={"identity": identity}))

    def refused(text: str) -> bool:
        found = promises_are_supported(body(text, "en"), context)
        return any("phone number" in finding.message for finding in found)

    assert not refused("Call 04 50 12 34 56.")
    assert not refused("Call +33 4 50 12 34 56.")
    assert not refused("Call +33 (0)4 50 12 34 56.")
    assert not refused("Call 0033 4 50 12 34 56.")
    assert refused("Call 04 50 12 34 57.")


def repeated(text: str) -> list[str]:
    return [finding.message for finding in nothing_repeated(body(text, "en"), ENGLISH)]


def test_a_sentence_of_four_words_comes_back_and_one_of_three_is_a_refrain() -> None:
    """Short refrains are a figure of speech."""
    four, three = text_of(made_up(4)), text_of(made_up(3))
    between = " " + text_of(made_up(5, 20)) + " "
    assert repeated(four + between + four) == [f"“{four}” is said twice."]
    assert repeated(three + between + three) == []


@pytest.mark.parametrize(("shared", "twice"), [(6, True), (5, False)])
def test_three_quarters_of_the_stems_say_a_sentence_again(shared: int, twice: bool) -> None:
    """Six of eight words in another order are the same sentence; five of eight are another one."""
    first, other = made_up(8), made_up(8, 50)
    again = [*reversed(first[:shared]), *other[shared:]]
    assert bool(repeated(f"{text_of(first)} {text_of(again)}")) is twice


@pytest.mark.parametrize(
    ("words", "loops"),
    [
        (["linen"] * 3, True),
        (["linen"] * 2, False),
        (["linen", "cotton"] * 3, True),
        (["linen", "cotton"] * 2, False),
        (["linen", "cotton", "wool"] * 3, True),
        (["linen", "cotton", "wool"] * 2, False),
        (["linen", "cotton", "wool", "silk"] * 2, False),
        (["12"] * 3, False),
    ],
)
def test_up_to_three_words_said_three_times_are_a_loop(words: list[str], loops: bool) -> None:
    """Twice is emphasis; numbers are a list."""
    text = " ".join([*made_up(30), *words, *made_up(30, 40)])
    assert bool(repeated(text)) is loops


@pytest.mark.parametrize(("filler", "loops"), [(36, True), (37, False)])
def test_three_words_that_make_a_fifth_of_the_text_are_a_loop(filler: int, loops: bool) -> None:
    """Three times three words in 45 are a fifth; in 46 they are a name that comes back."""
    own = made_up(filler)
    third = filler // 3
    name = ["linen", "cotton", "wool"]
    text = " ".join(
        [*own[:third], *name, *own[third : 2 * third], *name, *own[2 * third : -1], *name, own[-1]]
    )
    assert bool(repeated(text)) is loops


@pytest.mark.parametrize(("most", "named"), [(140, True), (141, False)])
def test_a_title_that_says_a_sentence_again_is_told_by_name(most: int, named: bool) -> None:
    """A part of up to 140 characters gets by on three words, and is told so."""
    parts = ENGLISH.sheet.parts
    sheet = ENGLISH.sheet.model_copy(
        update={"parts": (parts[0].model_copy(update={"max_chars": most}), *parts[1:])}
    )
    sentence = text_of(made_up(8))
    piece = draft({"subject": sentence, "body": f"{text_of(made_up(9, 60))} {sentence}"}, tiny_spec("en"))
    [finding] = nothing_repeated(piece, replace(ENGLISH, sheet=sheet))
    assert ("subject" in finding.remedy) is named


@pytest.mark.parametrize(
    ("language", "seconds"),
    [("fr", 60.0), ("en", 51.3), ("de", 65.4), ("es", 53.7), ("it", 62.2), ("pt-BR", 63.6), ("EN-gb", 51.3)],
)
def test_reading_takes_as_long_as_it_was_measured(language: str, seconds: float) -> None:
    """195 words: a minute in French, by the published speeds (Trauzettel-Klosinski and Dietz 2012)."""
    measured = length_of(" ".join(["lin"] * 195), language)
    assert (measured.words, measured.characters, measured.reading_seconds) == (195, 195 * 4 - 1, seconds)


@pytest.mark.parametrize(("last", "twice"), [("sheet", True), ("seat", False)])
def test_sentences_of_one_word_of_content_are_one_from_a_likeness_of_90_on(last: str, twice: bool) -> None:
    """Two letters exchanged in twenty are 90 of 100; in nineteen they are not."""
    one, other = f"Ab cd ef gh jk {last}.", f"Zb cd ef gh jz {last}."
    assert bool(repeated(f"{one} {text_of(made_up(9, 60))} {other}")) is twice
