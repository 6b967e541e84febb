"""What a model's answer is read as."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.brand import tiny_sheet
from inedit.model.errors import IneditError, WrongInput
from inedit.prompting import MalformedAnswer, answer_schema, parse_answer, settled, split_answer
from inedit.prompting.answers import several_schema

SHEET = tiny_sheet()
GOOD = {"subject": "L'été", "body": "Il fait « beau » : 30 °C.", "call_to_action": "Voir"}


@pytest.mark.parametrize(
    "text",
    [
        '{"subject": "L\'été", "body": "Il fait « beau » : 30 °C.", "call_to_action": "Voir"}',
        '```json\n{"subject": "L\'été", "body": "Il fait « beau » : 30 °C.", "call_to_action": "Voir"}\n```',
        'Voici :\n{"subject": "L\'été", "body": "Il fait « beau » : 30 °C.", "call_to_action": "Voir",}\nVoilà !',
        "{'subject': 'L\\'été', 'body': 'Il fait « beau » : 30 °C.', 'call_to_action': 'Voir'}",
        '{"parts": {"Subject": "L\'été", "BODY": "Il fait « beau » : 30 °C.", "callToAction": "Voir"}}',
        '[{"subject": "L\'été", "body": "Il fait « beau » : 30 °C.", "call to action": "Voir"}]',
        '{"note": "x", "call_to_action": "Voir", "body": "Il fait « beau » : 30 °C.", "subject": "L\'été"}',
        '{"subject": "L\'été", "body": "Il fait « beau » : 30 °C.", "call_to_action": "Voir',
        '{"subject": "L\'été", "body": ["Il fait « beau » :", "30 °C."], "call_to_action": "Voir"}',
    ],
    ids=["strict", "fenced", "prose and comma", "single quotes", "nested, other case", "in a list",
         "other order, extra key", "cut off", "a list of sentences"],
)  # fmt: skip
def test_what_models_return_is_brought_back_to_parts(text):
    """Fences, prose, quotes, commas, nesting, case, order and a cut end are mended; the sheet's order is kept."""
    parts = parse_answer(text, SHEET)
    assert dict(parts) == GOOD
    assert list(parts) == list(GOOD)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>Un <b>drap</b></p>", "Un drap"),
        ("**Un** _drap_ et `fil`", "Un drap et fil"),
        ("# Un drap", "Un drap"),
        ("- Un drap\\n- Un fil", "Un drap Un fil"),
        ("Un  drap\\n\\nen   lin ", "Un drap en lin"),
        ("Un drap\\\\nen lin", "Un drap en lin"),
        ("[Voir](https://example.org) le lin", "Voir le lin"),
        ("Lin &amp; sel", "Lin & sel"),
        ('\\"Un drap\\"', "Un drap"),
        ("Prix : 12 €, 3 * 4 * 5, a_b_c, #lin_lave", "Prix : 12 €, 3 * 4 * 5, a_b_c, #lin_lave"),
        ("Un\u202f! Deux\u00a0: « trois »", "Un\u202f! Deux\u00a0: « trois »"),
        ("[Prénom], 5 < 6 > 4", "[Prénom], 5 < 6 > 4"),
    ],
)
def test_parts_are_plain_text(written, read):
    """Markup goes, white space is normalised; no-break spaces, sums, hashtags and placeholders stay as they are."""
    answer = f'{{"subject": "{written}", "body": "b", "call_to_action": "c"}}'
    assert parse_answer(answer, SHEET)["subject"] == read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", r"has no 'subject', 'body', 'call_to_action'; it begins: \(empty\)"),
        ("Je suis désolé, je ne peux pas.", "Je suis désolé"),
        ('{"subject": "L\'été", "body": "Il f', "has no 'call_to_action'"),
        ('{"subject": {"a": "b"}, "body": "b", "call_to_action": "c"}', "'subject' is not a text"),
        ('{"subject": null, "body": "b", "call_to_action": "c"}', "'subject' is not a text"),
        ("[" * 5000, "not JSON|has no"),
        ('{"a":' * 3000 + "1" + "}" * 3000, "not JSON|has no"),
        ("12", "has no"),
    ],
    ids=["empty", "refusal", "cut off too early", "an object", "null", "deep list", "deep object", "number"],
)
def test_what_cannot_be_read_is_one_clear_error(text, said):
    """The message says which part is missing, or shows how the answer begins."""
    with pytest.raises(MalformedAnswer, match=said) as caught:
        parse_answer(text, SHEET)
    assert len(str(caught.value)) < 300


