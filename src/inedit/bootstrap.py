"""Settings to wired objects: the only place that knows every part."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from inedit.errors import Issue, StoreError, WrongInput, errors_among

if TYPE_CHECKING:
    from inedit.brand.load import Project
    from inedit.brand.preferences import Preferences
    from inedit.brand.schema import Campaign
    from inedit.encoding import Encoder
    from inedit.ledger import Ledger, Limit
    from inedit.ledger.reports.reporter import Reporter
    from inedit.pipeline.task import Pipeline
    from inedit.prompting import Style, Templates
    from inedit.store import Store

DEFAULT_MODEL = "qwen2.5-coder-1.5b-instruct"
DEFAULT_ENCODER = "use-multilingual-v3"
REMOTE_CONCURRENCY = 16
LOCAL_CONCURRENCY = 2
MOST_CONCURRENCY = 256
MOST_COST = 1_000_000_000
"""In any currency: the ledger counts millionths of it."""
LEAST_WORDS_OF_A_REASON = 2
"""``1``, ``yes`` or ``true`` say that a server is free, not why."""

PROMPT_CHOICES = ("auto", "full", "small")
"""Which prompts a run reads: those for capable models, those for small ones, or what suits the model."""

STATE_FOLDER = ".inedit"
"""Folder of a brand project in which the default database lives."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says. The key is never printed: it is left out of ``repr``."""

    model: str = DEFAULT_MODEL
    encoder: str = DEFAULT_ENCODER
    database_url: str = ""
    openai_base_url: str = ""
    openai_api_key: str = ""
    pieces_at_once: int = 0  # 0: what suits the model
    prompts: str = "auto"  # full, small, or auto: what suits the model
    free_server: str = ""  # why nobody bills the calls to openai_base_url; empty: somebody does

    def __repr__(self) -> str:
        key = "set" if self.openai_api_key else "not set"
        return f"Settings(model={self.model!r}, encoder={self.encoder!r}, openai_api_key={key})"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read ``INEDIT_MODEL``, ``_ENCODER``, ``_DATABASE_URL``, ``_CONCURRENCY``, ``_PROMPTS``, ``_FREE_SERVER``;
        ``OPENAI_BASE_URL``, ``_API_KEY``.

        Raises :class:`~inedit.errors.WrongInput` for a concurrency, an address or a choice that cannot be one.
        """
        env = os.environ if environ is None else environ
        at_once = env.get("INEDIT_CONCURRENCY", "")
        if at_once and not (re.fullmatch(r"\d{1,3}", at_once) and 1 <= int(at_once) <= MOST_CONCURRENCY):
            raise WrongInput(
                f"INEDIT_CONCURRENCY is '{at_once}': give how many pieces to make at once, 1 to {MOST_CONCURRENCY}."
            )
        address = env.get("OPENAI_BASE_URL", "")
        if not _can_be_address(address):
            raise WrongInput(
                "OPENAI_BASE_URL is not the address of a model server: give one such as http://127.0.0.1:11434/v1."
            )
        return cls(
            model=env.get("INEDIT_MODEL") or DEFAULT_MODEL,
            encoder=env.get("INEDIT_ENCODER") or DEFAULT_ENCODER,
            database_url=env.get("INEDIT_DATABASE_URL", ""),
            openai_base_url=address,
            openai_api_key=env.get("OPENAI_API_KEY", ""),
            pieces_at_once=int(at_once or 0),
            prompts=prompts_named(env.get("INEDIT_PROMPTS") or "auto", "INEDIT_PROMPTS"),
            free_server=env.get("INEDIT_FREE_SERVER", "").strip(),
        )

    @property
    def concurrency(self) -> int:
        """How many pieces are in the making at once."""
        return self.pieces_at_once or (LOCAL_CONCURRENCY if is_embedded(self.model) else REMOTE_CONCURRENCY)


def prompts_named(choice: str, by: str) -> str:
    """A choice of prompts as it was typed; :class:`~inedit.errors.WrongInput` says what ``by`` may be."""
    if choice not in PROMPT_CHOICES:
        raise WrongInput(f"{by} is '{choice}': give one of {', '.join(PROMPT_CHOICES)}.")
    return choice


def prompt_style(settings: Settings, project: Project) -> Style:
    """Which of the project's prompts a run reads: the chosen ones, or those that suit the model.

    Embedded models read the small ones. A project without ``prompts/small/`` has one kind only, which all models read;
    it is the short kind, that earlier versions shipped, unless ``full`` is asked for by name.
    """
    from inedit.prompting import styles

    if settings.prompts != "auto":
        return "small" if settings.prompts == "small" else "full"
    return "small" if is_embedded(settings.model) or "small" not in styles(project) else "full"


def load_prompts(settings: Settings, project: Project, campaign: Campaign | None = None) -> Templates:
    """The project's templates in the style that :func:`prompt_style` gives, checked; with ``campaign`` those that its
    brief needs."""
    from inedit.prompting import load_templates

    return load_templates(project, prompt_style(settings, project), campaign)


def load_all_prompts(settings: Settings, project: Project) -> Mapping[str, Templates]:
    """The project's templates in every style that it has, by its name; the one that a run would read comes first."""
    from inedit.prompting import load_templates, styles

    chosen = prompt_style(settings, project)
    named = dict.fromkeys((chosen, *styles(project)))
    return {style: load_templates(project, style) for style in named}


