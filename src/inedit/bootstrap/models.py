"""The models: where the language model answers and who bills it, and the encoder."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from inedit.bootstrap.settings import DEFAULT_MODEL, Settings, is_embedded
from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from inedit.encoding import Encoder
    from inedit.pipeline.advice_forecast import Advising


@dataclass(frozen=True, slots=True)
class ModelAddress:
    """Where the language model answers."""

    base_url: str
    api_key: str
    model: str
    provider: str


Progress = Callable[[int, int, str], None]


@contextmanager
def served_model(settings: Settings, progress: Progress | None = None) -> Iterator[ModelAddress]:
    """The language model's address; an embedded model is started for as long as the context lasts."""
    name = settings.model
    if is_embedded(name):
        from inedit.generation.embedded import EmbeddedServer
        from inedit.generation.weights import resolve

        with EmbeddedServer(resolve(name, progress=progress)) as server:
            yield ModelAddress(server.base_url, server.api_key, server.model, "embedded")
        return
    if not settings.openai_api_key and not settings.openai_base_url:
        raise WrongInput(
            f"Model '{name}' needs a key: set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own "
            f"(Ollama, vLLM, llama.cpp). Without either, use the embedded model: --model {DEFAULT_MODEL}."
        )
    yield ModelAddress(
        settings.openai_base_url, settings.openai_api_key or "none", name, provider_of(settings)
    )


def provider_of(settings: Settings) -> str:
    """Who bills the calls: ``embedded`` (nobody), a provider of the price lists, or a server's own host."""
    from inedit.ledger import provider_of as known_provider

    return "embedded" if is_embedded(settings.model) else known_provider(settings.openai_base_url)


def embedded_models() -> tuple[str, ...]:
    """The names of the models that run here, without a provider, in the order of their catalogue."""
    from inedit.generation.weights import catalogue

    return tuple(weights.name for weights in catalogue())


def advising_of(settings: Settings) -> Advising | None:
    """The model that a run asks about what the guard accepts, with who bills it; None when nobody is asked."""
    from inedit.pipeline.advice_forecast import Advising

    if not settings.advisor:
        return None
    return Advising(settings.advisor, provider_of(replace(settings, model=settings.advisor)))


def lazy_encoder(settings: Settings) -> Callable[[], Encoder]:
    """The encoder, loaded by the first who asks."""

    def load() -> Encoder:
        from inedit.encoding import load_encoder
        from inedit.encoding.remembering import RememberingEncoder

        return RememberingEncoder(load_encoder(settings.encoder))

    return once(load)


def once(load: Callable[[], Encoder]) -> Callable[[], Encoder]:
    """What ``load`` gives, loaded by the first who asks: it takes seconds, and several threads may be first."""
    loading, loaded = threading.Lock(), cache(load)

    def encoder() -> Encoder:
        with loading:
            return loaded()

    return encoder


def cosine_by(settings: Settings) -> Callable[[str, str], float]:
    """The cosine of two texts' vectors; the encoder is loaded when the first pair asks for it."""

    encoder = lazy_encoder(settings)

    def cosine(text_a: str, text_b: str) -> float:
        a, b = encoder().encode([text_a, text_b])
        return float(a @ b)

    return cosine
