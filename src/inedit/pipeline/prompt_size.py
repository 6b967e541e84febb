"""How many tokens a prompt is taken to be, before a provider has counted them."""

from __future__ import annotations

PROMPT_FRAME_TOKENS = 64
"""What a chat format and an answer's schema add to a prompt, at most a few tokens a message."""
CHARS_PER_TOKEN = 3.0
"""Characters a token, cautiously: French and German measure 3.2 to 4.1 with common tokenizers, so that a
reservation overestimates the prompt rather than underestimates it."""
