"""Coding verbatims on the real store, ledger and encoder, with a stub in the model's place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from fakes.stub_openai import StubOpenAI
from inedit.brand.load import Project
from inedit.brand.schema import Code
from inedit.encoding import Encoder
from inedit.insight_loop.coding import offline_run
from inedit.insight_loop.coding.codings import CodedText, Coding, coded_texts, keep_all
from inedit.insight_loop.coding.foreign import new_entries, returned
from inedit.insight_loop.coding.model_coder import BATCH, ModelCoding, batches, code_by_model, estimate
from inedit.insight_loop.coding.offline_run import code_offline
from inedit.insight_loop.coding.prompts import coding_prompt, read_template
from inedit.insight_loop.coding.refi import read_project, write_project
from inedit.insight_loop.field_store import add_verbatims, verbatims
from inedit.insight_loop.forget import forget
from inedit.insight_loop.verbatims import Verbatim
from inedit.model import Span
from inedit.model.errors import WrongInput
from inedit.pipeline.task import Pipeline
from inedit.store.erasure import rows_of_verbatims
from inedit.store.tables import coded_texts as read_rows
from inedit.store.tables import codings

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
SAID = (
    "Trois semaines que j’attends mon colis, personne ne répond.",
    "Mon drap est troué aux pieds au bout d’un an.",
    "Comment repriser un trou sans que ça se voie ?",
    "Bonjour à toutes et à tous, je me présente : Camille, de Lille.",
)


def a_verbatim(text: str, number: int, language: str = "fr") -> Verbatim:
    digest = hashlib.sha256(f"{number}{text}".encode()).hexdigest()
    return Verbatim(digest[:32], "club", f"{number:032x}", NOW - timedelta(days=number), language, text)


def waits(request: Mapping[str, Any], _: int) -> str:
    """A model that finds waiting, and quotes a person who never spoke."""
    asked = request["messages"][-1]["content"]
    number = asked.count("\nText ")
    found = [{"code": "wait", "quote": "que j'attends mon colis", "sure": 80}] * ("colis" in asked)
    invented = [{"code": "worry", "quote": "rien de tel", "sure": 80}]
    texts = [{"number": n + 1, "codings": [*found, *invented] if n == 0 else []} for n in range(number)]
    return json.dumps({"texts": texts})


async def coded(line: Pipeline, codes: Mapping[str, Code], **options: Any) -> ModelCoding:
    """All verbatims of the store, asked about."""
    store = line.archive.store
    made, _ = batches(store, read_template(ROOT), codes, "stub", verbatims(store))
    return await code_by_model(
        made, line.metered_model, store, codes, provider="embedded", model="stub", now=lambda: NOW, **options
    )


async def test_a_model_codes_once_and_each_call_is_in_the_ledger(open_line: Any, project: Project) -> None:
    """Verbatim quotations are kept, invented ones refused with the reason, and a second run asks nothing."""
    codes = project.brand.codes
    async with StubOpenAI(answer=waits) as stub, open_line(stub) as line:
        store = line.archive.store
        add_verbatims(store, [a_verbatim(text, n) for n, text in enumerate(SAID * 3)])
        outcome = await coded(line, codes)
        assert (outcome.coded, outcome.left, outcome.unread) == (12, 0, [])
        first = coded_texts(store)[0]
        (wait,) = first.codings
        assert (wait.code, wait.span.of(SAID[0]), wait.confidence) == ("wait", "que j’attends mon colis", 0.8)
        assert first.refused == ("worry: the quotation does not stand in the text: rien de tel",)
        assert first.response_id in {call.response_id for call in stub.served}
        assert len(stub.served) == 2 == -(-12 // BATCH)
        summary = line.ledger.summary(run_id=outcome.run_id)
        assert summary.calls == 2
        assert summary.cost_micros == {"USD": 0} or not any(summary.cost_micros.values())
        assert (await coded(line, codes)).coded == 0
        assert len(stub.served) == 2
        made, known = batches(store, read_template(ROOT), codes, "stub", verbatims(store))
        assert (made, known) == ([], 12)
        with store.write() as connection:
            assert rows_of_verbatims(connection, [first.verbatim_id])["coded_texts"] == 1
        assert (await coded(line, codes)).coded == 1


@pytest.mark.parametrize("answer", ["", "I would rather not.", '{"texts": [{"number": 40, "codings": []}]}'])
async def test_an_answer_that_cannot_be_used_is_told_and_tried_once_more(
    open_line: Any, project: Project, answer: str
) -> None:
    """It is paid, said, and nothing is believed of it; the verbatims stay to be asked about."""
    async with StubOpenAI(answer=answer) as stub, open_line(stub) as line:
        add_verbatims(line.archive.store, [a_verbatim(text, n) for n, text in enumerate(SAID)])
        outcome = await coded(line, project.brand.codes)
        assert (outcome.coded, outcome.left, len(stub.served)) == (0, 4, 2)
        assert all(said.startswith("An answer of stub cannot be used: it ") for said in outcome.unread)
        assert not coded_texts(line.archive.store)
        assert line.ledger.summary(run_id=outcome.run_id).calls == 2


async def test_a_server_that_fails_ends_it_and_the_same_call_goes_on(
    open_line: Any, project: Project
) -> None:
    """What was decided is kept; the rest is left, and told."""
    answers = StubOpenAI(answer=waits, status=401, error="no such key")
    async with answers as stub, open_line(stub, concurrency=1) as line:
        add_verbatims(line.archive.store, [a_verbatim(text, n) for n, text in enumerate(SAID)])
        outcome = await coded(line, project.brand.codes)
        assert outcome.left == 4
        assert "refused the API key" in outcome.stopped
        stub.status = 0
        assert (await coded(line, project.brand.codes)).coded == 4


async def test_the_offline_coder_learns_from_people_and_all_of_it_goes_to_another_program_and_back(
    open_line: Any, project: Project, encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a person decides is not coded offline any more; in QualCoder and its kin each coder is a user."""
    codes = project.brand.codes
    async with StubOpenAI() as stub, open_line(stub) as line:
        store = line.archive.store
        said = [a_verbatim(text, n) for n, text in enumerate(SAID)]
        add_verbatims(store, said)
        report = code_offline(store, codes, encoder, verbatims(store), lambda: NOW)
        assert (report.coded, report.known, report.by_hand) == (4, 0, 0)
        given = {one.verbatim_id: one for one in coded_texts(store)}
        assert "wait" in given[said[0].id].codes
        assert "repair" in given[said[2].id].codes
        assert not given[said[3].id].codes  # read, and without a code
        assert code_offline(store, codes, encoder, verbatims(store), lambda: NOW).coded == 0
        with monkeypatch.context() as changed:  # another coder reads anew
            changed.setattr(offline_run, "CODER_VERSION", offline_run.CODER_VERSION + 1)
            assert code_offline(store, codes, encoder, verbatims(store), lambda: NOW).coded == 4
        calm = {id: code.model_copy(update={"family": "need"}) for id, code in codes.items()}
        assert any(code.family == "emotion" for code in codes.values())
        assert code_offline(store, calm, encoder, verbatims(store), lambda: NOW).coded == 4
        keep_all(store, [CodedText(said[3].id, "Ana", "person", NOW, (Coding("delight", Span(0, 7)),))])
        later = code_offline(store, codes, encoder, verbatims(store), lambda: NOW)
        assert (later.coded, later.by_hand, later.examples) == (3, 1, report.examples + 1)

        file = tmp_path / "field.qdpx"
        write_project(file, codes.values(), "fr", said, coded_texts(store), NOW)
        back = read_project(file)
        assert new_entries(back.codes, codes, "fr") == ("", ())
        people = returned(back, codes, {one.id: one for one in said}, machines=["offline"], now=NOW)
        assert {one.coder for one in people.coded} == {"Ana"}
        assert sorted(len(one.codes) for one in people.coded) == [0, 0, 0, 1]
        assert (people.unknown_codes, people.unknown_texts) == ((), 0)
        text, added = new_entries(back.codes, {}, "fr")
        assert len(added) == len(codes)
        assert "family: frustration" in text


