"""Exports of each kind: recognised, read as they stream in, told where they are cut, added once."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zstandard

from fakes.field import (
    discord_export,
    discord_message,
    json_lines,
    reddit_comment,
    telegram_chat,
    telegram_message,
)
from inedit.insight_loop.field_store import last_observed, verbatims
from inedit.insight_loop.observing.messages import Tally
from inedit.insight_loop.observing.observe import Observation, observe
from inedit.insight_loop.observing.tables import columns_of, read_csv
from inedit.insight_loop.pseudonyms import load_key
from inedit.insight_loop.verbatims import Place
from inedit.model.errors import StoreError, WrongInput
from inedit.store import Store, open_store

PLACE = Place(
    id="mending",
    platform="discord",
    name="Reprise",
    language="fr",
    rules="Members know.",
    legal_basis="consent",
)
KEY = bytes(range(32))


@pytest.fixture
def store(tmp_path: Path, empty_database: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{shutil.copy(empty_database, tmp_path / 'inedit.db')}")
    yield store
    store.close()


def taken(store: Store, file: Path, **more: Any) -> Observation:
    return observe(store, KEY, PLACE, file, **more)


def texts(store: Store) -> list[str]:
    return [verbatim.text for verbatim in verbatims(store)]


def test_discord(store: Store, tmp_path: Path) -> None:
    rows = [
        discord_message(1, "Le lin froisse, Nick12Q a raison"),
        discord_message(2, "merci @Zoé du 44", "12", mentions=[{"id": "5", "name": "zoe", "nickname": "Zoé du 44"}],
                        reactions=[{"emoji": {"name": "x"}, "count": 1, "users": [{"id": "9", "name": "curieux99"}]}]),
        discord_message(3, "", "12", embeds=[{"title": "Curieux", "description": "curieux99"}]),
        discord_message(4, "pinned", type="ChannelPinnedMessage"),
        discord_message(5, "pas moi", "13", type="Reply", reference={"messageId": "90001"}),
    ]  # fmt: skip
    file = discord_export(tmp_path / "a.json", rows)
    done = taken(store, file)
    assert (done.format, done.read, done.added, done.cut) == ("discord", 3, 3, "")
    assert done.skipped == {"without text": 1, "system messages": 1}
    said = list(verbatims(store))
    assert [one.text for one in said] == ["Le lin froisse, [name] a raison", "merci [handle]", "pas moi"]
    assert said[2].reply_to == said[0].id
    assert said[0].at.isoformat() == "2026-10-02T06:30:00.500000+00:00"
    assert len({one.author for one in said}) == 3
    assert PLACE.id in last_observed(store)
    again = taken(store, file)
    assert (again.read, again.added, again.known) == (3, 0, 3)
    discord_export(file, [*rows, discord_message(6, "du neuf")])
    assert taken(store, file).added == 1


def test_discord_cut_anywhere_loses_nothing_before_the_cut(store: Store, tmp_path: Path) -> None:
    file = discord_export(tmp_path / "a.json", [discord_message(n, f"parole {n}") for n in range(1, 400)])
    whole = file.read_bytes()
    for share in (0.3, 0.9):
        at = int(len(whole) * share)
        file.write_bytes(whole[:at])
        done = taken(store, file, dry_run=True)
        assert (
            done.read == whole[:at].count(b'"mentions": []')
            or done.read == whole[:at].count(b'"mentions": []') - 1
        )
        assert "ends in the middle" in done.cut
    unfinished = json.loads(whole)
    del unfinished["messageCount"]
    file.write_text(json.dumps(unfinished), encoding="utf-8")
    done = taken(store, file)
    assert (done.added, done.cut) == (399, "the export was stopped: its messageCount is missing")


def test_telegram(store: Store, tmp_path: Path) -> None:
    parts = [
        {"type": "plain", "text": "demande à "}, {"type": "mention", "text": "@lolo"}, {"type": "plain",
        "text": " ou "},
        {"type": "phone", "text": "0612"},
    ]  # fmt: skip
    group = telegram_chat(1, "private_supergroup", [
        telegram_message(1, parts), {"id": 2, "type": "service", "actor": "A", "actor_id": "user1", "action": "invite"},
        telegram_message(3, "relayé", forwarded_from="Quelqu'un"), telegram_message(4, "oui", "user6",
        reply_to_message_id=1),
    ])  # fmt: skip
    single = tmp_path / "result.json"
    single.write_text(json.dumps(group, indent=1), encoding="utf-8")
    done = taken(store, single)
    assert (done.format, done.added) == ("telegram", 2)
    assert texts(store) == ["demande à [handle] ou [phone]", "oui"]
    account = {"about": "x", "personal_information": {"user_id": 1},
               "chats": {"about": "y", "list": [telegram_chat(9, "personal_chat", [telegram_message(1,
               "secret")]), group]}}  # fmt: skip
    single.write_text(json.dumps(account), encoding="utf-8")
    done = taken(store, single)
    assert (done.format, done.added, done.known, done.skipped["private chats"]) == ("telegram", 0, 2, 1)


@pytest.mark.parametrize("packing", ["plain", "gzip", "zstandard"])
def test_reddit(store: Store, tmp_path: Path, packing: str) -> None:
    rows = [
        reddit_comment(1, "Linen creases"), reddit_comment(2, "[removed]"), reddit_comment(3, "me too", "[deleted]"),
        {**reddit_comment(4, ""), "body": None}, reddit_comment(5, "I am a bot", "AutoModerator"),
        {"id": "p1", "author": "op", "title": "How?", "selftext": "Tell me", "created_utc": "1790928000",
        "subreddit": "linge"},
    ]  # fmt: skip
    content = json_lines(rows)
    pack = {"plain": bytes, "gzip": gzip.compress, "zstandard": zstandard.compress}[packing]
    file = tmp_path / "RC_2026"
    file.write_bytes(pack(content))
    done = taken(store, file)
    assert (done.format, done.read, done.added, done.cut) == ("reddit", 3, 3, "")
    assert texts(store) == ["Linen creases", "me too", "How?\n\nTell me"]
    many = pack(json_lines([reddit_comment(n, f"said {n} {n * 7919}") for n in range(10, 2000)]))
    file.write_bytes(many[: len(many) * 2 // 3])
    done = taken(store, file)
    assert done.added > 500
    assert "in the middle" in done.cut


def test_tables(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "avis.csv"
    file.write_bytes(
        "Date;Client;Avis;Consentement\n05/10/2026 14:30;Zoé;Très doux;oui\n06.10.2026;;Peluche;\n".encode(
            "cp1252"
        )
    )
    done = taken(store, file)
    assert (done.format, done.added) == ("csv", 2)
    first, second = verbatims(store)
    assert (first.text, first.consent, second.consent) == ("Très doux", True, False)
    assert first.at.isoformat() == "2026-10-05T14:30:00+00:00"
    file.write_text("wann,wer,was\n2026-10-05,A,Weich\n2026-10-06,B", encoding="utf-8")
    with pytest.raises(WrongInput, match="Which column is text"):
        taken(store, file)
    done = taken(store, file, columns=columns_of("text=was,author=wer,at=wann"))
    assert (done.added, done.cut) == (1, "row 3 ends in the middle")
    with pytest.raises(WrongInput, match="maps no column"):
        columns_of("body=x")
    file.write_bytes(json_lines([{"message": "hei", "date": 1790928000, "user": "a"}]) + b'{"message": "cut')
    done = taken(store, file)
    assert (done.format, done.added, done.cut) == ("jsonl", 1, "line 2 ends in the middle")
    file.write_text(json.dumps([{"message": "list", "date": 1790928000, "user": "a"}]), encoding="utf-8")
    assert taken(store, file).format == "json"


def test_what_is_no_export(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "x"
    cut = zstandard.ZstdCompressor().compress(json_lines([reddit_comment(1, "Un drap.")]))[:-20]
    for content, message in (
        (b"", "empty"), (b"\x89PNG\0\0\0", "none of these"), (cut, "zstandard stream ends in the middle"),
        ('{"guild": 1}'.encode("utf-16"), "UTF-16"),
    ):  # fmt: skip
        file.write_bytes(content)
        with pytest.raises(WrongInput, match=message):
            taken(store, file)
    with pytest.raises(WrongInput, match="Cannot read"):
        taken(store, tmp_path / "nowhere.json")
    file.write_text("[[[]]]", encoding="utf-8")
    assert taken(store, file).notes == ["No message was found: is this json?"]
    whole = discord_export(file, [discord_message(1, "Un drap."), discord_message(2, "Abîmé.")]).read_bytes()
    file.write_bytes(whole.decode().encode("latin-1"))
    done = taken(store, file)
    assert (done.added, "another encoding than UTF-8" in done.cut) == (1, True)


def test_a_dry_run_keeps_nothing(store: Store, tmp_path: Path) -> None:
    file = discord_export(tmp_path / "a.json", [discord_message(1, "oui")])
    assert taken(store, file, dry_run=True).added == 1
    assert (texts(store), last_observed(store)) == ([], {})


def test_the_key_is_the_owners_alone_and_its_loss_is_told(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "keys" / "a.key"
    key = load_key(file, store)
    assert load_key(file, store) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    with pytest.raises(StoreError, match="chmod 600"):
        load_key(file, store)
    file.unlink()
    observe(store, key, PLACE, discord_export(tmp_path / "a.json", [discord_message(1, "oui")]))
    with pytest.raises(StoreError, match="lost"):
        load_key(file, store)


def test_a_table_with_long_cells_leaves_the_process_its_own_limit(tmp_path: Path) -> None:
    """The limit of the csv module is everybody's: another reader tells an open quotation mark by it."""
    before = csv.field_size_limit()
    file = tmp_path / "posts.csv"
    file.write_text(f"id,author,at,text\n1,ana,2026-11-02T09:00:00Z,{'word ' * 40_000}\n", encoding="utf-8")
    with file.open("rb") as stream:
        assert len(list(read_csv(stream, Tally(), "place", {}))) == 1
    assert csv.field_size_limit() == before
