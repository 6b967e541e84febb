"""The prompt that anybody could write: the brief, and nothing that only the brand knows."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from itertools import product

from inedit.brand.schema import Brand, Campaign, Sheet
from inedit.model import Message, Prompt
from inedit.prompting.wordings import localized

CHARS_PER_WORD = 6.5
"""Characters a word with its space: between English (about 5.7) and German (about 7)."""

TEMPLATE_ID = "mirror"


def generic_prompt(brand: Brand, campaign: Campaign, sheet: Sheet, language: str, number: int) -> Prompt:
    """The ``number``-th question (from 0) to a model that knows the brief but none of the brand's own data.

    It holds the channel's purpose, the campaign's objective and offer, and a segment and tone of the campaign by
    name, dealt by ``number`` so that the answers are as various as a competitor's would be. Insights, claims, voice,
    lexicon and examples are withheld. The answer is plain text, about as long as the parts that the model words.

    Raises:
        ProjectErrors: something has no wording in ``language``; ``inedit check`` tells it earlier.
    """

    def say(texts: dict[str, str], what: str) -> str:
        return localized(texts, language, what)

    cells = list(product(campaign.segments, campaign.tones))
    segment_id, tone_id = cells[number % len(cells)]
    segment, tone = brand.segments[segment_id], brand.tones[tone_id]
    known = _wordings()
    asked = known.get(language) or known.get(language.partition("-")[0]) or known["en"]
    text = asked.format(
        purpose=say(sheet.purpose, f"The purpose of prompts/{sheet.channel}.yaml"),
        objective=say(campaign.objective, f"The objective of campaign '{campaign.id}'"),
        offer=say(campaign.offer, f"The offer of campaign '{campaign.id}'"),
        readers=say(segment.name, f"The name of segment '{segment_id}'"),
        tone=say(tone.name, f"The name of tone '{tone_id}'"),
        language=brand.languages[language].name,
        words=words_asked(sheet),
    ).strip()
    return Prompt((Message("user", text),), TEMPLATE_ID, hashlib.sha256(asked.encode()).hexdigest())


def words_asked(sheet: Sheet) -> int:
    """About how many words the model writes for a channel: three quarters of the room of its own parts."""
    room = sum(part.max_chars for part in sheet.parts if part.source == "model")
    return max(5, round(0.75 * room / CHARS_PER_WORD))


@cache
def _wordings() -> dict[str, str]:
    return tomllib.loads(
        files("inedit.prompting").joinpath("generic_prompt.toml").read_text(encoding="utf-8")
    )
