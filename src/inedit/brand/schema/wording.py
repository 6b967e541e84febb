"""Words of a language, wanted and unwanted, and texts to keep away from."""

from __future__ import annotations

from typing import Literal

from inedit.brand.schema.base import Id, ProjectModel, Tag, Text


class BannedTerm(ProjectModel):
    """A word the brand does not use, and what it says in its place."""

    term: Text
    instead: str = ""
    why: str = ""


class Lexicon(ProjectModel):
    """The words of one language: wanted, banned, worn out by generated prose, and competitors' names."""

    language: Tag
    wanted: tuple[Text, ...] = ()
    banned: tuple[BannedTerm, ...] = ()
    cliches: tuple[Text, ...] = ()
    competitors: tuple[Text, ...] = ()


class Reference(ProjectModel):
    """A text to keep away from: a competitor's, or the generic one that anybody would write."""

    id: Id
    kind: Literal["competitor", "generic"]
    language: Tag
    text: Text
    source: str = ""
