"""What a model is asked about verbatims."""

from __future__ import annotations

import json

from conftest import ROOT
from fakes.brands import demo_project
from inedit.insight_loop.coding.prompts import coding_prompt, read_template

SAID = ["« Déjà troué » à l’ourlet… ça m’agace <3", 'Er sagt: "nähen"\nund geht.']


def test_texts_stand_in_the_prompt_in_their_own_characters_and_as_data() -> None:
    """Accents, quotes and marks as people wrote them, nothing escaped for HTML: each text one line of JSON."""
    prompt = coding_prompt(read_template(ROOT), demo_project().brand.codes.values(), "fr", SAID)
    lines = prompt.messages[1].content.splitlines()
    assert [json.loads(line) for line in lines if line.startswith('"')] == SAID
    assert f'"{SAID[0]}"' in lines
    assert "\\u" not in prompt.text