def _can_be_address(text: str) -> bool:
    """Whether a text can be taken apart as a URL."""
    try:
        _ = urlsplit(text).port
    except ValueError:  # such as brackets that are not closed
        return False
    return text.strip().isprintable()


def find_root(start: Path | None = None) -> Path:
    """The brand project around ``start`` (default: the current folder): the nearest folder with ``brand_data``."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "brand_data").is_dir():
            return folder
    raise WrongInput(
        f"No brand project here: neither {here} nor a folder above it has a 'brand_data' folder. "
        "Go to your project, name it with --project, or make one with 'inedit init FOLDER'."
    )


def database_url(settings: Settings, root: Path) -> str:
    """``INEDIT_DATABASE_URL``, or an SQLite file inside the project."""
    return settings.database_url or f"sqlite:///{root / STATE_FOLDER / 'inedit.db'}"


@contextmanager
def open_project_store(settings: Settings, root: Path) -> Iterator[Store]:
    """The project's database, made and migrated when needed."""
    from inedit.store import open_store

    if not settings.database_url:
        try:
            (root / STATE_FOLDER).mkdir(exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"Cannot write in {root}: {error.strerror}. Make the folder writable, or set INEDIT_DATABASE_URL."
            ) from error
    store = open_store(database_url(settings, root))
    try:
        yield store
    finally:
        store.close()


def lazy_encoder(settings: Settings) -> Callable[[], Encoder]:
    """The encoder, loaded by the first who asks: it takes seconds, and several threads may be first."""
    loading = threading.Lock()

    @cache
    def load() -> Encoder:
        from inedit.encoding import load_encoder
        from inedit.encoding.remembering import RememberingEncoder

        return RememberingEncoder(load_encoder(settings.encoder))

    def encoder() -> Encoder:
        with loading:
            return load()

    return encoder


def cosine_by(settings: Settings) -> Callable[[str, str], float]:
    """The cosine of two texts' vectors; the encoder is loaded when the first pair asks for it."""

    encoder = lazy_encoder(settings)

    def cosine(text_a: str, text_b: str) -> float:
        a, b = encoder().encode([text_a, text_b])
        return float(a @ b)

    return cosine


def is_embedded(model: str) -> bool:
    """Whether the name means weights that we run ourselves: one of the catalogue, or a GGUF file."""
    from inedit.generation.weights import catalogue

    return model.endswith(".gguf") or model in {weights.name for weights in catalogue()}


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


@asynccontextmanager
async def open_pipeline(
    project: Project,
    settings: Settings,
    store: Store,
    address: ModelAddress,
    *,
    concurrency: int,
    limits: Sequence[Limit] = (),
    today: date | None = None,
    encoder: Callable[[], Encoder] | None = None,
) -> AsyncIterator[Pipeline]:
    """The production line, wired and ready to run; ``encoder`` is one that is there already."""
    from inedit.archive.admission import Archive
    from inedit.generation.adaptive_limiter import AdaptiveConcurrencyLimiter
    from inedit.generation.client import ChatModel
    from inedit.generation.rate_limiter import RateLimiter, load_pace
    from inedit.pipeline.generic_texts import Mirror
    from inedit.pipeline.metered_call import MeteredModel
    from inedit.pipeline.task import Pipeline

    templates = load_prompts(settings, project)
    ledger = open_ledger(store, project.root, settings).with_limits(*limits)

    encoder = encoder or lazy_encoder(settings)

    async with ChatModel(address.base_url, address.api_key, address.model) as model:
        metered_model = MeteredModel(
            model,
            ledger,
            AdaptiveConcurrencyLimiter(concurrency),
            RateLimiter(store, load_pace(project.root)),
        )
        yield Pipeline(
            brand=project.brand,
            templates=templates,
            archive=Archive(store, project.brand, lambda texts: encoder().encode(texts)),
            ledger=ledger,
            metered_model=metered_model,
            mirror=Mirror(project.brand, templates, metered_model, store, encoder, address.provider),
            encoder=encoder,
            today=today or datetime.now(UTC).date(),
            provider=address.provider,
            preferences=partial(preferences_of, store),
        )


def preferences_of(store: Store, campaign: Campaign, run_id: str | None = None) -> Preferences:
    """What a campaign's plan prefers by A/B tests: today, or as it was when the run with this id began."""
    from inedit.archive.runs import read_run_preferences
    from inedit.insight_loop.experiments.learning import read_preferences

    return read_preferences(store, campaign) if run_id is None else read_run_preferences(store, run_id)