@given(st.text(max_size=200))
def test_no_answer_makes_a_traceback(text):
    """Whatever a model returns, either parts come out or an error of ours."""
    with suppress(IneditError):
        assert list(parse_answer(text, SHEET)) == list(GOOD)


def test_a_source_without_wordings_is_refused():
    """A part that must come from an empty list cannot be asked for."""
    with pytest.raises(WrongInput, match="'call_to_action' of channel 'email' takes its text from"):
        answer_schema(SHEET, {"claims": (), "calls_to_action": ()})


def test_half_a_character_is_replaced_so_that_the_text_can_be_kept():
    """A model may escape half an emoji; the guard finds what stands for it."""
    text = '{"subject": "Le fil \\ud83d", "body": "🧵 \\ud83e\\uddf5\\u0000", "call_to_action": "Voir"}'
    parts = parse_answer(text, SHEET)
    assert (parts["subject"], parts["body"]) == ("Le fil \ufffd", "🧵 🧵\ufffd")


def test_an_answer_without_end_is_not_read():
    """A server that knows no limit may send a model's loop: it is told by its length and its beginning."""
    with pytest.raises(MalformedAnswer, match=r"300,000 characters; it begins: “\{\{\{"):
        parse_answer("{" * 300_000, SHEET)


@pytest.mark.parametrize(
    "token",
    [
        "{{first_name}}",
        "{{ contact._first_name_ }}",
        "*|FNAME|*",
        "%%first_name%%",
        "https://filandre.example/hiver?utm_source=mail&copy=2&_a_=1*b*",
    ],
)
def test_merge_fields_and_addresses_stay_as_they_are(token):
    """What the mailing tool replaces and where a link leads are not touched, whatever markup stands around them."""
    answer = json.dumps({**GOOD, "body": f"**Bonjour {token} !** Du <b>lin</b> &amp; du _fil_."})
    assert parse_answer(answer, SHEET)["body"] == f"Bonjour {token} ! Du lin & du fil."


def test_what_is_settled_may_be_left_out():
    """A part with one possible wording, and one that may be empty, need not be in the answer; a written part must."""
    free = tuple(
        part.model_copy(update={"min_chars": 0}) if part.id == "body" else part for part in SHEET.parts
    )
    sheet = SHEET.model_copy(update={"parts": free})
    schema = {"properties": {"call_to_action": {"type": "string", "enum": ["Voir"]}}}
    parts = parse_answer('{"subject": "x"}', sheet, settled(sheet, schema))
    assert parts == {"subject": "x", "body": "", "call_to_action": "Voir"}
    several = {"properties": {"call_to_action": {"type": "string", "enum": ["Voir", "Venir"]}}}
    with pytest.raises(MalformedAnswer, match="call_to_action"):
        parse_answer('{"subject": "x"}', sheet, settled(sheet, several))


def test_an_answer_of_several_texts_is_taken_apart():
    """A list under "candidates" gives its texts, mended like any answer; anything else is one text."""
    one, other = {**GOOD}, {**GOOD, "subject": "Autre"}
    texts = split_answer(json.dumps({"candidates": [one, "noise", other]}))
    assert [parse_answer(text, SHEET)["subject"] for text in texts] == ["L'été", "Autre"]
    fenced = f"```json\n{json.dumps({'candidates': [one, other]})[:-1]}\n```"
    assert len(split_answer(fenced)) == 2
    for single in (
        json.dumps(GOOD),
        "",
        "no JSON at all",
        "[1, 2]",
        '{"candidates": []}',
        '{"candidates": 3}',
    ):
        assert split_answer(single) == (single,)


def test_the_schema_of_several_texts_is_a_list_of_one():
    """As many as are asked for, each of the shape of one; what is settled in one is settled in each."""
    one = answer_schema(SHEET, {"claims": ("x",), "calls_to_action": ("Voir",), "offer": ("x",)})
    assert several_schema(one, 1) == one
    many = several_schema(one, 3)
    assert many["properties"]["candidates"] == {"type": "array", "items": one, "minItems": 3, "maxItems": 3}
    assert settled(SHEET, many) == settled(SHEET, one) == {"call_to_action": "Voir"}
