"""Coding verbatims by the code book: by people, by a language model, or offline, and how far they agree."""
