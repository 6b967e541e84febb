"""The schema of each prompt of a campaign, for stubs of servers that cannot be told one in the request."""

from __future__ import annotations

from datetime import date
from typing import Any

from inedit.brand.schema import Brand, Campaign
from inedit.planning import plan
from inedit.prompting import Templates, render


class AskedSchemas:
    """Schemas by the prompts' first message, rendered before anything is sent: the first request for a channel may
    come without its schema, because the server refused that of another one."""

    def __init__(self, campaign: Campaign, brand: Brand, templates: Templates, today: date) -> None:
        prompts = [render(templates, brand, campaign, spec, today) for spec in plan(campaign, brand, today)]
        self._schemas: dict[str, Any] = {prompt.messages[0].content: prompt.schema for prompt in prompts}

    def named_in(self, request: dict[str, Any]) -> dict[str, Any]:
        """The request with the schema of its prompt, which stands in its messages whichever role they have; a request
        for one of no campaign's prompts (a generic text) stays as it is."""
        told = "\n".join(message["content"] for message in request["messages"])
        found = next((schema for stable, schema in self._schemas.items() if stable in told), None)
        if found is None:
            return request
        return {**request, "response_format": {"type": "json_schema", "json_schema": {"schema": found}}}