def open_ledger(store: Store, root: Path, settings: Settings | None = None) -> Ledger:
    """The ledger of a store under what finance has set down in the project: prices, rates, budgets.

    With ``settings`` it also prices calls to the server that they declare free.
    """
    from inedit.ledger import Ledger, load_pricing_config

    ledger = Ledger.under(load_pricing_config(root), store)
    return ledger.with_free(free_servers(settings)) if settings else ledger


def free_servers(settings: Settings) -> Mapping[str, str]:
    """The server whose calls nobody bills, with the reason, as ``INEDIT_FREE_SERVER`` declares it; else nothing.

    Raises :class:`~inedit.errors.WrongInput` for a word that is no reason, and for a provider of the price lists: its
    calls are billed, whatever the environment says.
    """
    from inedit.ledger import provider_of as known_provider

    reason = settings.free_server
    if not reason or is_embedded(settings.model):
        return {}
    provider = known_provider(settings.openai_base_url)
    if provider != urlsplit(settings.openai_base_url).netloc.rpartition("@")[2]:
        raise WrongInput(
            f"INEDIT_FREE_SERVER declares the calls free, but they go to '{provider}', which bills them. Unset it, or "
            "write a price of zero with its reason into brand_data/prices.yaml."
        )
    if len(reason.split()) < LEAST_WORDS_OF_A_REASON:
        raise WrongInput(
            f"INEDIT_FREE_SERVER is '{reason}': say in some words why nobody bills the calls to {provider}, such as "
            "'our own Ollama'."
        )
    return {provider: reason}


def limits_of(campaign: Campaign, max_cost: str | None = None) -> tuple[Limit, ...]:
    """The hard limits of a run: the brief's budget, and ``max_cost`` (``2.50``, ``2,50 €``) for this run alone.

    Without a currency, ``max_cost`` is in that of the brief's budget, else in euros. Under a hard limit an unknown
    price is refused, on this machine too: a gateway on localhost is a paid server.
    """
    from inedit.ledger import Limit

    limits = []
    currency = campaign.budget.currency if campaign.budget else "EUR"
    if campaign.budget:
        micros = int(campaign.budget.amount * 1_000_000)
        limits.append(Limit("campaign", micros, currency))
    if max_cost is not None:
        limits.append(run_limit(max_cost, currency))
    return tuple(limits)


def run_limit(max_cost: str, currency: str) -> Limit:
    """The limit of one run, as it was typed; ``currency`` is meant when it names none."""
    from inedit.ledger import Limit
    from inedit.ledger.pricing.amounts import parse_amount

    value, named = parse_amount(max_cost)
    if value > MOST_COST:
        raise WrongInput(f"A maximum cost is at most {MOST_COST:,}, not '{max_cost}'.")
    return Limit("run", int(value * 1_000_000), named or currency)


def reporter(store: Store, root: Path) -> Reporter:
    """Reports on the project's ledger, with the dates and budgets of its briefs.

    Raises :class:`~inedit.errors.ProjectErrors` when the project cannot be read.
    """
    from inedit.brand.load import load_project
    from inedit.ledger.reports.reporter import Reporter

    brand = load_project(root).brand
    briefs = brand.campaigns.values()
    ledger = open_ledger(store, root).with_limits(*_budgets_of(briefs))
    return Reporter(ledger, {brief.id: brief.briefed for brief in briefs if brief.briefed}, brand.baseline)


def _budgets_of(briefs: Iterable[Campaign]) -> tuple[Limit, ...]:
    """The budgets of the briefs as hard limits, each of its own campaign: for a report on what became of them."""
    from inedit.ledger import Limit

    return tuple(
        Limit("campaign", int(brief.budget.amount * 1_000_000), brief.budget.currency, scope_id=brief.id)
        for brief in briefs
        if brief.budget
    )


def issues_of(root: Path) -> tuple[Issue, ...]:
    """Every error and warning in a brand project: its data first, then its templates, which are read in any case and
    rendered once the data is in order."""
    from inedit.brand.lists import read_list
    from inedit.brand.load import read_project
    from inedit.generation.rate_limiter import check_pace
    from inedit.insight_loop.places import check_places
    from inedit.insight_loop.return_on_community import FILE, CommunityMonth
    from inedit.ledger import check_pricing_config
    from inedit.prompting import check_coverage, check_templates, check_wordings

    reading = read_project(root, datetime.now(UTC).date())
    _, returns = read_list(root, FILE, CommunityMonth)
    issues = (*reading.issues, *check_pricing_config(root), *check_pace(root), *check_places(root), *returns)
    sound = not errors_among(issues)
    issues = (*issues, *check_wordings(reading.registry))
    if reading.project is None:
        return issues
    return (*issues, *check_templates(reading.project, rendering=sound), *check_coverage(reading.project))


def provider_of(settings: Settings) -> str:
    """Who bills the calls: ``embedded`` (nobody), a provider of the price lists, or a server's own host."""
    from inedit.ledger import provider_of as known_provider

    return "embedded" if is_embedded(settings.model) else known_provider(settings.openai_base_url)
