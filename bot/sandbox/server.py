"""Runs the sandbox as an HTTP server: the Bot API, file downloads, control calls, the chat page."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from bot.sandbox.control.table import serve_control
from bot.sandbox.control.watching import events, file
from bot.sandbox.methods.serving import serve_call, serve_file
from bot.sandbox.sandbox import Sandbox, new_sandbox

DEFAULT_TOKEN = "1000:sandbox"  # noqa: S105 - nothing is behind it
DEFAULT_USERNAME = "triagram_bot"
MOST_BODY_BYTES = 64 * 1024 * 1024
"""A bot may send files of 50 MB; the rest is room for their encoding."""
SHUTDOWN_SECONDS = 1.0
PAGE = Path(__file__).parent / "page"

Route = Callable[[web.Request, Sandbox], Awaitable[web.StreamResponse]]


@dataclass(slots=True, frozen=True)
class Address:
    """Where a running sandbox is reached."""

    url: str
    """`http://127.0.0.1:<port>`: the Bot API's base for both libraries, the page's address."""
    port: int
    token: str


def build_app(sandbox: Sandbox) -> web.Application:
    """Returns the aiohttp application of one sandbox."""
    app = web.Application(client_max_size=MOST_BODY_BYTES)

    def bound(route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handler(request: web.Request) -> web.StreamResponse:
            return await route(request, sandbox)

        return handler

    app.router.add_route("*", "/bot{token:[^/]+}/{method}", bound(serve_call))
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", bound(serve_file))
    app.router.add_get("/control/events", bound(events))
    app.router.add_get("/control/files/{id}", bound(file))
    app.router.add_post("/control/{name}", bound(serve_control))
    app.router.add_get("/", _index)
    app.router.add_static("/page/", PAGE)
    return app


async def _index(request: web.Request) -> web.StreamResponse:
    del request
    return web.FileResponse(PAGE / "index.html")


@asynccontextmanager
async def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    token: str = DEFAULT_TOKEN,
    username: str = DEFAULT_USERNAME,
    name: str = "Triagram",
    has_limits: bool = True,
    clock: Callable[[], float] = time.time,
) -> AsyncGenerator[Address, None]:
    """Serves a fresh sandbox while the block runs.

    Args:
        host: Where to listen; only this machine by default.
        port: 0 takes any free port.
        token: The bot's token, `<id>:<secret>`.
        username: The bot's username without @.
        name: The bot's first name.
        has_limits: Whether Telegram's flood limits hold from the start.
        clock: Returns Unix seconds.

    Raises:
        OSError: The port is taken.
    """
    sandbox = new_sandbox(token=token, username=username, name=name, has_limits=has_limits, clock=clock)
    runner = web.AppRunner(build_app(sandbox), access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        async with asyncio.TaskGroup() as tasks:
            pusher = tasks.create_task(sandbox.webhook.run())
            try:
                site = web.TCPSite(runner, host, port)
                await site.start()
                bound_port = int(runner.addresses[0][1])
                yield Address(f"http://{host}:{bound_port}", bound_port, token)
            finally:
                pusher.cancel()
                sandbox.queue.end_poll(None)
                sandbox.changes.close()
                await runner.cleanup()
    except BaseExceptionGroup as group:
        # The caller's own error, not the wrapping of a task group it does not know of.
        raise group.exceptions[0] from None
