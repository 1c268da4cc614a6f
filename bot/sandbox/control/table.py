"""The table of control calls: POST /control/<name> with a JSON object."""

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from aiohttp import web

from bot.sandbox.acts.talking import NotAllowed
from bot.sandbox.control import machine, people, talking, watching
from bot.sandbox.control.body import Body, Unreadable
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world.store import Missing

if TYPE_CHECKING:
    from bot.sandbox.shape import Json

Control = Callable[[Sandbox, Body], Any]

CONTROLS: dict[str, Control] = {
    "person": people.add_person,
    "group": people.add_group,
    "topic": people.add_topic,
    "link": people.link,
    "migrate": people.migrate,
    "add_bot": people.add_bot,
    "remove_bot": people.remove_bot,
    "promote": people.promote,
    "demote": people.demote,
    "join": people.join,
    "leave": people.leave,
    "private": people.private,
    "open_link": people.open_link,
    "block": people.block,
    "say": talking.say,
    "say_many": talking.say_many,
    "forward": talking.forward,
    "edit": talking.edit,
    "delete": talking.delete,
    "react": talking.react,
    "press": talking.press,
    "raw_press": talking.raw_press,
    "bot": machine.bot_state,
    "privacy": machine.set_privacy,
    "token": machine.set_token,
    "limits": machine.set_limits,
    "clock": machine.set_clock,
    "inaccessible": machine.set_inaccessible,
    "fault": machine.add_fault,
    "clear_faults": machine.clear_faults,
    "faults": machine.list_faults,
    "raw_updates": machine.raw_updates,
    "calls": machine.list_calls,
    "clear_calls": machine.clear_calls,
    "state": watching.state,
    "messages": watching.messages,
    "wait": watching.wait_change,
    "commands": watching.commands,
}


async def serve_control(request: web.Request, sandbox: Sandbox) -> web.StreamResponse:
    """Answers one control call: 200 with its result, 404, 409 or 422 with `error`."""
    control = CONTROLS.get(request.match_info["name"])
    if control is None:
        return _failed(404, f"no control {request.match_info['name']!r}")
    try:
        result = control(sandbox, await _body(request))
        if inspect.isawaitable(result):
            result = await result
    except Missing as missing:
        return _failed(404, "no such " + " ".join(map(str, missing.args)))
    except NotAllowed as refused:
        return _failed(409, " ".join(map(str, refused.args)))
    except (Unreadable, ValueError) as unreadable:
        return _failed(422, str(unreadable))
    return web.json_response({} if result is None else result)


async def _body(request: web.Request) -> Body:
    # A page of another site can post text, but not JSON, to this machine without asking.
    if request.content_type != "application/json":
        raise Unreadable("Content-Type: application/json expected")
    fields: object = await request.json() if request.can_read_body else {}
    if not isinstance(fields, dict):
        raise Unreadable("a JSON object expected")
    return Body(cast("Json", fields))


def _failed(status: int, why: str) -> web.Response:
    return web.json_response({"error": why}, status=status)
