"""Serving: uvicorn within our own task group, which leaves signals to the program."""

import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing

import uvicorn
from fastapi import FastAPI

from bot.config import WebConfig
from core.errors import BadConfig

FINISH_SECONDS = 10
"""What is being answered when the program ends may take so long."""


def open_socket(web: WebConfig) -> socket.socket:
    """A socket bound to `web.listen`, not listening yet. Raises BadConfig where that cannot be."""
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((web.host, web.port))
    except OSError as error:
        bound.close()
        problem = f"nothing can be served at {web.listen}: {error.strerror or error}"
        mend = "stop what listens there, or name another port"
        raise BadConfig("web.listen", problem, mend) from error
    return bound


@asynccontextmanager
async def serving(app: FastAPI, bound: socket.socket) -> AsyncGenerator[None]:
    """Answer at a bound socket while the block runs; what is being answered then is finished."""
    config = uvicorn.Config(
        app,
        lifespan="off",
        loop="none",
        http="h11",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=FINISH_SECONDS,
    )
    config.load()
    # Its own `serve` would take over the signals, look ten times a second whether to stop, and tear off
    # what is under way when it is cancelled.
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    with closing(bound):
        await server.startup(sockets=[bound])
        try:
            yield
        finally:
            await server.shutdown(sockets=[bound])
