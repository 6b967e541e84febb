"""The samples of each channel, in five languages: the limits of their platforms, what leaves, and the guard."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from markdown_it import MarkdownIt
from pyld import jsonld

from conftest import ROOT
from fakes.brands import demo_project
from fakes.exchange import a_text
from inedit.brand.load import Project
from inedit.exchange import ExportedText, export_pieces
from inedit.exchange.exported import offer_ended
from inedit.exchange.spoken import sound_seconds
from inedit.exchange.tracking import addresses_of
from inedit.guard.judge import FinishedText
from inedit.guard.nlp.advertisements import width
from inedit.guard.nlp.length import spoken_length
from inedit.guard.nlp.sms import message_size
from inedit.model import Decision, VariantSpec
from inedit.model.errors import WrongInput
from inedit.pipeline.evaluation import evaluate_finished

GOLDEN = ROOT / "tests" / "golden" / "channels"
CHANNELS = ("search-ad", "sms", "community", "audio", "search-answer", "card", "marketplace")
LANGUAGES = ["de", "en", "es", "fr", "it"]
TODAY = date(2026, 11, 29)


@cache
def project() -> Project:
    return demo_project()


def rows(channel: str) -> list[dict[str, Any]]:
    lines = (GOLDEN / f"{channel}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@cache
def samples(channel: str) -> tuple[ExportedText, ...]:
    """Each sample as it would leave."""
    brand = project().brand
    campaign = brand.campaigns["atelier-ouvert"]
    texts = []
    for row in rows(channel):
        spec = VariantSpec(campaign.id, channel, "hosts", row["language"], "plain", 0)
        made = a_text(row["parts"], language=row["language"], channel=channel)
        texts.append(
            replace(
                made,
                piece=replace(made.piece, spec=spec),
                addresses=addresses_of(campaign, brand, spec),
                brand_name=brand.identity.name,
                products=tuple(p for p in brand.identity.products if p.id in campaign.products),
            )
        )
    return tuple(texts)


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_sample_has_the_parts_of_its_sheet_and_the_guard_accepts_it(channel: str) -> None:
    """In five languages: nothing is missing, too short or too long, nothing is said that the brand cannot prove."""
    brand, sheet = project().brand, project().sheets[channel]
    assert sorted(row["language"] for row in rows(channel)) == LANGUAGES
    for row in rows(channel):
        parts, ids = row["parts"], tuple(row["claim_ids"])
        assert set(parts) <= {part.id for part in sheet.parts}
        for part in sheet.parts:
            length = len(parts.get(part.id, ""))
            assert part.source != "model" or part.min_chars <= length <= part.max_chars, (
                row["id"],
                part.id,
                length,
            )
        written = FinishedText(
            parts, row["language"], channel, "hosts", row["campaign"], tuple(row["insight_ids"]), ids
        )  # fmt: skip
        verdict = evaluate_finished(written, brand, TODAY)
        assert verdict.decision is Decision.ACCEPT, (row["id"], verdict.findings)
        assert {receipt.source_id for receipt in verdict.receipts} & set(row["insight_ids"]), row["id"]


def test_search_ads_fit_google() -> None:
    """A row of Google Ads Editor each, with a tracked page."""
    content = export_pieces("google-ads", samples("search-ad")).decode("utf-8-sig")
    ads = list(csv.DictReader(io.StringIO(content, newline="")))
    assert len(ads) == 5
    for ad in ads:
        headlines = [ad[f"Headline {n}"] for n in range(1, 16) if ad[f"Headline {n}"]]
        assert 8 <= len(set(headlines)) == len(headlines) <= 15
        assert all(width(one) <= 30 and "!" not in one for one in headlines)
        assert all(width(ad[f"Description {n}"]) <= 90 for n in range(1, 5))
        assert all(width(ad[f"Path {n}"]) <= 15 for n in (1, 2))
        assert ad["Final URL"].startswith(
            "https://filandre.example/atelier?utm_source=filandre&utm_medium=search-ad&"
        )


def test_text_messages_say_what_they_cost_and_how_to_stop() -> None:
    """Segments as a network counts them, with the way out and the link in each."""
    content = export_pieces("sms", samples("sms")).decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(content, newline="")):
        assert "STOP" in row["message"] and "filandre.example/visite" in row["message"]
        size = message_size(row["message"])
        assert (row["encoding"], row["segments"]) == (size.encoding, str(size.segments))
        assert size.segments <= (4 if size.encoding == "ucs-2" else 2)
        assert (row["outside_gsm_7"] == "") is (size.encoding == "gsm-7")


def _shown(markdown: str) -> str:
    """What a reader of CommonMark sees."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    lines = [token.children for token in tokens if token.children]
    return "\n".join("".join(c.content or "\n" * (c.type == "softbreak") for c in line) for line in lines)


NASTY = {
    "title": "*Gras* _et_ `code` [x](y) #1 r/lin @everyone",
    "opening": "# pas un titre\n- pas une liste\n1. ni un nombre\n> ni une citation ~~non~~ ||secret|| <@123>",
    "call_to_action": "Voir (les) draps.",
}


