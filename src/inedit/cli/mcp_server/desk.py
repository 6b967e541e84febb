"""What an assistant may ask for, as plain functions of a project and its database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from inedit.archive.admission import Archive
from inedit.archive.pieces import ids_beginning, read_pieces
from inedit.bootstrap import Settings, index_folder, open_ledger, reporter
from inedit.brand.load import load_project
from inedit.brand.schema import Insight
from inedit.encoding import Encoder
from inedit.ledger.journal.reading import Scope
from inedit.model import CHECKED, Approval, Piece, Status
from inedit.model.errors import WrongInput
from inedit.pipeline import accounted
from inedit.pipeline.accounting import piece_as_json
from inedit.pipeline.decision import decide
from inedit.pipeline.finished_text import judge_text, verdict_as_json
from inedit.pipeline.waiver import waive
from inedit.store import Store

MOST_ROWS = 100
"""Pieces or insights in one answer, at most."""

MOST_CHARS = 100_000
"""A text longer than this is not copy."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A brand project and its database. The brand is read anew for each question: people edit it meanwhile."""

    settings: Settings
    root: Path
    store: Store
    encoder: Callable[[], Encoder]

    def judge_text(
        self, text: str, language: str, channel: str, segment: str = "", campaign: str = ""
    ) -> dict[str, Any]:
        """Judge a text of any origin with the brand's guard: supported figures and claims, receipts of insights, banned
        words, language, typography, limits of the channel. The same as 'inedit guard text'. Nothing is stored.

        language is a tag such as fr or de-CH; channel, segment and campaign are ids of the brand.
        """
        if len(text) > MOST_CHARS:
            raise WrongInput(f"The text has {len(text):,} characters; at most {MOST_CHARS:,} are judged.")
        written = text.strip()
        verdict = judge_text(
            load_project(self.root).brand, written, language=language, channel=channel, segment=segment,
            campaign=campaign, today=datetime.now(UTC).date(),
        )  # fmt: skip
        return verdict_as_json(verdict, written, language)

    def search_insights(
        self, query: str = "", language: str = "", segment: str = "", limit: int = 10
    ) -> dict[str, Any]:
        """Insights of the brand that hold words of the query, the best first; all of them without a query.

        Those that are marked paraphrase_only must not be quoted word for word. Retired and expired ones are left out.
        With a language, only its wordings are given.
        """
        brand = load_project(self.root).brand.on(datetime.now(UTC).date())
        _known("language", language, brand.languages)
        _known("segment", segment, brand.segments)
        wanted = _words(query) or _words(query, 2)  # short ones where there are no others: "lin"
        scored = []
        for insight in brand.insights.values():
            if insight.retired or (language and language not in insight.text):
                continue
            if segment and insight.segments and segment not in insight.segments:
                continue
            text = " ".join(_searchable(insight, language))
            held, short = _words(text), _words(text, 2)
            score = sum(
                one in short
                or (len(one) >= WORD and any(w.startswith(one) or one.startswith(w) for w in held))
                for one in wanted
            )
            if score or not query.strip():
                scored.append((-score, insight))
        scored.sort(key=lambda pair: pair[0])
        most = _limited(limit)
        return {
            "found": len(scored),
            "insights": [
                _in_language(insight.model_dump(mode="json", exclude_defaults=True), language)
                for _, insight in scored[:most]
            ],
        }

    def list_pieces(
        self, campaign: str = "", status: str = "", language: str = "", channel: str = "", limit: int = 20,
        after: str = "",
    ) -> dict[str, Any]:  # fmt: skip
        """Pieces of the archive in the order in which they were made, with text, receipts, findings and cost.

        status is accepted, parked, rejected or failed; after is the id of the piece to go on after.
        """
        if status and status not in set(Status):
            raise WrongInput(f"There is no status '{status}'. There is: {', '.join(Status)}.")
        most = _limited(limit)
        named = {"language": language, "channel": channel}
        found = list(
            islice(
                read_pieces(
                    self.store, campaign_id=campaign or None, status=status or None,
                    after=self._whole_id(after) if after else None,
                    of={name: value for name, value in named.items() if value},
                ),
                most,
            )
        )  # fmt: skip
        if not found and not after:
            self._known_names(campaign=campaign, language=language, channel=channel)
        pieces = accounted(found, self._ledger())
        return {
            "pieces": [piece_as_json(piece) for piece in pieces],
            "go_on_after": pieces[-1].id if len(pieces) == most else None,
        }

    def ledger_summary(self, campaign: str = "", month: str = "") -> dict[str, Any]:
        """What everything cost and what it saved, of a campaign or a month (2026-11), with what finance must look at.

        Money is in millionths of its currency; a price that is not known is unknown, not zero.
        """
        scope = Scope(None, campaign or None, month or None)
        report = dict(reporter(self.store, self.root).report(scope).as_json())
        if not report["calls"]:
            self._known_names(campaign=campaign)
        return report

    def approve_piece(
        self, piece_id: str, by: str, minutes: float, checked: list[str] | None = None
    ) -> dict[str, Any]:
        """Approve a piece that waits for a person, on behalf of the person named in by, who has read it.

        minutes is how long the person took; checked is what it was read for: accuracy, plausibility, sources.
        """
        return self._decided(piece_id, Approval.APPROVED, by, minutes, checked or [])

    def send_back_piece(self, piece_id: str, by: str, minutes: float, comment: str) -> dict[str, Any]:
        """Have a piece that waits for a person written again; comment tells the model what to do in another way."""
        if not comment.strip():
            raise WrongInput("Write a comment: it tells the model what to write in another way.")
        return self._decided(piece_id, Approval.CHANGES_REQUESTED, by, minutes, [], comment)

    def waive_finding(self, piece_id: str, check: str, because: str, by: str) -> dict[str, Any]:
        """Say of a piece that what a check has against it is fine, and why. Copies cannot be let pass."""
        piece, brand = self._piece(piece_id), load_project(self.root).brand
        archive = Archive(
            self.store, brand, lambda texts: self.encoder().encode(texts), index_folder(self.root)
        )
        after = waive(
            archive, self._ledger(), brand.campaigns.get(piece.spec.campaign_id), piece, check, by=by,
            because=because, at=datetime.now(UTC), encoder=self.encoder,
        )  # fmt: skip
        return piece_as_json(after)

    def _decided(
        self,
        piece_id: str,
        approval: Approval,
        by: str,
        minutes: float,
        checked: list[str],
        comment: str = "",
    ) -> dict[str, Any]:
        if not by.strip():
            raise WrongInput("Give the person's name in 'by': it is kept with every piece.")
        if not 0 <= minutes < 24 * 60:
            raise WrongInput("minutes is what the person took, a number that is not negative.")
        if unknown := sorted(set(checked) - set(CHECKED)):
            raise WrongInput(f"Pieces are checked for {', '.join(CHECKED)}, not for {', '.join(unknown)}.")
        piece = self._piece(piece_id)
        if piece.approval is not Approval.PENDING:
            raise WrongInput(f"Piece {piece.id} does not wait for approval: it is {piece.status}.")
        brand = load_project(self.root).brand
        done = decide(
            self.store, self._ledger(), brand, piece, approval, by=by.strip(), at=datetime.now(UTC),
            seconds=int((Decimal(str(minutes)) * 60).to_integral_value()), comment=comment.strip(),
            checked=tuple(checked),
        )  # fmt: skip
        if not done:
            raise WrongInput(f"Somebody else has decided on piece {piece.id} meanwhile.")
        return piece_as_json(self._piece(piece.id))

    def _known_names(self, **named: str) -> None:
        """Where nothing is found, say what of the question the brand does not have."""
        brand = load_project(self.root).brand
        for noun, value in named.items():
            _known(noun, value, getattr(brand, f"{noun}s"))

    def _piece(self, beginning: str) -> Piece:
        (piece,) = read_pieces(self.store, piece_id=self._whole_id(beginning))
        return piece

    def _whole_id(self, beginning: str) -> str:
        found = ids_beginning(self.store, beginning) if beginning else ()
        if len(found) != 1:
            raise WrongInput(
                f"{len(found)} pieces begin with '{beginning}': give the id as list_pieces has it."
            )
        return found[0]

    def _ledger(self) -> Any:
        return open_ledger(self.store, self.root, self.settings)


def _limited(limit: int) -> int:
    if not 1 <= limit <= MOST_ROWS:
        raise WrongInput(f"limit is 1 to {MOST_ROWS}, not {limit}.")
    return limit


def _known(noun: str, value: str, known: Any) -> None:
    if value and value not in known:
        raise WrongInput(f"The brand has no {noun} '{value}'. It has: {', '.join(known)}.")


def _in_language(entry: dict[str, Any], language: str) -> dict[str, Any]:
    """An insight without what is said in other languages."""
    wordings = ("text", "evidence", "tip", "meaning")
    return {
        name: {tag: words for tag, words in value.items() if tag == language}
        if language and name in wordings
        else value
        for name, value in entry.items()
    }


def _searchable(insight: Insight, language: str) -> list[str]:
    texts = [insight.text[language]] if language else list(insight.text.values())
    return [insight.id.replace("-", " "), *texts, *insight.topics, *insight.products]


WORD = 4
"""Letters from which on a word is compared by its beginning."""


def _words(text: str, least: int = WORD) -> set[str]:
    """The words of a text from so many letters on, without case and accents."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return set(re.findall(rf"[a-z0-9]{{{least},}}", "".join(c for c in bare if not unicodedata.combining(c))))
