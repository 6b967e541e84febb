"""Sandboxed Jinja templates, their sheets, and the prompts that they render to."""