def test_posts_are_shown_as_they_were_written() -> None:
    """Whatever the words are, no place takes them for markup; the limits hold for the samples."""
    for text in (*samples("community"), a_text(NASTY)):
        for place in ("discord", "reddit"):
            shown = _shown(export_pieces(place, [text]).decode()).replace("\u200b", "").replace("\\/", "/")
            for id, said in text.parts.items():
                assert said in shown or (place, id) == ("reddit", "title"), shown  # no Markdown there
        told = export_pieces("telegram", [text]).decode()
        bare = re.sub(r"\\(.)", "", told)
        assert not re.search(r"[~`>#+=|{}.!-]", re.sub(r"\]\([^)]*\)", "", bare)), bare
        assert re.sub(r"\\(.)", r"\1", told).count(text.parts["title"]) == 1
    with zipfile.ZipFile(io.BytesIO(export_pieces("community", samples("community")))) as archive:
        assert len(archive.namelist()) == 15
        posts = {name: archive.read(name).decode() for name in archive.namelist()}
    for place, most in (("discord", 2_000), ("telegram", 4_096), ("reddit", 40_000)):
        [*found] = [said for name, said in posts.items() if place in name]
        assert len(found) == 5 and all(len(said) <= most for said in found), place
        assert place != "reddit" or all(len(said.splitlines()[0]) <= 300 for said in found)
    with pytest.raises(WrongInput, match="Discord takes 2,000"):
        export_pieces("discord", [a_text({"title": "Lin", "opening": "a_" * 700})])
    with pytest.raises(WrongInput, match="Reddit takes 300"):
        export_pieces("reddit", [a_text({"title": "Lin " * 80})])


def test_scripts_are_shorter_than_two_minutes() -> None:
    """The times of the script add up; SSML is XML in the language of the text, with every sentence."""
    for text in samples("audio"):
        seconds = spoken_length(text.parts.values(), text.piece.spec.language)
        assert 20 < seconds < 119
        script = export_pieces("audio-script", [text]).decode()
        ends = re.findall(r"\*\*\d:\d\d–(\d):(\d\d)\*\*", script)
        assert int(ends[-1][0]) * 60 + int(ends[-1][1]) == int(seconds + 0.5)
        root = ElementTree.fromstring(export_pieces("ssml", [text]))  # noqa: S314  our own
        assert root.tag == "{http://www.w3.org/2001/10/synthesis}speak"
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == text.piece.spec.language
        assert " ".join(" ".join(root.itertext()).split()) == " ".join(" ".join(text.parts.values()).split())
    with pytest.raises(WrongInput, match="a snack has 120"):
        export_pieces("ssml", [a_text({"story": "Le fil passe. " * 200})])


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_the_sound_is_as_long_as_the_script_says() -> None:
    """Measured from the WAV file, in each language: within a tenth of the time that readers take."""
    for text in samples("audio"):
        seconds = sound_seconds(export_pieces("wav", [text]))
        expected = spoken_length(text.parts.values(), text.piece.spec.language)
        assert 0.9 < seconds / expected < 1.1, (text.piece.spec.language, seconds, expected)


def test_without_espeak_the_sound_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message, and another way."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(WrongInput, match="apt install espeak-ng"):
        export_pieces("wav", samples("audio")[:1])


class _Page(html.parser.HTMLParser):
    """The headings, the data and the links of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.links: list[str] = []
        self._at = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._at = tag
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.setdefault(self._at, []).append(data.strip())


SCHEMA = "https://schema.org/"
EXPECTED = {  # schema.org 29: what these types may have, of the properties that we use
    "FAQPage": {"inLanguage", "name", "mainEntity", "publisher", "dateModified"},
    "Question": {"name", "acceptedAnswer"},
    "Answer": {"text", "inLanguage"},
    "Organization": {"name"},
}


def _context(url: str, _: object = None) -> dict[str, Any]:
    """schema.org's own context for these terms; no test asks the network."""
    assert url == "https://schema.org"
    return {
        "contextUrl": None, "documentUrl": url, "contentType": "application/ld+json",
        "document": {"@context": {"@vocab": SCHEMA, "dateModified": {"@type": "Date"}}},
    }  # fmt: skip


def _typed(node: Any) -> None:
    """Every node has a type that schema.org knows, and only properties of it."""
    if isinstance(node, list):
        for each in node:
            _typed(each)
    elif isinstance(node, dict) and "@type" in node and "@value" not in node:
        [kind] = [name.removeprefix(SCHEMA) for name in node["@type"]]
        properties = {name.removeprefix(SCHEMA) for name in node if not name.startswith("@")}
        assert properties <= EXPECTED[kind], (kind, properties)
        for value in node.values():
            _typed(value)


