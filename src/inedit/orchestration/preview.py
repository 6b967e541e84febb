"""*Preview a prompt*: exactly what a model would read. Nothing is sent."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect.artifacts import acreate_markdown_artifact
from prefect.states import Completed, State

from inedit.bootstrap import Settings, load_prompts, open_project_store, preferences_of
from inedit.orchestration.forms import PreviewForm
from inedit.orchestration.markdown import safe
from inedit.orchestration.project import campaign_of, open_project
from inedit.pipeline.preview import preview
from inedit.planning import Narrowing

WHO = {
    "system": "What the model is told first",
    "user": "What it is asked",
    "assistant": "What a good answer looks like",
}


async def preview_prompt(form: PreviewForm) -> State[None]:
    """Show the prompt of the first variant that is left."""
    project, today = open_project(), datetime.now(UTC).date()
    brief = campaign_of(project, form.campaign)
    part = form.only
    narrowing = Narrowing(
        tuple(part.channels), tuple(part.segments), tuple(part.languages), tuple(part.tones)
    )
    settings = Settings.from_environment()
    with open_project_store(settings, project.root) as store:
        preferences = preferences_of(store, brief)
    found = preview(load_prompts(settings, project), project.brand, brief, today, narrowing, preferences)
    spec, prompt = found.spec, found.prompt
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
    lines += ["## Why", "", *(f"- {safe(sentence)}" for sentence in found.why)]
    await acreate_markdown_artifact(
        "\n".join(lines), key=f"prompt-{spec.key}", description=f"Prompt of {spec.label}"
    )
    return Completed(message=f"The prompt of {spec.label} is in the artifact.")


def _broken(text: str) -> list[str]:
    """Lines that stay lines in Markdown: an empty one between any two."""
    return [part for line in text.splitlines() for part in (line, "")]
