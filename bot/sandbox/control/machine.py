"""Control calls of the machinery: faults, limits, clock, privacy mode, raw updates, the log."""

from typing import cast, get_args

from bot.sandbox.control.body import Body, Unreadable
from bot.sandbox.rules.faults import KINDS, Fault, FaultKind
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shape import Json


def bot_state(sandbox: Sandbox, body: Body) -> Json:
    """Returns the bot: token, username, privacy mode, how it is heard, what waits."""
    del body
    bot, queue = sandbox.world.bot, sandbox.queue
    return {
        "id": bot.person.id,
        "token": bot.token,
        "username": bot.person.username,
        "name": bot.person.first_name,
        "privacy": bot.privacy,
        "polls": queue.polls,
        "is_polled": queue.is_polled,
        "last_poll_at": queue.last_poll_at,
        "webhook": queue.webhook_url,
        "pending_updates": queue.pending,
        "open_calls": sandbox.calls_open,
        "last_call": sandbox.last_call_id,
        "open_presses": sum(1 for p in sandbox.presses.values() if not p.answer.done()),
        "allowed_updates": queue.allowed,
        "revision": sandbox.changes.revision,
        "now": sandbox.world.now(),
    }


def set_privacy(sandbox: Sandbox, body: Body) -> None:
    """Switches privacy mode; unlike BotFather's it holds at once, also where the bot is already."""
    sandbox.world.bot.privacy = body.flag("on", default=True)


def set_token(sandbox: Sandbox, body: Body) -> None:
    """Gives the bot another token, as BotFather's /revoke does: the old one gets 401 from now on."""
    sandbox.world.bot.token = body.text("token")
    sandbox.queue.end_poll(None)


def set_limits(sandbox: Sandbox, body: Body) -> None:
    """Switches the flood limits."""
    sandbox.limits.is_on = body.flag("on", default=True)


def set_clock(sandbox: Sandbox, body: Body) -> Json:
    """Moves the sandbox's time: `offset` seconds from real time, or `advance` by seconds."""
    world = sandbox.world
    world.clock_offset = body.seconds("offset", world.clock_offset) + body.seconds("advance")
    return {"now": world.now()}


def set_inaccessible(sandbox: Sandbox, body: Body) -> None:
    """Sets after how many seconds a press names only the message's id."""
    sandbox.world.inaccessible_after = body.seconds("seconds", 48 * 3600.0)


def add_fault(sandbox: Sandbox, body: Body) -> None:
    """Scripts a failure."""
    kind = body.text("kind")
    if kind not in KINDS:
        raise Unreadable(f"kind: one of {', '.join(get_args(FaultKind))}")
    fault = Fault(
        cast("FaultKind", kind),
        body.find_text("method"),
        body.find_number("chat"),
        body.find_number("times") or 1,
        body.find_number("after") or 0,
        body.find_number("retry_after") or 1,
        body.seconds("seconds", 30.0),
        body.find_text("description"),
    )
    sandbox.faults.add(fault)


def clear_faults(sandbox: Sandbox, body: Body) -> None:
    """Forgets the script."""
    del body
    sandbox.faults.clear()


def list_faults(sandbox: Sandbox, body: Body) -> Json:
    """Returns how many faults still wait."""
    del body
    return {"waiting": len(sandbox.faults.waiting)}


def raw_updates(sandbox: Sandbox, body: Body) -> Json:
    """Puts any JSON objects into the bot's queue under fresh ids; returns the ids."""
    return {"ids": [sandbox.queue.put_raw(one) for one in body.objects("payloads")]}


def list_calls(sandbox: Sandbox, body: Body) -> Json:
    """Returns the log of calls, oldest first; only those of `method`, only above id `after`."""
    method = (body.find_text("method") or "").lower()
    after = body.find_number("after") or 0
    calls = [
        {
            "id": one.id,
            "method": one.method,
            "params": one.params,
            "at": one.at,
            "status": one.status,
            "error": one.error,
            "result": one.result,
            "seconds": one.seconds,
        }
        for one in sandbox.calls
        if one.id > after and (not method or one.method.lower() == method)
    ]
    return {"calls": calls}


def clear_calls(sandbox: Sandbox, body: Body) -> None:
    """Forgets the log."""
    del body
    sandbox.calls.clear()