def test_search_answers_validate_and_answer_first() -> None:
    """The question is the heading, the answer follows it, and pyld reads the same from the data."""
    for text in samples("search-answer"):
        page = _Page(export_pieces("search-answer", [text]).decode())
        parts = text.parts
        assert page.found["h1"] == [parts["question"]]
        assert page.found["p"][0] == parts["answer"]
        assert [link for link in page.links if "filandre.example/atelier?utm" not in link] == []
        [data] = page.found["script"]
        [expanded] = jsonld.expand(json.loads(data), {"documentLoader": _context})
        _typed(expanded)
        asked = expanded[f"{SCHEMA}mainEntity"]
        assert [one[f"{SCHEMA}name"][0]["@value"] for one in asked] == [
            parts["question"],
            parts["question_2"],
        ]
        answers = [one[f"{SCHEMA}acceptedAnswer"][0][f"{SCHEMA}text"][0]["@value"] for one in asked]
        assert answers == [f"{parts['answer']} {parts['detail']}", parts["answer_2"]]
    evil = a_text({"question": "</script><script>x?", "answer": "<!-- & --> fin."})
    page = _Page(export_pieces("search-answer", [evil]).decode())
    assert json.loads(page.found["script"][0])["mainEntity"][0]["name"] == "</script><script>x?"
    with pytest.raises(WrongInput, match="is not a question"):
        export_pieces("search-answer", [a_text({"question": "Du lin", "answer": "Oui."})])


def _read(bitmap: np.ndarray[Any, Any]) -> str:
    found = zxingcpp.read_barcodes(bitmap, formats=zxingcpp.BarcodeFormat.QRCode)
    assert len(found) == 1
    return str(found[0].text)


def _drawn(svg: str) -> np.ndarray[Any, Any]:
    """The code of an SVG card as pixels, twenty a millimetre."""
    picture = np.full((1100, 1700), 255, np.uint8)
    root = ElementTree.fromstring(svg)  # noqa: S314  our own
    [path] = [one.get("d", "") for one in root.iter("{http://www.w3.org/2000/svg}path")]
    for x, y, w, h in re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)", path):
        left, top, wide, high = (float(v) * 20 for v in (x, y, w, h))
        picture[round(top) : round(top + high), round(left) : round(left + wide)] = 0
    return picture


def test_codes_of_cards_are_read_back() -> None:
    """A decoder reads the tracked address from the printed page and from the drawing; the page is a printer's."""
    cards = samples("card")
    document = pypdfium2.PdfDocument(export_pieces("card-pdf", cards))
    assert len(document) == len(cards) == 5
    for text, page in zip(cards, document, strict=True):
        [address] = text.addresses
        assert "utm_medium=card&utm_campaign=atelier-ouvert&utm_content=hosts-" in address
        assert _read(page.render(scale=3).to_numpy()) == address
        trim, media = page.get_trimbox(), page.get_mediabox()
        assert [round((trim[i + 2] - trim[i]) * 25.4 / 72) for i in (0, 1)] == [85, 55]
        assert [round((media[i + 2] - media[i]) * 25.4 / 72) for i in (0, 1)] == [91, 61]
        words = " ".join(page.get_textpage().get_text_bounded().replace("\u00a0", " ").split())
        assert text.parts["card_title"].replace("\u202f", " ") in words
        svg = export_pieces("card-svg", [text]).decode()
        assert _read(_drawn(svg)) == address
    document.close()
    with zipfile.ZipFile(io.BytesIO(export_pieces("card", cards))) as archive:
        assert sorted(Path(name).suffix for name in archive.namelist()) == [
            *[".html"] * 5,
            ".pdf",
            *[".svg"] * 5,
        ]


def test_nothing_is_printed_of_an_offer_that_has_ended() -> None:
    """After its last day, or when none is left, for every file that carries the offer out."""
    campaign = project().brand.campaigns["atelier-ouvert"]
    assert offer_ended(campaign, TODAY) == ""
    assert offer_ended(campaign, date(2026, 12, 12)) == ""
    ended = offer_ended(campaign, date(2026, 12, 13))
    assert "ended on 2026-12-12" in ended
    stock = campaign.offer_stock
    assert stock is not None
    none = campaign.model_copy(update={"offer_stock": stock.model_copy(update={"left": 0})})
    assert "None of the offer" in offer_ended(none, TODAY)
    for channel, format_ in (
        ("card", "card-pdf"), ("card", "card"), ("sms", "sms"), ("community", "community"), ("audio", "audio-script"),
        ("search-answer", "search-answer-zip"), ("search-ad", "google-ads"), ("marketplace", "marketplace"),
    ):  # fmt: skip
        with pytest.raises(WrongInput, match="ended on 2026-12-12"):
            export_pieces(format_, [replace(samples(channel)[0], offer_ended=ended)])


def test_listings_have_text_and_attributes() -> None:
    """An article number and a column for each attribute; a text about no product is refused."""
    content = export_pieces("marketplace", samples("marketplace")).decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(content, newline="")))
    assert {row["sku"] for row in found} == {"FIL-DRAP-240"}
    assert [row["attribute.Matière"] for row in found] == ["lin", "linen", "Leinen", "lino", "lino"]
    assert all(len(row["title"]) <= 200 and len(row["description"]) <= 2000 for row in found)
    assert all(0 < len(row[f"bullet_{n}"]) <= 500 for row in found for n in (1, 2, 3))
    with pytest.raises(WrongInput, match="about one product"):
        export_pieces("marketplace", [replace(samples("marketplace")[0], products=())])
