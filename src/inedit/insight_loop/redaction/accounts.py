"""E-mail addresses, handles, links that lead to a person, IP addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from inedit.insight_loop.redaction.people import is_first_name
from inedit.insight_loop.redaction.spans import Found, matches

_LOCAL_STOPS = frozenset("@<>()[],;:\"'|*")
_DOMAIN = re.compile(r" ?[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*\.[^\W\d_]{2,24}")
_AT = r"(?: ?[(\[{<] ?(?:at|a|@|arobase|arroba|chiocciola|ät) ?[)\]}>] ?| (?:arobase|arroba|chiocciola|klammeraffe|ät) |[-_]at[-_])"
_DOT = r"(?:\.| \. | ?[(\[{<] ?(?:dot|point|punkt|punto|\.) ?[)\]}>] ?| (?:dot|point|punkt|punto) )"
_CHOSEN_NAME = r"(?=[\w+-]*\w[._\d+-]\w*)[\w+-]+(?:\.[\w+-]+)*"
"""What stands before « at » in an address and nowhere else: letters with digits, dots, dashes in them."""
_PROVIDERS = (
    r"gmail|hotmail|outlook|yahoo|live|msn|icloud|proton(?:mail)?|gmx|web|t-online|orange|free|wanadoo|sfr|laposte|"
    r"libero|virgilio|tiscali|telefonica|terra|btinternet"
)
_PROVIDERS_ALONE = r"gmail|hotmail|yahoo|icloud|proton(?:mail)?|gmx|t-online|wanadoo|laposte|btinternet"
"""Those that are no words and no firms of which one may speak for other reasons: « we met at orange »."""
_FILES = r"(?:jpe?g|png|gif|webp|html?|php|pdf|docx?|xlsx?|csv|txt|zip|mp[34]|mov)"
"""Behind the last dot these are the ends of files: pic_at_home.jpg."""
_SPELLED_EMAIL = re.compile(
    rf"(?<!\w)[\w+-]+(?:{_DOT}[\w+-]+)*{_AT}[\w-]+(?:{_DOT}[\w-]+)*{_DOT}(?!{_FILES}\b)[a-z]{{2,10}}\b"
    rf"|(?<!\w)[\w+-]+(?:{_DOT}[\w+-]+)* at (?:(?:[\w-]+(?: (?:dot|punkt|punto|point) | ?[(\[](?:dot|point|punkt|punto|\.)[)\]] ?))+|(?:{_PROVIDERS}){_DOT})[a-z]{{2,10}}\b"
    rf"|(?<!\w){_CHOSEN_NAME} (?:at|chez) [\w-]+(?:{_DOT}[\w-]+)*{_DOT}[a-z]{{2,10}}\b"
    rf"|(?<!\w)[\w.+-]+ ?@ ?[\w-]+(?:{_DOT}[\w-]+)*{_DOT}[a-z]{{2,10}}\b"
    rf"|(?<!\w)[\w.+-]+(?: ?(?:@|\bat\b) ?(?:{_PROVIDERS_ALONE})|(?:@|{_AT}) ?(?:{_PROVIDERS}))\b(?!\.\w)",
    re.IGNORECASE,
)
_APART = re.compile(
    rf"(?<![\w.+-])(?P<user>[\w.+-]*\w) (?:@ ?(?:{_PROVIDERS})|at (?:outlook|msn))\b(?!\.\w)", re.IGNORECASE
)
"""A name, « @ » or « at » between spaces, a provider without its ending: a mailbox where the name is one of a mailbox."""
_OF_A_MAILBOX = re.compile(
    r"(?=[\w.+-]*[^\W\d_])(?=[\w.+-]*[\d_.])[\w.+-]+"
    r"|(?!bl|br|ch|cl|cr|dj|dr|dw|fl|fr|gh|gl|gn|gr|kh|kl|kn|kr|ll|mn|pf|ph|pl|pn|pr|ps|rh|sc|sh|sk|sl|sm|sn|sp|sq|st|sv|sw|th|tr|ts|tw|wh|wr|zw)"
    r"[b-df-hj-np-tv-xz]{2}\w*[aeiouy]\w+",
    re.IGNORECASE,
)
"""With digits, dots or underscores in it, or an initial and a surname (jdupont): two consonants that begin no word."""
_AT_SIGN = re.compile(
    r"arrob|arob|chiocciola|klammeraffe|ät|[(\[{<] ?a(?:t|rob\w+)? ?[)\]}>]|[-_]at[-_]| chez "
)
_LINK = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,9}://|\bwww\.)[^\s<>\"«»)\]]+|\b(?:mailto|tel):[^\s<>\"]+", re.IGNORECASE
)
_PEOPLE_HOSTS = (
    r"(?:[a-z-]+\.)?(?:facebook|fb|instagram|twitter|x|tiktok|linkedin|snapchat|pinterest|threads|vinted|bsky|strava|"
    r"paypal|onlyfans|patreon|ko-fi|linktr|behance|flickr|last|soundcloud|twitch|vk|xing|github|gitlab|t|wa|telegram|"
    r"calendly|doctolib|about)\.(?:com|me|net|ee|app|tv|org|fm|fr|de|es|it|co\.uk|ru)"
)
_BARE_LINK = re.compile(rf"(?<![\w@./-]){_PEOPLE_HOSTS}/[\w.@/+%-]+", re.IGNORECASE)
_PEOPLE_HOST = re.compile(rf"(?:www\.)?{_PEOPLE_HOSTS}", re.IGNORECASE)
_PERSONAL_PATH = re.compile(
    r"/(?:@|~|u/|users?/|profiles?/|profil/|members?/|membres?/|mitglied(?:er)?/|miembros?/|utent[ei]/|usuarios?/|in/|"
    r"people/|author/|auteur/|autor/|account/|channel/|c/|gp/profile)",
    re.IGNORECASE,
)
_BLOGS = re.compile(
    r"^(?!www\.)[\w-]+\.(?:tumblr|wordpress|blogspot|medium|substack|carrd|over-blog|jimdo|wixsite|github|bandcamp)\.\w+$"
)
_SYMBOL = r"(?:[\u2190-\u2bff\ufe0f\ufffd\U0001f000-\U0001faff]|\?(?=\w))"
"""A sign that people set into their names, such as an emoji, or what an old encoding left of it."""
_HANDLE = re.compile(
    r"<(?:@[!&]?|#)(?P<d>\d{5,20})>"  # Discord's own form of a mention
    rf"|(?<![\w@.])@(?!(?:everyone|here|all|channel|tous|alle|todos|tutti)\b)(?:{_SYMBOL}*\w(?:(?:[\w.-]|{_SYMBOL})*(?:\w|{_SYMBOL}))?)"
    r"(?:@[\w-]+\.[\w.-]*\w)?"
    r"|(?<![\w@.])@ (?=[\w.-]*[_\d])[^\W\d][\w.-]*\w"
    r"|(?<![\w/])/?u/[\w-]{3,32}\b"
    r"|(?<![\w#])[\w.]{2,32}#\d{4}\b(?!\d)"
)
_SERVICES = (
    r"insta(?:gram)?|snap(?:chat)?|tik ?tok|twitter|discord|telegram|skype|whats ?app|facebook|fb|messenger|vinted|psn|steam|"
    r"twitch|signal|wechat|mastodon|bluesky|threads|linkedin|pinterest|youtube"
)
_NAMED_HANDLE = re.compile(
    rf"\b(?:{_SERVICES}|pseudo|username|user ?name|benutzername|nick(?:name)?|nom d'utilisateur|usuario|nome utente|handle)"
    r"(?: ?[:=>]+ ?|,? (?:c'est|is|ist|es|è|lautet|est) |(?= @))(?P<x>@?[\w][\w.-]{2,30})",
    re.IGNORECASE,
)
_CHOSEN = re.compile(
    rf"\b(?:{_SERVICES}|ig|pseudo|username)(?:,? (?:@ ?)?|\)? ?)(?<=[ )])(?P<x>(?=[\w.-]*[^\W\d_])(?=[\w.-]*(?:\d|_|[^\W\d_]\.[^\W\d_]))\w[\w.-]{{2,30}}\w)",
    re.IGNORECASE,
)
"""After the name of a service, a word that only a person chooses: letters with digits, dots or underscores in them."""
_SERVICE = re.compile(
    r"\big\b|insta|snap|tok|twit|disco|gram|skype|app|book|\bfb|mess|vint|psn|steam|sign|chat|mast|sky|thre|link|pint|tube|pseudo|user|usu|ben|nick|nom|"
    r"hand"
)
_IPV4 = re.compile(r"(?<![\w.])(?P<x>(?:\d{1,3}\.){3}\d{1,3})(?::\d{2,5})?(?![\w]|\.\d)")
_VERSION = re.compile(r"(?:v|ver|version|versión|versione|firmware|release|build)\.? ?$", re.IGNORECASE)
_IPV6 = re.compile(r"(?<![\w:.])(?=[0-9a-f:]*:[0-9a-f:]*:)[0-9a-f:]{3,39}(?![\w:])", re.IGNORECASE)
_MAC = re.compile(r"(?<![\w:-])[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}(?![\w:-])", re.IGNORECASE)
_NO_HANDLE = frozenset(
    [
        "the",
        "a",
        "an",
        "le",
        "la",
        "les",
        "un",
        "une",
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "el",
        "los",
        "las",
        "il",
        "lo",
        "not",
        "pas",
        "kein",
        "no",
        "non",
        "super",
        "très",
    ]
)


def account_spans(text: str) -> Iterator[Found]:
    """Where a text names somebody's account, mailbox, page or machine."""
    lower = text.lower()
    if "@" in text:
        yield from _emails(text)
    if "@" in text or " at " in lower or _spelled(lower):
        yield from matches(_SPELLED_EMAIL, text, "email")
        for match in _APART.finditer(text):
            if _OF_A_MAILBOX.fullmatch(match["user"]) or is_first_name(match["user"]):
                yield Found(match.start(), match.end(), "email")
    if "@" in text or "#" in text or "u/" in text:
        yield from matches(_HANDLE, text, "handle")
    for match in _NAMED_HANDLE.finditer(text) if _SERVICE.search(lower) else ():
        if match["x"].lower() not in _NO_HANDLE and _looks_chosen(match):
            yield Found(match.start("x"), match.end("x"), "handle")
    if _SERVICE.search(lower):
        yield from matches(_CHOSEN, text, "handle")
    if "." in text or ":" in text:
        yield from _machines(text)


