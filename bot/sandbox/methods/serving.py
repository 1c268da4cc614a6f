"""Serves one call of the Bot API from request to response: faults, token, checks, limits, log."""

import asyncio
import inspect
import time
from email.utils import formatdate
from typing import NoReturn

from aiohttp import web

from bot.sandbox.acts.rooms import migrate
from bot.sandbox.methods.params import checked, read_params
from bot.sandbox.methods.table import METHODS, Method
from bot.sandbox.rules.errors import (
    Refused,
    method_not_found,
    migrated,
    too_many,
    unauthorized,
)
from bot.sandbox.rules.faults import Fault
from bot.sandbox.rules.limits import is_counted
from bot.sandbox.sandbox import CallRecord, Sandbox
from bot.sandbox.shape import Json

_DESCRIPTIONS = {
    "403": "Forbidden: bot was blocked by the user",
    "400": "Bad Request: scripted fault",
    "502": "Bad Gateway",
}


class ConnectionDropped(Exception):
    """The script closes the connection without an answer."""


class GatewayFailed(Exception):
    """The script answers as a proxy that can not reach the Bot API: 502 with a page of HTML."""


async def serve_call(request: web.Request, sandbox: Sandbox) -> web.StreamResponse:
    """Answers one HTTP request of a Bot API client."""
    method = request.match_info["method"]
    sandbox.last_call_id += 1
    record = CallRecord(sandbox.last_call_id, method, {}, sandbox.world.now())
    sandbox.calls.append(record)
    sandbox.calls_open += 1
    began = time.monotonic()
    try:
        return await _answered(request, sandbox, record)
    except ConnectionDropped:
        record.status, record.error = 0, "connection dropped"
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    except GatewayFailed as failed:
        record.status, record.error = 502, "Bad Gateway"
        return web.Response(status=502, text=str(failed), content_type="text/html")
    finally:
        record.seconds = time.monotonic() - began
        sandbox.calls_open -= 1


async def _answered(request: web.Request, sandbox: Sandbox, record: CallRecord) -> web.StreamResponse:
    try:
        if request.match_info["token"] != sandbox.world.bot.token:
            raise unauthorized()
        record.params = await read_params(request, sandbox)
        record.result = await _result(request, sandbox, record)
    except Refused as refused:
        record.status, record.error = refused.code, refused.description
        return web.json_response(refused.body(), status=refused.code, headers=_dated(sandbox))
    record.status = 200
    return web.json_response({"ok": True, "result": record.result}, headers=_dated(sandbox))


def _dated(sandbox: Sandbox) -> dict[str, str]:
    """The time of its own that Telegram tells, which need not be the machine's."""
    return {"Date": formatdate(sandbox.world.now(), usegmt=True)}


async def _result(request: web.Request, sandbox: Sandbox, record: CallRecord) -> object:
    method = METHODS.get(record.method.lower())
    if method is None:
        raise method_not_found()
    record.method = method.name
    chat = chat_number(record.params)
    fault = sandbox.faults.take(method.name, chat)
    if fault is not None:
        await _suffer(request, sandbox, fault, chat)
    _ensure_within_limits(sandbox, method, chat)
    result = await _run(sandbox, method, record.params)
    if fault is not None and fault.kind == "drop_after":
        record.result = result
        raise ConnectionDropped
    return result


async def _run(sandbox: Sandbox, method: Method, params: Json) -> object:
    found = method.run(sandbox, checked(method.model, params))
    return await found if inspect.isawaitable(found) else found


def chat_number(params: Json) -> int | None:
    """Returns the chat a call is about, when it is named by number."""
    raw = str(params.get("chat_id", ""))
    return int(raw) if raw.lstrip("-").isdecimal() else None


def _ensure_within_limits(sandbox: Sandbox, method: Method, chat: int | None) -> None:
    if chat is None or not is_counted(method.name):
        return
    now = sandbox.world.now()
    wait = sandbox.limits.seconds_to_wait(chat, is_group=chat < 0, now=now)
    if wait:
        raise too_many(wait)


async def _suffer(request: web.Request, sandbox: Sandbox, fault: Fault, chat: int | None) -> None:
    match fault.kind:
        case "hang":
            await asyncio.sleep(fault.seconds)
            if request.transport is None or request.transport.is_closing():
                raise ConnectionDropped
        case "drop":
            raise ConnectionDropped
        case "502" if fault.description:
            raise GatewayFailed(fault.description)
        case "drop_after":
            pass
        case _:
            _refuse(sandbox, fault, chat)


def _refuse(sandbox: Sandbox, fault: Fault, chat: int | None) -> NoReturn:
    if fault.kind == "429":
        raise too_many(fault.retry_after)
    if fault.kind == "migrate":
        found = sandbox.world.chats.get(chat or 0)
        if found is None or found.kind != "group":
            raise Refused(400, "Bad Request: only a basic group can be upgraded")
        raise migrated(migrate(sandbox, found).id)
    raise Refused(int(fault.kind), fault.description or _DESCRIPTIONS[fault.kind])


async def serve_file(request: web.Request, sandbox: Sandbox) -> web.StreamResponse:
    """Answers a download: https://core.telegram.org/bots/api#file."""
    if request.match_info["token"] != sandbox.world.bot.token:
        return web.json_response(unauthorized().body(), status=401)
    path = request.match_info["path"]
    found = next((f for f in sandbox.files.values() if f.path == path), None)
    if found is None:
        return web.json_response(Refused(404, "Not Found").body(), status=404)
    return web.Response(body=found.data, content_type="application/octet-stream")
