"""Renders a template for every segment and tone that it can tell apart, so that what only rendering shows is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

from inedit.brand.schema import Brand, Campaign, Sheet
from inedit.model import Finding, Match, Severity, Span, VariantSpec
from inedit.model.errors import Issue, WrongInput
from inedit.prompting.answers import answer_schema
from inedit.prompting.rendering import RenderingIssue, render_messages
from inedit.prompting.templates import Templates
from inedit.prompting.usage import Use, frozen, shape
from inedit.prompting.views import VARIABLES, Variables, build_variables


class SampleRendering:
    """Rendering in one language, for every segment and tone that a template can tell apart.

    Each is rendered as a first attempt and as a next one, with an angle and without.
    """

    def __init__(self, templates: Templates, brand: Brand, language: str) -> None:
        self.templates, self.brand, self.language = templates, brand, language
        self.campaign, self.today = _sample_campaign(brand), _sample_day(brand, language)
        insight = next((i for i in brand.insights.values() if language in i.text), None)
        self.insight_ids = (insight.id,) if insight else ()
        self.segments, self.tones = list(brand.segments), list(brand.tones)
        self.differences: tuple[list[Differences], list[Differences]] | None = None

    def issues(self, channel: str) -> Iterator[Issue]:
        """What goes wrong when the channel's template is rendered."""
        if not self.segments or not self.tones:
            return
        sheet = self.templates.sheets[channel]
        try:
            attempts = [self._variables(sheet, next_attempt=again) for again in (False, True)]
            answer_schema(sheet, attempts[0].wordings)
        except WrongInput as error:
            remedy = "Add one in brand_data/, or give the part another source."
            where = self.templates.sheet_file(channel)
            yield Issue(where, 0, 0, "no-wording", str(error).partition(" Add one")[0], remedy)
            return
        uses = frozenset(
            use
            for path in self.templates.files(channel, self.language)
            for use in self.templates.facts(path).uses
        )
        by_segment, by_tone = (_distinct(found, uses) for found in self._differences(sheet))
        for segment, tone, variables in product(by_segment, by_tone, attempts):
            try:
                render_messages(self.templates, sheet, replace(variables, **segment, **tone))
            except RenderingIssue as error:
                yield error.issue

    def _differences(self, sheet: Sheet) -> tuple[list[Differences], list[Differences]]:
        """What each segment changes, and each tone: the same for every channel of the language."""
        if self.differences is None:
            self.differences = (
                _differing([self._variables(sheet, segment=segment) for segment in self.segments]),
                _differing([self._variables(sheet, tone=tone) for tone in self.tones]),
            )
        return self.differences

    def _variables(
        self, sheet: Sheet, *, segment: str = "", tone: str = "", next_attempt: bool = False
    ) -> Variables:
        angle = next(iter(self.brand.angles), "") if next_attempt else ""
        spec = VariantSpec(
            self.campaign.id, sheet.channel, segment or self.segments[0], self.language,
            tone or self.tones[0], 0, angle, self.insight_ids,
        )  # fmt: skip
        return build_variables(
            self.brand, self.campaign, sheet, spec, self.today,
            findings=_SAMPLE_FINDINGS if next_attempt else (),
            previous={part.id: "…" for part in sheet.parts} if next_attempt else None,
        )  # fmt: skip


Differences = dict[str, Any]
"""Supplied values that one segment or tone changes, by name."""


def _differing(seen: list[Variables]) -> list[Differences]:
    """For each of the variables, those values that are not the same in all of them."""
    first = seen[0]
    names = [
        name
        for name in VARIABLES
        if any(frozen(getattr(other, name)) != frozen(getattr(first, name)) for other in seen[1:])
    ]
    return [{name: getattr(variables, name) for name in names} for variables in seen]


def _distinct(differences: list[Differences], uses: frozenset[Use]) -> list[Differences]:
    """One of each shape that the uses can tell apart."""
    by_shape: dict[tuple[object, ...], Differences] = {}
    relevant = frozenset(use for use in uses if any(use.name in found for found in differences))
    for found in differences:
        by_shape.setdefault(shape(found, relevant), found)
    return list(by_shape.values())


_SAMPLE_FINDINGS = (
    Finding(
        "sample",
        Severity.BLOCK,
        "A sample.",
        Span(0, 1),
        (Match("0", "sample", 1.0, (Span(0, 1),)),),
        "A sample.",
    ),
)


def _sample_campaign(brand: Brand) -> Campaign:
    """A brief in every language of the brand, so that checking depends on no campaign."""
    sample = dict.fromkeys(brand.languages, "…")
    return Campaign(
        id="sample", name="sample", objective=sample, offer=sample,
        channels=("sample",), segments=("sample",), languages=tuple(brand.languages), tones=("sample",),
    )  # fmt: skip


def _sample_day(brand: Brand, language: str) -> date:
    """A day on which at least one claim of the language may be said: checking reads no clock."""
    starts: Sequence[date] = [c.valid_from for c in brand.claims.values() if language in c.text]
    return max(starts, default=date.min + timedelta(days=1))
