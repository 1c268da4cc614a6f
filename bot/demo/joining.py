"""Scene one: the owner's link, the group, Start reading, three taps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.demo.cast import OWNER
from bot.demo.stage import Seat, Stage, payload_for
from bot.sandbox.driver.shown import Chat, Person, ShownMessage
from bot.view.payload import Verb

_TAPS: Sequence[tuple[Verb, str]] = (
    (Verb.START_READING, ""),
    (Verb.NEW_PROJECT, ""),
    (Verb.PLACE, "direct"),
    (Verb.TIMEZONE, "Europe/Berlin"),
    (Verb.DONE, ""),
)
_MOST_TAPS = 8


@dataclass(frozen=True)
class Cast:
    """The people by user name, their group, and the owner's seats in both chats."""

    people: Mapping[str, Person]
    group: Chat
    direct: Seat
    in_group: Seat


async def join(stage: Stage, title: str, names: Mapping[str, str], chat_id: int | None = None) -> Cast:
    """Everybody comes in, the bot is added, the owner taps through its questions."""
    stage.transcript.scene("Joining")
    people = {handle: await stage.driver.person(name, handle) for handle, name in names.items()}
    owner = people[OWNER]
    group = await stage.driver.group(title, list(people.values()), "supergroup", chat_id)
    direct = Seat(stage, owner, await stage.driver.private(owner))
    stage.transcript.does(owner.name, "opens the owner's one-time link")
    await stage.driver.open_link(owner, await stage.app.owner_link() or "")
    welcome = await direct.read()
    urls = [button.url or "" for row in welcome.buttons for button in row]
    link = next(url for url in urls if "startgroup" in url)
    stage.transcript.does(owner.name, f"adds the bot to “{title}” by that link")
    await stage.driver.open_link(owner, link, chat=group)
    in_group = Seat(stage, owner, group.id)
    await _tap_through(in_group)
    return Cast(people, group, direct, in_group)


async def _tap_through(seat: Seat) -> None:
    card = await seat.read(verb=Verb.START_READING)
    for _ in range(_MOST_TAPS):
        step = _next_tap(card)
        if step is None:
            return
        await seat.tap(card, *step)
        card = await seat.watch(card)


def _next_tap(card: ShownMessage) -> tuple[Verb, str] | None:
    return next((step for step in _TAPS if payload_for(card, *step)), None)
