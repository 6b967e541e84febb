"""Assistants that speak the Model Context Protocol: they judge, search and read, and decide only with a role."""

from __future__ import annotations

from inedit.cli.mcp_server.desk import Desk
from inedit.cli.mcp_server.server import serve_http, serve_stdio

__all__ = ["Desk", "serve_http", "serve_stdio"]
