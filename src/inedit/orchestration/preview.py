"""*Preview a prompt*: exactly what a model would read. Nothing is sent."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from prefect import flow
from prefect.artifacts import acreate_markdown_artifact
from prefect.states import Completed, State

from inedit.bootstrap import Settings, load_prompts
from inedit.brand.explain import explain
from inedit.orchestration.forms import PreviewForm, read
from inedit.orchestration.markdown import safe
from inedit.orchestration.project import campaign_of, open_project, told
from inedit.planning import Narrowing, plan
from inedit.prompting import render

WHO = {
    "system": "What the model is told first",
    "user": "What it is asked",
    "assistant": "What a good answer looks like",
}


@flow(
    name="Preview a prompt",
    description="Show exactly what a model would read for a variant. Nothing is sent, nothing is paid.",
    validate_parameters=False,
)
@told
async def preview_prompt(campaign: str, only: Any = None) -> State[Any]:
    """Show the prompt of the first variant that is left (:class:`inedit.orchestration.forms.PreviewForm`)."""
    form = read(PreviewForm, {"campaign": campaign, "only": only})
    project, today = open_project(), datetime.now(UTC).date()
    brief = campaign_of(project, form.campaign)
    part = form.only
    narrowing = Narrowing(
        tuple(part.channels), tuple(part.segments), tuple(part.languages), tuple(part.tones)
    )
    spec = plan(brief, project.brand, today, narrowing)[0]
    prompt = render(load_prompts(Settings.from_environment(), project), project.brand, brief, spec, today)
    lines = [
        f"# {safe(spec.label)}",
        "",
        f"Template `{prompt.template_id}`, {len(prompt.text):,} characters.",
        "",
    ]
    for message in prompt.messages:
        lines += [f"## {WHO.get(message.role, message.role)}", ""]
        lines += [f"> {safe(line)}" if line else ">" for line in _broken(message.content)]
        lines.append("")
    lines += ["## Why", "", *(f"- {safe(sentence)}" for sentence in explain(spec, project.brand, brief))]
    await acreate_markdown_artifact(
        "\n".join(lines), key=f"prompt-{spec.key}", description=f"Prompt of {spec.label}"
    )
    return Completed(message=f"The prompt of {spec.label} is in the artifact.")


def _broken(text: str) -> list[str]:
    """Lines that stay lines in Markdown: an empty one between any two."""
    return [part for line in text.splitlines() for part in (line, "")]
