"""Deep links to the bot: https://core.telegram.org/api/links#bot-links."""

from urllib.parse import parse_qs, urlsplit

from bot.sandbox.acts.coming import add_bot
from bot.sandbox.acts.starting import open_private
from bot.sandbox.acts.talking import NotAllowed, Saying, say
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world.model import Chat

LONGEST_PAYLOAD = 64


def open_link(sandbox: Sandbox, person: int, link: str, group: Chat | None) -> int:
    """Follows a t.me link to the bot, or starts it with a bare payload.

    Args:
        sandbox: The sandbox.
        person: Who follows it.
        link: `https://t.me/<bot>?start=…`, `…?startgroup=…&admin=…`, or just a payload.
        group: Where a `startgroup` link adds the bot.

    Returns:
        The id of the chat that opens.
    """
    username = sandbox.world.bot.person.username or ""
    if "t.me/" not in link and not link.startswith("tg://"):
        return _start(sandbox, person, link)
    parts = urlsplit(link if "://" in link else f"https://{link}")
    query = {key: values[-1] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
    target = query.get("domain", parts.path.strip("/"))
    if target.lower() != username.lower():
        raise NotAllowed("not a link to this bot", link)
    if "startgroup" in query:
        if group is None:
            raise NotAllowed("a startgroup link needs a group")
        return _start_group(sandbox, person, group, query["startgroup"], query.get("admin"))
    return _start(sandbox, person, query.get("start", ""))


def _start(sandbox: Sandbox, person: int, payload: str) -> int:
    chat = open_private(sandbox, person)
    say(sandbox, Saying(person, chat.id, f"/start {_checked(payload)}"))
    return chat.id


def _start_group(sandbox: Sandbox, person: int, group: Chat, payload: str, admin: str | None) -> int:
    rights = None if admin is None else frozenset(f"can_{one}" for one in admin.split())
    add_bot(sandbox, group, by=person, rights=rights)
    if payload:
        username = sandbox.world.bot.person.username
        say(sandbox, Saying(person, group.id, f"/start@{username} {_checked(payload)}"))
    return group.id


def _checked(payload: str) -> str:
    is_good = payload.replace("-", "").replace("_", "").isalnum() and payload.isascii()
    if payload and (not is_good or len(payload) > LONGEST_PAYLOAD):
        raise NotAllowed("a payload is 1 to 64 of A-Z a-z 0-9 _ -", payload)
    return payload
