"""The tools and pages of a session by the Model Context Protocol."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, TypeVar

import anyio.to_thread
import mcp_types as types
from anyio import CapacityLimiter
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from hypotheses.problems import AbduceError, NotFound
from tui.assistants.session import PAGES, AssistantSession, DebatePage
from tui.assistants.tools import ABOUT, TOOLS, AssistantTool
from tui.crash import log_unexpected
from tui.terminal.clean import clean_text

THREADS: Final = 4
"""Calls that are worked on at once; of more, all would take longer and more memory."""

Context = ServerRequestContext[Any, Any]
T = TypeVar("T")


def server_of(session: AssistantSession) -> Server[Any]:
    """Return the server of a session."""
    limiter = CapacityLimiter(THREADS)

    async def list_tools(_context: Context, _asked: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_told(tool) for tool in TOOLS.values()])

    async def call_tool(context: Context, asked: types.CallToolRequestParams) -> types.CallToolResult:
        if asked.name not in TOOLS:
            raise MCPError(types.INVALID_PARAMS, clean_text(str(NotFound("tool", asked.name[:60], TOOLS))))
        try:
            answer = await _in_thread(
                partial(session.call, asked.name, asked.arguments or {}, _client(context)), limiter
            )
        except AbduceError as refused:
            sentence = types.TextContent(type="text", text=clean_text(str(refused)))
            return types.CallToolResult(content=[sentence], is_error=True)
        text = types.TextContent(type="text", text=json.dumps(answer, ensure_ascii=False))
        return types.CallToolResult(content=[text], structured_content=answer)

    async def list_pages(_context: Context, _asked: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        return types.ListResourcesResult(resources=[_listed(page) for page in PAGES.values()])

    async def read_page(_context: Context, asked: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        try:
            text = await _in_thread(partial(session.page, asked.uri), limiter)
        except AbduceError as refused:
            raise MCPError(types.INVALID_PARAMS, clean_text(str(refused))) from refused
        return types.ReadResourceResult(
            contents=[types.TextResourceContents(uri=asked.uri, mime_type="text/markdown", text=text)]
        )

    return Server(
        "abduce",
        version=_version(),
        title="Abduce",
        instructions=ABOUT,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_pages,
        on_read_resource=read_page,
    )


async def _in_thread(work: Callable[[], T], limiter: CapacityLimiter) -> T:
    """Do what takes a while where it keeps nothing up; what nobody foresaw is logged, and one sentence told.

    Raises:
        AbduceError: it was refused, or went wrong.
    """
    try:
        return await anyio.to_thread.run_sync(work, limiter=limiter)
    except AbduceError:
        raise
    except Exception as fault:
        raise AbduceError(f"found an unexpected error, {type(fault).__name__}; {log_unexpected(fault)}") from fault


def _told(tool: AssistantTool) -> types.Tool:
    reads = tool.read is not None
    hints = types.ToolAnnotations(
        read_only_hint=reads, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.about,
        input_schema=tool.takes,
        output_schema=tool.gives,
        annotations=hints,
    )


def _listed(page: DebatePage) -> types.Resource:
    name = f"{page.form}.md"
    return types.Resource(uri=page.address, name=name, description=page.about, mime_type="text/markdown")


def _client(context: Context) -> str:
    """Return what the program on the other side calls itself."""
    told = context.session.client_params
    return told.client_info.name if told else ""


def _version() -> str:
    try:
        return version("abduce")
    except PackageNotFoundError:  # run from its sources
        return ""
