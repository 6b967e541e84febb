"""The address of a model server and the key sent to it: whether they can be one, and how messages show them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from inedit.model.errors import WrongInput

OPENAI_URL = "https://api.openai.com/v1"


def check_address(address: str, key: str) -> bool:
    """Whether the address is OpenAI's own. Raises WrongInput for an address or a key that cannot be one."""
    try:
        scheme, host, _ = urlsplit(address).scheme, urlsplit(address).hostname, urlsplit(address).port
    except ValueError:
        scheme, host = "", None
    if scheme not in ("http", "https") or not host:
        raise WrongInput(
            f"'{without_credentials(address)}' is not the address of a model server. "
            "Give one that starts with http:// or https:// in OPENAI_BASE_URL."
        )
    if "@" in urlsplit(address).netloc:
        raise WrongInput(
            f"The address of {without_credentials(address)} holds a user name or a password, beside which no key can "
            "be sent. Take it out of OPENAI_BASE_URL."
        )
    official = host == urlsplit(OPENAI_URL).hostname
    if official and not key:
        raise WrongInput(
            "There is no API key. Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server that needs none, "
            "or use the embedded model."
        )
    if not (key.isascii() and key.isprintable()):
        raise WrongInput("The API key holds characters that no key has. Set OPENAI_API_KEY again.")
    return official


def without_credentials(address: str) -> str:
    """The address without a user name or password, as messages may show it."""
    return re.sub(r"//[^/]*@", "//", address)
