"""What is served: `/healthz`, `/readyz`, `/metrics`, and the webhook where Telegram calls us."""

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from bot.web.health import Probe, standings
from bot.web.metrics import CONTENT_TYPE, PrometheusMeter
from core.errors import WorldFailed
from core.ports.backlog import Backlog, Backlogs
from core.ports.meter import Part
from core.ports.world import Clock

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 # https://core.telegram.org/bots/api#setwebhook
_BIGGEST = 2**63 - 1
"""Telegram's numbers have at most 52 bits, the database's 64."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Hook:
    """Where Telegram calls: the path, the secret each call must carry, and what keeps an update."""

    path: str
    secret: str = field(repr=False)
    keep: Callable[[Sequence[Mapping[str, Any]]], Awaitable[int]]


@dataclass(frozen=True)
class Site:
    """What the site is made of; `hook` is None where the bot polls."""

    meter: PrometheusMeter
    backlogs: Backlogs
    clock: Clock
    probes: Mapping[str, Probe]
    hook: Hook | None = None


def site_app(site: Site) -> FastAPI:
    """The site as an ASGI application; nothing of it is described to strangers."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    async def healthz() -> Response:
        return JSONResponse({"status": "ok"})

    async def readyz() -> Response:
        found = await standings(site.probes)
        body = {one.name: {"ok": one.is_well, "why": one.why} for one in found}
        return JSONResponse(body, 200 if all(one.is_well for one in found) else 503)

    async def metrics() -> Response:
        text = site.meter.exposition(await _backlog(site), site.clock.now())
        return Response(text, media_type=CONTENT_TYPE)

    for path, endpoint in (("/healthz", healthz), ("/readyz", readyz), ("/metrics", metrics)):
        app.add_api_route(path, endpoint, methods=["GET"], response_model=None)
    if site.hook is not None:
        _add_hook(app, site.hook, site.meter)
    return app


def _add_hook(app: FastAPI, hook: Hook, meter: PrometheusMeter) -> None:
    async def called(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        # Compared before a byte of the body is read, and in the same time however much of it is right.
        if not hmac.compare_digest(given.encode(), hook.secret.encode()):
            _log.warning("a call without the webhook's secret was refused")
            return Response(status_code=403)
        update = _update_in(await request.body())
        if update is None:
            # Anything but 200 would make Telegram send it for ever.
            _log.warning("malformed call of the webhook let go")
            return Response(status_code=200)
        try:
            await hook.keep([update])
        except WorldFailed as error:
            meter.failed(Part.HEARING, error)
            _log.warning("an update could not be kept; Telegram will send it again", error=repr(error))
            return Response(status_code=503)
        return Response(status_code=200)

    app.add_api_route(hook.path, called, methods=["POST"], response_model=None)


def _update_in(body: bytes) -> dict[str, Any] | None:
    """The object a call carries, None when it carries none."""
    try:
        found: object = json.loads(body, parse_int=_number)
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", found) if isinstance(found, dict) else None


def _number(text: str) -> int:
    number = int(text)
    if abs(number) > _BIGGEST:
        raise ValueError("no number of Telegram's")
    return number


async def _backlog(site: Site) -> Backlog | None:
    try:
        return await site.backlogs.count(site.clock.now())
    except WorldFailed as error:
        _log.warning("what waits cannot be counted", error=repr(error))
        return None
