"""Control calls that read what is shown, and the stream of events for the page."""

import asyncio
import json

from aiohttp import web

from bot.sandbox.control.body import Body
from bot.sandbox.control.machine import bot_state
from bot.sandbox.methods.profile import commands_for, scope_key
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shape import Json
from bot.sandbox.world.shown import chat_shown, message_shown, person_shown, thread_of

HEARTBEAT_SECONDS = 15.0


def state(sandbox: Sandbox, body: Body) -> Json:
    """Returns everything but messages: the bot, people, chats."""
    return {
        "bot": bot_state(sandbox, body),
        "people": [person_shown(p) for p in sandbox.world.people.values()],
        "chats": [chat_shown(c) for c in sandbox.world.chats.values()],
    }


def messages(sandbox: Sandbox, body: Body) -> Json:
    """Returns a chat's messages by id, of one forum topic when `thread` is given (General is 1).

    `after` keeps ids above it, `from_bot` the bot's own, `last` only that many of the newest.
    """
    chat = sandbox.world.chat(body.number("chat"))
    thread, last = body.find_number("thread"), body.find_number("last")
    after, bot = body.find_number("after") or 0, sandbox.world.bot.person.id
    is_any = not body.flag("from_bot")
    found = [
        message
        for id_, message in sorted(chat.messages.items())
        if id_ > after
        and (is_any or message.sender == bot)
        and (thread is None or thread_of(chat, message) == thread)
    ]
    shown = [message_shown(sandbox.world, one) for one in (found[-last:] if last else found)]
    return {"messages": shown, "revision": sandbox.changes.revision}


async def wait_change(sandbox: Sandbox, body: Body) -> Json:
    """Waits until something changed after `revision`, at most `timeout` seconds."""
    revision = body.find_number("revision") or 0
    seconds = body.seconds("timeout", 5.0)
    return {"revision": await sandbox.changes.wait_past(revision, seconds)}


def commands(sandbox: Sandbox, body: Body) -> Json:
    """Returns the commands of a scope, or the menu a `person` sees in a `chat`."""
    person = body.find_number("person")
    if person is not None:
        chat = sandbox.world.chats.get(body.find_number("chat") or person)
        chat = sandbox.world.bot_chat(person) if chat is None else chat
        return {"commands": commands_for(sandbox.world, chat, person)}
    key = scope_key(body.object("scope") or {"type": "default"})
    language = body.find_text("language") or ""
    return {"commands": sandbox.world.bot.commands.get((key, language), [])}


async def file(request: web.Request, sandbox: Sandbox) -> web.StreamResponse:
    """Answers with a file for the page, which shows what people would see."""
    found = sandbox.files.get(request.match_info["id"])
    if found is None:
        return web.Response(status=404)
    return web.Response(body=found.data, content_type=found.mime)


async def events(request: web.Request, sandbox: Sandbox) -> web.StreamResponse:
    """Streams what changes as server-sent events."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    response.headers["Cache-Control"] = "no-cache"
    await response.prepare(request)
    async with sandbox.changes.listen() as queue:
        line: str | None = ": open"
        try:
            while line is not None:
                await response.write(f"{line}\n\n".encode())
                line = await _next_line(queue)
        except ConnectionError:
            # The page was closed; nothing is lost with it.
            pass
    return response


async def _next_line(queue: "asyncio.Queue[Json | None]") -> str | None:
    """Returns the next event's line, a comment when nothing happens for long, None at the end."""
    try:
        event = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
    except TimeoutError:
        return ": beat"
    return None if event is None else f"data: {json.dumps(event)}"
