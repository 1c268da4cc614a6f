"""The story that is played with and without kills, from joining to the digest and to being forgotten."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.demo.cast import OWNER, Line, Script, sample_script
from bot.demo.stage import payload_for
from bot.sandbox.driver.shown import Chat, Person, Saying, ShownMessage
from bot.view.payload import Verb
from tests.soak.stage import BEGINS, Fits, Seat, Stage

LINES = 26
"""The first morning of the sample chat: a bug, a wish, a decision, a request."""
UNTICKED = "dark theme"
EDITED = "Customers also keep asking"
REPORT = "/bug Login is dead on my iPhone again: now on a tablet too"
_QUESTIONS: Sequence[tuple[Verb, str]] = (
    (Verb.START_READING, ""),
    (Verb.TIMEZONE, ""),
    (Verb.LANGUAGE, ""),
    (Verb.DONE, ""),
    (Verb.PLACE, "direct"),
)
"""What the setup card asks, with the answer; in the order in which one is taken before another."""


@dataclass(frozen=True)
class Cast:
    """The people by user name, their group, and the owner's seats."""

    people: Mapping[str, Person]
    group: Chat
    direct: Seat
    in_group: Seat


async def play(stage: Stage, link: str) -> None:
    """The whole story; every wait outlasts a death."""
    script = sample_script(BEGINS - timedelta(minutes=5))
    cast = await _join(stage, script, link)
    await _talk(stage, cast, script.lines[:LINES])
    await _knowledge(cast.direct)
    await _tasks(cast.direct)
    await _decide(cast.direct)
    await _merge(cast)
    await _close(cast.direct)
    await _follow(cast.direct)
    await _digest(cast.direct)
    await _forget(stage, cast)


def offers(verb: Verb, *, arg: str = "") -> Fits:
    """A message with that button."""
    return lambda message: payload_for(message, verb, arg) is not None


def says(*words: str) -> Fits:
    """A message with one of these in it."""
    return lambda message: any(word in message.text for word in words)


def anything(_message: ShownMessage) -> bool:
    """Any message."""
    return True


def both(one: Fits, other: Fits) -> Fits:
    """A message that fits both."""
    return lambda message: one(message) and other(message)


def lacks(one: Fits) -> Fits:
    """A message that does not fit."""
    return lambda message: not one(message)


async def _join(stage: Stage, script: Script, link: str) -> Cast:
    driver = stage.driver
    people = {handle: await driver.person(name, handle) for handle, name in script.people.items()}
    owner = people[OWNER]
    group = await driver.group(script.project, list(people.values()), "supergroup")
    direct = Seat(stage, owner, await driver.private(owner))
    await driver.open_link(owner, link)
    welcome = await direct.see(lambda message: _group_link(message) is not None)
    await driver.open_link(owner, _group_link(welcome) or "", chat=group)
    in_group = Seat(stage, owner, group.id)
    await _answer_questions(in_group)
    return Cast(people, group, direct, in_group)


async def _answer_questions(seat: Seat) -> None:
    card = await seat.see(offers(Verb.START_READING))
    for _ in _QUESTIONS:
        asked = next((one for one in _QUESTIONS if offers(one[0], arg=one[1])(card)), None)
        if asked is None:
            break
        verb, arg = asked
        card = await seat.press(verb, anything, both(lacks(offers(verb)), _is_further), arg=arg)
    await seat.see(says("I am reading"))


def _is_further(message: ShownMessage) -> bool:
    """A setup card past its first question."""
    return says("I am reading")(message) or any(offers(verb)(message) for verb, _ in _QUESTIONS[1:])


def _group_link(message: ShownMessage) -> str | None:
    urls = (button.url or "" for row in message.buttons for button in row)
    return next((url for url in urls if "startgroup" in url), None)


async def _talk(stage: Stage, cast: Cast, lines: Sequence[Line]) -> None:
    """Everybody talks; one corrects a word."""
    ids: dict[int, int] = {}
    for line in lines:
        reply_to = None if line.reply_to is None else ids[line.reply_to]
        saying = Saying(cast.people[line.speaker], cast.group, line.text, reply_to=reply_to, at=line.at)
        [ids[line.id]] = await stage.driver.say_many([saying])
    edited = next(line for line in lines if line.text.startswith(EDITED))
    speaker = cast.people[edited.speaker]
    await stage.driver.edit(speaker, cast.group, ids[edited.id], f"{edited.text} and to Excel")


