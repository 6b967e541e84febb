"""What is believed of a model's answer."""

from __future__ import annotations

import json

import pytest

from inedit.insight_loop.coding.answers import UnreadableAnswer, read_answer

TEXTS = ["J’ai peur de la rater.", "Trois semaines que j’attends."]
CODES = {"worry", "wait"}


def answer(*texts: object) -> str:
    return json.dumps({"texts": list(texts)})


def test_codes_come_with_the_place_of_their_quotation():
    """A text without codings has been read, and got none."""
    first = {"number": 1, "codings": [{"code": "worry", "quote": "j'ai peur", "sure": 90}]}
    one, other = read_answer(answer(first, {"number": 2, "codings": []}), TEXTS, CODES)
    assert [(c.code, c.span.of(TEXTS[0]), c.confidence) for c in one.codings] == [("worry", "J’ai peur", 0.9)]
    assert (other.codings, other.refused) == ((), ())


def test_what_nobody_said_and_what_is_no_code_is_refused_with_the_reason():
    """The rest of the answer is kept."""
    codings = [
        {"code": "worry", "quote": "je suis terrifiée", "sure": 99},
        {"code": "joy", "quote": "J’ai peur", "sure": 50},
        {"code": "wait", "quote": "peur", "sure": 400},
        "worry",
    ]
    one, other = read_answer(answer({"number": 1, "codings": codings}), TEXTS, CODES)
    assert [(c.code, c.confidence) for c in one.codings] == [("wait", 1.0)]
    assert [reason.partition(":")[0] for reason in one.refused] == [
        "worry",
        "no code of the code book",
        "no code of the code book",
    ]
    assert other is None  # the answer says nothing of it


def test_an_answer_in_prose_around_json_is_read():
    """Models of other houses fence their JSON."""
    fenced = "Here you are:\n```json\n" + answer({"number": 2, "codings": []}) + "\n```"
    assert read_answer(fenced, TEXTS, CODES)[1] is not None


@pytest.mark.parametrize(
    "bad",
    ["", "  ", "no", "[]", "{}", '{"texts": 5}', '{"texts": [1, null]}', '{"texts": [{"number": 9}]}',
     '{"texts": [{"number": "one"}]}', '{"texts": [{"number": true}]}', "[" * 5000, '{"texts": [{"number": NaN}]}'],
)  # fmt: skip
def test_an_answer_without_decisions_is_unreadable(bad):
    """Never a traceback, never an empty decision by mistake."""
    with pytest.raises(UnreadableAnswer):
        read_answer(bad, TEXTS, CODES)
