"""The language model: an OpenAI-compatible client, and the embedded model that we start ourselves."""
