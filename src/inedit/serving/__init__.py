"""``inedit serve``: a Prefect server started or joined, and the project's deployments on it, until somebody ends it."""

from __future__ import annotations

from inedit.serving.serve import serve_prefect, serve_project

__all__ = ["serve_prefect", "serve_project"]