def _spelled(lower: str) -> bool:
    return _AT_SIGN.search(lower) is not None


def _looks_chosen(match: re.Match[str]) -> bool:
    """After a colon anything may be a handle; after «is» it has a sign, a digit, or stands at the end."""
    if re.search(r"[:=>@]", match[0][: match.start("x") - match.start()]) or re.search(
        r"[\d_@.-]", match["x"]
    ):
        return True
    return match.end() >= len(match.string.rstrip(" .!?\n"))


def link_spans(text: str) -> Iterator[Found]:
    """Where a text has a link that leads to a person, or what a link knows of who shared it. Links are read to their
    end, however long they are, and no character is read twice."""
    if not ("/" in text or ":" in text or "www." in text.lower()):
        return
    yield from matches(_BARE_LINK, text, "link")
    for match in _LINK.finditer(text):
        address = match[0].rstrip(".,;:!?'")
        end = match.start() + len(address)
        try:
            parts = urlsplit(address if "://" in address else f"//{address}")
            host = parts.hostname or ""
        except ValueError:
            yield Found(match.start(), end, "link")
            continue
        personal = (
            not host
            or address.lower().startswith(("mailto:", "tel:"))
            or "@" in parts.netloc
            or (_PEOPLE_HOST.fullmatch(host) and parts.path.strip("/"))
            or _PERSONAL_PATH.search(parts.path)
            or _BLOGS.match(host)
        )
        if personal:
            yield Found(match.start(), end, "link")
        elif parts.query or parts.fragment:  # who shares an address shares what it knows of him
            cut = address.find("?") if parts.query else address.find("#")
            yield Found(match.start() + cut, end, "link")


def _emails(text: str) -> Iterator[Found]:
    """From each @ to both sides: no letter before it is read more than once."""
    end = 0
    for index in (index for index, character in enumerate(text) if character == "@"):
        last = index - 1 if text[max(0, index - 1) : index] == " " else index
        start = last
        while start > end and not (text[start - 1].isspace() or text[start - 1] in _LOCAL_STOPS):
            start -= 1
        if start < last and (domain := _DOMAIN.match(text, index + 1)):
            yield Found(start, domain.end(), "email")
            end = domain.end()


def _machines(text: str) -> Iterator[Found]:
    for match in _IPV4.finditer(text):
        if all(int(part) <= 255 for part in match["x"].split(".")) and not _VERSION.search(
            text[: match.start()]
        ):
            yield Found(match.start(), match.end(), "ip")
    if text.count(":") > 1:
        for match in _IPV6.finditer(text):
            try:
                ip_address(match[0])
            except ValueError:
                continue
            if sum(character.isalnum() for character in match[0]) > 3:  # «::» and «::1» name nobody
                yield Found(match.start(), match.end(), "ip")
        yield from matches(_MAC, text, "ip")
    elif text.count("-") > 4:
        yield from matches(_MAC, text, "ip")
