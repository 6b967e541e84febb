"""Settings to wired objects: the only place that knows every part."""

from __future__ import annotations

from inedit.bootstrap.ledger import (
    LEAST_WORDS_OF_A_REASON,
    MOST_COST,
    free_servers,
    limits_of,
    open_ledger,
    reporter,
    run_limit,
)
from inedit.bootstrap.models import (
    ModelAddress,
    Progress,
    advising_of,
    cosine_by,
    lazy_encoder,
    provider_of,
    served_model,
)
from inedit.bootstrap.pipeline import Batching, open_pipeline, preferences_of
from inedit.bootstrap.project import (
    STATE_FOLDER,
    database_url,
    find_root,
    index_folder,
    issues_of,
    load_all_prompts,
    load_prompts,
    open_project_store,
    prompt_style,
)
from inedit.bootstrap.settings import (
    DEFAULT_ENCODER,
    DEFAULT_MODEL,
    LOCAL_CONCURRENCY,
    MOST_CONCURRENCY,
    PROMPT_CHOICES,
    REMOTE_CONCURRENCY,
    Settings,
    is_embedded,
    prompts_named,
)

__all__ = [
    "DEFAULT_ENCODER",
    "DEFAULT_MODEL",
    "LEAST_WORDS_OF_A_REASON",
    "LOCAL_CONCURRENCY",
    "MOST_CONCURRENCY",
    "MOST_COST",
    "PROMPT_CHOICES",
    "REMOTE_CONCURRENCY",
    "STATE_FOLDER",
    "Batching",
    "ModelAddress",
    "Progress",
    "Settings",
    "advising_of",
    "cosine_by",
    "database_url",
    "find_root",
    "free_servers",
    "index_folder",
    "is_embedded",
    "issues_of",
    "lazy_encoder",
    "limits_of",
    "load_all_prompts",
    "load_prompts",
    "open_ledger",
    "open_pipeline",
    "open_project_store",
    "preferences_of",
    "prompt_style",
    "prompts_named",
    "provider_of",
    "reporter",
    "run_limit",
    "served_model",
]