async def _knowledge(seat: Seat) -> None:
    """Read what was said, untick a note, keep the rest and look for tasks."""
    after = await seat.say("/extract")
    notes = await seat.see(offers(Verb.KEEP_AND_FIND), after=after)
    number, payload = _line_of(notes, UNTICKED)
    off = says(f"☐ {number}.")
    await seat.press(Verb.TICK, lacks(off), off, arg=payload.split(".")[2], after=after)
    await seat.press(Verb.KEEP_AND_FIND, off, offers(Verb.UNDO_BULK), after=after)


def _line_of(notes: ShownMessage, words: str) -> tuple[str, str]:
    """The number of the ticked note with these words, and its button's payload."""
    number = next(found[1] for found in re.finditer(r"☑ (\d+)\. (.*)", notes.text) if words in found[2])
    data = next(
        button.data for row in notes.buttons for button in row if button.text.split() == ["☑", number]
    )
    assert data is not None
    return number, data


async def _tasks(seat: Seat) -> None:
    """Approve the task in front of the session; the next one comes."""
    session = await seat.see(both(offers(Verb.APPROVE), offers(Verb.UNDO_BULK)))
    title = session.text.splitlines()[2]
    beside = both(offers(Verb.UNDO_BULK), lacks(says(title)))
    await seat.press(Verb.APPROVE, both(offers(Verb.UNDO_BULK), says(title)), beside)


async def _decide(seat: Seat) -> None:
    """Keep what waits first by mistake, take that back, drop it with a reason."""
    after = await seat.say("/pending")
    is_card = lacks(offers(Verb.UNDO_BULK))
    await seat.press(Verb.OPEN, is_card, both(is_card, offers(Verb.REJECT)), after=after)
    await seat.press(Verb.APPROVE, is_card, offers(Verb.UNDO), after=after)
    await seat.press(Verb.UNDO, says("kept by", "approved by"), offers(Verb.REJECT), after=after)
    await seat.press(Verb.REJECT, is_card, offers(Verb.REASON), after=after)
    await seat.press(Verb.REASON, is_card, says("(too vague)"), arg="too_vague", after=after)


async def _merge(cast: Cast) -> None:
    """Somebody reports by hand what is a task already; the report is merged into it."""
    seat = cast.direct
    # What the report is compared with has its vector by then.
    await seat.stage.settled()
    after = (await seat.stage.driver.messages(seat.chat))[-1].id
    await Seat(seat.stage, cast.people["olya"], cast.group.id).say(REPORT)
    is_report = says("now on a tablet too")
    await seat.press(Verb.MERGE, is_report, offers(Verb.PICK), after=after)
    await seat.press(Verb.PICK, is_report, offers(Verb.CONFIRM_MERGE), after=after)
    await seat.press(Verb.CONFIRM_MERGE, is_report, says("merged by"), after=after)


async def _close(seat: Seat) -> None:
    after = await seat.say("/close")
    await seat.press(Verb.CLOSE_CARRY, anything, says("is closed"), after=after)


async def _follow(seat: Seat) -> None:
    """Follow what becomes of runs, and be reminded of one's own tasks."""
    after = await seat.say("/watch")
    await seat.press(Verb.WATCH, anything, _shows("☑ Runs"), arg="runs", after=after)
    after = await seat.say("/tasks mine")
    await seat.press(Verb.REMIND, anything, offers(Verb.REMIND, arg="off"), arg="on", after=after)


def _shows(label: str) -> Fits:
    """A message with a button of that label."""
    return lambda message: any(button.text == label for row in message.buttons for button in row)


async def _digest(seat: Seat) -> None:
    after = await seat.say("/digest now")
    await seat.see(says("📬"), after=after)


async def _forget(stage: Stage, cast: Cast) -> None:
    """One of those who were quoted takes all their words back."""
    person = cast.people["ivan_p"]
    seat = Seat(stage, person, await stage.driver.private(person))
    after = await seat.say("/forget me")
    await seat.press(Verb.CONFIRM, anything, says("Nothing of yours is kept"), after=after)
