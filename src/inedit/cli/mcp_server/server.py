"""The desk behind the official SDK: tools over standard streams, or HTTP on the loopback behind a token."""

from __future__ import annotations

import functools
import hmac
import inspect
import logging
from collections.abc import Callable
from typing import Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from inedit import __version__
from inedit.cli.mcp_server.desk import Desk
from inedit.model.errors import IneditError

Role = Literal["reader", "reviewer"]
"""``reader`` may judge, search and read; ``reviewer`` may also approve, send back and waive."""

Tools = tuple[Callable[..., dict[str, Any]], ...]

log = logging.getLogger(__name__)

INSTRUCTIONS = (
    "Inédit proves that marketing copy is different, its brand's own and paid for. Judge every draft with judge_text "
    "before you show it, and build drafts on search_insights: what only this brand knows."
)


def server_of(desk: Desk, role: Role) -> MCPServer[Any]:
    """A server with the tools that a role may use."""
    server: MCPServer[Any] = MCPServer(
        "inedit", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING"
    )
    reading: Tools = (desk.judge_text, desk.search_insights, desk.list_pieces, desk.ledger_summary)
    deciding: Tools = (desk.approve_piece, desk.send_back_piece, desk.waive_finding)
    for function in (*reading, *(deciding if role == "reviewer" else ())):
        hints = ToolAnnotations(read_only_hint=function in reading, open_world_hint=False)
        server.add_tool(_with_tool_errors(function), description=inspect.getdoc(function), annotations=hints)
    return server


def serve_stdio(desk: Desk, role: Role) -> None:
    """Answer on standard input and output until the client closes them."""
    server_of(desk, role).run("stdio")


def serve_http(desk: Desk, role: Role, *, host: str, port: int, token: str) -> None:
    """Answer on http://host:port/mcp until Ctrl-C, to whoever sends the token."""
    import uvicorn  # only this transport needs it

    uvicorn.run(
        http_app(desk, role, host=host, port=port, token=token), host=host, port=port, log_level="warning"
    )


def http_app(desk: Desk, role: Role, *, host: str, port: int, token: str) -> ASGIApp:
    """The application: pages of the web cannot reach it (host and origin are checked), nor can who lacks the token."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=[address, f"localhost:{port}"],
        allowed_origins=[f"http://{address}", f"http://localhost:{port}"],
    )
    app = server_of(desk, role).streamable_http_app(host=host, transport_security=security)

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            header = dict(scope["headers"]).get(b"authorization", b"")
            if not hmac.compare_digest(header, f"Bearer {token}".encode()):
                refusal = PlainTextResponse("Send the token: Authorization: Bearer …", status_code=401)
                await refusal(scope, receive, send)
                return
        await app(scope, receive, send)

    return guarded


def _with_tool_errors(function: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """The same, with errors that an assistant can act on; what nobody foresaw is logged and not told."""

    @functools.wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> dict[str, Any]:
        try:
            return function(*args, **kwargs)
        except IneditError as error:
            raise ToolError(str(error)) from error
        except Exception as error:
            log.exception("The tool failed")
            raise ToolError(f"The tool failed ({type(error).__name__}); the server's log says why.") from None

    return wrapped