async def test_the_price_is_told_before(open_line: Any, project: Project) -> None:
    """A model of the price lists has a price, another one has none; nothing is asked."""
    codes = project.brand.codes
    async with StubOpenAI() as stub, open_line(stub) as line:
        store = line.archive.store
        add_verbatims(store, [a_verbatim(text, n) for n, text in enumerate(SAID)])
        made, known = batches(store, read_template(ROOT), codes, "gpt-5-mini", verbatims(store))
        priced = estimate(made, known, line.ledger, "openai", "gpt-5-mini", NOW)
        assert (priced.verbatims, priced.calls, priced.currency) == (4, 1, "USD")
        assert priced.cost_micros is not None
        assert 100 < priced.cost_micros < 20_000
        assert estimate(made, known, line.ledger, "somewhere", "nobody-knows", NOW).cost_micros is None
        assert not stub.served


def test_a_fault_in_the_template_is_said(project: Project, tmp_path: Path) -> None:
    """A name that nothing supplies, a block that is missing, a file that is not there."""
    codes = project.brand.codes.values()
    with pytest.raises(WrongInput, match="'kodes' is not known"):
        coding_prompt("{% block system %}{{ kodes }}{% endblock %}", codes, "fr", ["a"])
    with pytest.raises(WrongInput, match="needs two blocks"):
        coding_prompt("{% block system %}a{% endblock %}", codes, "fr", ["a"])
    with pytest.raises(WrongInput, match=r"prompts/field/coding\.md\.j2 cannot be read"):
        read_template(tmp_path)


async def test_who_is_forgotten_leaves_no_coding_behind(
    open_line: Any, project: Project, tmp_path: Path
) -> None:
    """Decisions about what somebody said go with it, whoever made them; those about others stay."""
    async with StubOpenAI(answer=waits) as stub, open_line(stub) as line:
        store = line.archive.store
        said = [a_verbatim(text, n) for n, text in enumerate(SAID)]
        add_verbatims(store, said)
        await coded(line, project.brand.codes)
        keep_all(store, [CodedText(said[0].id, "Ana", "person", NOW, (Coding("wait", Span(0, 7)),))])
        assert forget(store, said[0].author, tmp_path).found_after == 0
        assert {one.verbatim_id for one in coded_texts(store)} == {one.id for one in said[1:]}
        with store.read() as connection:
            kept = set(connection.execute(select(codings.c.verbatim_id)).scalars())
            kept |= set(connection.execute(select(read_rows.c.verbatim_id)).scalars())
        assert said[0].id not in kept
