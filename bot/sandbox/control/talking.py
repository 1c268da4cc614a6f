"""Control calls of people who talk and press."""

import asyncio
import base64
import binascii

from bot.sandbox.acts import forwarding, pressing, talking
from bot.sandbox.control.body import Body, Unreadable
from bot.sandbox.methods.files import document_json
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shape import Json
from bot.sandbox.world.shown import message_shown

DEFAULT_PRESS_SECONDS = 10.0
NO_ANSWER: Json = {"text": "", "show_alert": False, "url": None, "answered": False}


def say(sandbox: Sandbox, body: Body) -> Json:
    """Says one thing; returns its message id."""
    return {"id": _said(sandbox, body)}


def say_many(sandbox: Sandbox, body: Body) -> Json:
    """Says many things in order; returns their message ids."""
    return {"ids": [_said(sandbox, Body(one)) for one in body.objects("sayings")]}


def _said(sandbox: Sandbox, body: Body) -> int:
    source = body.fields.get("forward_from")
    if source is not None and not isinstance(source, int | str):
        raise Unreadable("forward_from: a person's or chat's id or a name expected")
    at = body.fields.get("at")
    saying = talking.Saying(
        body.number("person"),
        body.number("chat"),
        body.find_text("text") or "",
        body.find_number("reply_to"),
        body.find_number("thread"),
        None if at is None else int(body.seconds("at")),
        _media(sandbox, body.object("media")),
        source,
        body.find_number("as_chat"),
    )
    return talking.say(sandbox, saying).id


def forward(sandbox: Sandbox, body: Body) -> Json:
    """Forwards messages; returns the copies' ids."""
    wanted = forwarding.Forwarding(
        body.number("person"),
        body.number("chat"),
        body.number("source"),
        body.numbers("messages"),
        body.flag("is_hidden"),
    )
    return {"ids": [one.id for one in forwarding.forward(sandbox, wanted)]}


def _media(sandbox: Sandbox, media: Json | None) -> Json | None:
    """Returns Bot API fields of a described medium: `{"kind", "file_name"?, "content"?, "size"?}`."""
    if media is None:
        return None
    kind = str(media.get("kind", ""))
    try:
        data = base64.b64decode(str(media.get("content", "")), validate=True)
    except binascii.Error as broken:
        raise Unreadable("media.content: base64 expected") from broken
    size = media.get("size")
    data = data.ljust(size if isinstance(size, int) else 0)
    name = str(media.get("file_name") or f"file.{kind}")
    mime = str(media.get("mime") or "application/octet-stream")
    common = document_json(sandbox.store_file(name, mime, data))
    ids: Json = {key: common[key] for key in ("file_id", "file_unique_id", "file_size")}
    sized: Json = {**ids, "width": 640, "height": 480}
    shapes: Json = {
        "document": common,
        "photo": [sized],
        "voice": {**ids, "duration": 7, "mime_type": "audio/ogg"},
        "video": {**sized, "duration": 7},
        "audio": {**common, "duration": 120},
        "animation": {**sized, "duration": 3},
        "sticker": {**sized, "type": "regular", "is_animated": False, "is_video": False,
                    "emoji": "👍"},
    }  # fmt: skip
    if kind not in shapes:
        raise Unreadable(f"media.kind: one of {', '.join(shapes)}")
    return {kind: shapes[kind]}


def edit(sandbox: Sandbox, body: Body) -> None:
    """Edits one's own message."""
    talking.edit(sandbox, *_target(body), body.text("text"))


def delete(sandbox: Sandbox, body: Body) -> None:
    """Deletes a message."""
    talking.delete(sandbox, *_target(body))


def react(sandbox: Sandbox, body: Body) -> None:
    """Sets one's reaction; none takes it away."""
    emoji = body.find_text("emoji")
    talking.react(sandbox, *_target(body), [emoji] if emoji else [])


def _target(body: Body) -> tuple[int, int, int]:
    return body.number("person"), body.number("chat"), body.number("message")


async def press(sandbox: Sandbox, body: Body) -> Json:
    """Presses a button (`text` or `data`) and waits for the answer; a link is only returned."""
    person, chat, message_id = _target(body)
    sandbox.world.person(person)
    message = sandbox.world.message(chat, message_id)
    shown: list[Json] = [b for row in message_shown(sandbox.world, message)["buttons"] for b in row]
    button = _button(shown, body.find_text("text"), body.find_text("data"))
    if button["data"] is None:
        return {**NO_ANSWER, "url": button["url"] or button["app"], "copied": button["copy"]}
    pressed = pressing.press(sandbox, person, message, button["data"])
    seconds = body.seconds("timeout", DEFAULT_PRESS_SECONDS)
    await asyncio.wait({pressed.answer}, timeout=seconds)
    return pressed.answer.result() if pressed.answer.done() else NO_ANSWER


def _button(buttons: list[Json], text: str | None, data: str | None) -> Json:
    if data is not None:
        found = [b for b in buttons if b["data"] == data]
    else:
        exact = [b for b in buttons if b["text"] == text]
        found = exact or [b for b in buttons if text and text in b["text"]]
    if not found:
        names = [b["text"] for b in buttons]
        raise Unreadable(f"no such button: {text or data!r}; there are {names}")
    return found[0]


def raw_press(sandbox: Sandbox, body: Body) -> Json:
    """Presses with any data, shown or not, without waiting; returns the query's id."""
    person, chat, message_id = _target(body)
    message = sandbox.world.message(chat, message_id)
    return {"query": pressing.press(sandbox, person, message, body.text("data")).id}
