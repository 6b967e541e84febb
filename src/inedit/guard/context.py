"""What a check may know of the draft in front of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from inedit.brand.schema import Brand, Campaign, Sheet
from inedit.guard.similarity.generic import GenericTexts, Reflection
from inedit.model import Draft, Finding, Match, Prompt, Receipt


@dataclass(frozen=True, slots=True)
class Nearness:
    """What vectors and indexes had to say of the draft: asked once, before the checks, which stay pure.

    ``generic`` are the generic texts and ``reflection`` how the draft stands to them; ``copies`` are the texts that it
    copies; ``common`` is what any text of the brand may repeat; ``unused_insight`` is one that the draft does not tell,
    in its language, to start from instead; ``siblings`` are the accepted texts of the campaign in its language, each as
    the parts that the model worded, which ``find_siblings`` gives when a check asks for them; ``retold`` are passages
    that tell a supplied insight in words of their own. Where nothing was asked, nothing is found.
    """

    generic: GenericTexts | None = None
    reflection: Reflection | None = None
    copies: tuple[Match, ...] = ()
    common: tuple[str, ...] = ()
    unused_insight: str = ""
    siblings: tuple[tuple[str, ...], ...] = ()
    retold: tuple[Receipt, ...] = ()
    find_siblings: Callable[[], tuple[tuple[str, ...], ...]] | None = field(
        default=None, repr=False, compare=False
    )

    def beside(self) -> tuple[tuple[str, ...], ...]:
        """The siblings, asked for where they are not known yet."""
        return self.find_siblings() if self.find_siblings else self.siblings


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a check may consult: the brand, the brief, the channel's parts, the prompt, today's date, and what
    stands near the draft."""

    brand: Brand
    campaign: Campaign
    sheet: Sheet
    prompt: Prompt
    today: date
    nearness: Nearness = Nearness()
    memo: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What several checks make of all this but what stands near, made once: by what it is and for which variant. A copy
    begins anew."""

    def near(self, nearness: Nearness) -> Context:
        """The same beside what stands near the draft; what was worked out of the rest holds."""
        found = replace(self, nearness=nearness)
        object.__setattr__(found, "memo", self.memo)
        return found


class Asked:
    """A draft in a context, known by identity: checks, verdict and search by meaning ask for the same things. Only for
    what does not depend on what stands near, so that a context and what :meth:`Context.near` gives are alike."""

    __slots__ = ("context", "draft")

    def __init__(self, draft: Draft, context: Context) -> None:
        self.draft, self.context = draft, context

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Asked) and self.draft is other.draft and self.context.memo is other.context.memo
        )

    def __hash__(self) -> int:
        return hash((id(self.draft), id(self.context.memo)))


Check = Callable[[Draft, Context], tuple[Finding, ...]]
"""A check is a plain function; the tuple :data:`inedit.guard.judge.CHECKS` lists them in order."""
