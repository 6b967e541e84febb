"""Posts for communities, each in the markup of its place. The parts are plain text, so that all marks are ours.

Limits: a Discord message has 2,000 characters; a Reddit title 300, and its text 40,000; a Telegram message 4,096,
counted in UTF-16 units after its entities are read (core.telegram.org/bots/api#markdownv2-style). Read in
November 2026.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from inedit.exchange.exported import ExportedText
from inedit.exchange.refusals import only, refuse, still_offered, zipped

DISCORD_CHARS, REDDIT_TITLE_CHARS, REDDIT_CHARS, TELEGRAM_UNITS = 2000, 300, 40_000, 4096

_TITLE, _CALL = ("title", "hook", "headline", "subject"), "call_to_action"
_MARKDOWN = re.compile(r"([\\`*_~|<>\[\]])")
_LINE_START = re.compile(r"(?m)^(\s*)([#+-]|\d+(?=[.)]\s)|>)")
_MENTION = re.compile(r"@(?=everyone|here)")
_REDDIT_NAME = re.compile(r"(?<![\w/])(/?[ru])/(?=\w)")
_TELEGRAM = re.compile(r"([_*\[\]()~`>#+\-=|{}.!\\])")
_TELEGRAM_LINK = re.compile(r"([)\\])")


def in_discord(text: str) -> str:
    """Words that Discord shows as they are; nobody is called by them."""
    return _MENTION.sub("@\u200b", _line_starts(_MARKDOWN.sub(r"\\\1", text)))


def in_reddit(text: str) -> str:
    """Words that Reddit shows as they are: « r/lin » leads nowhere."""
    return _REDDIT_NAME.sub(r"\1\/", _line_starts(_MARKDOWN.sub(r"\\\1", text)).replace("^", r"\^"))


def in_telegram(text: str) -> str:
    """Words in MarkdownV2: each of its eighteen characters, and the backslash, is escaped."""
    return _TELEGRAM.sub(r"\\\1", text)


def _line_starts(text: str) -> str:
    """What would begin a heading, a list or a quotation does not."""
    return _LINE_START.sub(lambda m: f"{m[1]}{m[2]}\\" if m[2].isdigit() else f"{m[1]}\\{m[2]}", text)


def as_discord(texts: Sequence[ExportedText]) -> bytes:
    """One message. Raises :class:`~.errors.WrongInput` for several, and for one that Discord would refuse."""
    return _one(texts, "Discord", _discord)


def as_reddit(texts: Sequence[ExportedText]) -> bytes:
    """One post: its title in the first line, then an empty one, then the text."""
    return _one(texts, "Reddit", _reddit)


def as_telegram(texts: Sequence[ExportedText]) -> bytes:
    """One message for ``sendMessage`` with ``parse_mode`` MarkdownV2."""
    return _one(texts, "Telegram", _telegram)


def as_community_archive(texts: Sequence[ExportedText]) -> bytes:
    """A ZIP file with ``ID.discord.md``, ``ID.reddit.md`` and ``ID.telegram.txt`` for each text."""
    still_offered(texts)
    made = {platform: [write(text) for text in texts] for platform, write in _PLACES.items()}
    for platform, posts in made.items():
        refuse(platform, _reasons(platform, texts, posts))
    endings = {"Discord": "discord.md", "Reddit": "reddit.md", "Telegram": "telegram.txt"}
    return zipped(
        (f"{text.piece.id}.{endings[platform]}", post.encode())
        for platform, posts in made.items()
        for text, post in zip(texts, posts, strict=True)
    )


def _one(texts: Sequence[ExportedText], platform: str, write: Callable[[ExportedText], str]) -> bytes:
    text = only(texts, f"A post for {platform}", "community")
    still_offered(texts)
    post = write(text)
    refuse(platform, _reasons(platform, [text], [post]))
    return post.encode()


def _reasons(platform: str, texts: Sequence[ExportedText], posts: Sequence[str]) -> list[str]:
    found = []
    for text, post in zip(texts, posts, strict=True):
        title, _, rest = post.partition("\n")
        counted: Mapping[str, tuple[tuple[str, int, int], ...]] = {
            "Discord": (("characters", len(post.strip()), DISCORD_CHARS),),
            "Reddit": (
                ("characters in its title", len(title), REDDIT_TITLE_CHARS),
                ("characters", len(rest), REDDIT_CHARS),
            ),
            "Telegram": (("units", _units(re.sub(r"\\(.)", r"\1", post.strip())), TELEGRAM_UNITS),),
        }
        found += [
            f"{text.piece.id}: {count:,} {what}, and {platform} takes {most:,}."
            for what, count, most in counted[platform]
            if count > most
        ]
    return found


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _split(text: ExportedText) -> tuple[str, list[str], str]:
    """Title, paragraphs, call to action; a text without a part for a title has none."""
    titles = [id for id in _TITLE if id in text.parts][:1]
    body = [words for id, words in text.parts.items() if id not in (*titles, _CALL)]
    return text.parts[titles[0]] if titles else "", body, text.parts.get(_CALL, "")


def _discord(text: ExportedText) -> str:
    title, body, call = _split(text)
    link = _link(text, f"[{in_discord(call)}](<{{}}>)", in_discord(call))
    head = [f"**{in_discord(title)}**"] if title else []
    return "\n\n".join([*head, *map(in_discord, body), *link]) + "\n"


def _reddit(text: ExportedText) -> str:
    title, body, call = _split(text)
    link = _link(text, f"[{in_reddit(call)}]({{}})", in_reddit(call))
    return f"{' '.join(title.split())}\n\n" + "\n\n".join([*map(in_reddit, body), *link]) + "\n"


def _telegram(text: ExportedText) -> str:
    title, body, call = _split(text)
    addresses = [_TELEGRAM_LINK.sub(r"\\\1", one) for one in text.addresses[:1]]
    link = [f"[{in_telegram(call)}]({one})" for one in addresses if call] or list(
        filter(None, [in_telegram(call)])
    )
    head = [f"*{in_telegram(title)}*"] if title else []
    return "\n\n".join([*head, *map(in_telegram, body), *link]) + "\n"


def _link(text: ExportedText, linked: str, bare: str) -> list[str]:
    """The call to action, leading to the campaign's address where there is one."""
    if not bare:
        return []
    addresses = [one.replace("(", "%28").replace(")", "%29") for one in text.addresses[:1]]
    return [linked.format(one) for one in addresses] or [bare]


_PLACES: Mapping[str, Callable[[ExportedText], str]] = {
    "Discord": _discord, "Reddit": _reddit, "Telegram": _telegram,
}  # fmt: skip
