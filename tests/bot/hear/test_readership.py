"""A word is shown only where it was said, or to someone who may read it there (product rule 12).

Every command there is said, and every button its answers offer is pressed, in every chat.
"""

import re
from collections import Counter
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiogram import Router

from bot.hear.filters import Commanded
from bot.hear.hearing import build_dispatcher
from bot.view.payload import Verb, press_of
from core.domain.ids import ChatId, PersonId
from core.domain.person import Binding, Installation, Person, Role
from core.domain.similarity import EVEN, SimilarType, Spread
from core.ports.analysis import Candidate, Likeness
from core.ports.chat import Card
from storage.engine import open_engine
from storage.inbox import SqlInbox
from storage.unit_of_work import SqlTransactions
from tests.bot.hear.conftest import (
    ANN,
    BOT_ID,
    MAX,
    MOBILE,
    OLYA,
    TEMPLATE,
    Room,
    an_administrator,
    direct,
    furnish,
    made_room,
)
from tests.builders import PROJECT
from tests.databases import fresh_database
from tests.fakes import FakeClock, TitleMatcher

LENA: dict[str, Any] = {"id": 9, "is_bot": False, "first_name": "Lena", "username": "lena"}
LYON: dict[str, Any] = {"id": -1002, "type": "supergroup", "title": "Lyon"}
HERE, THERE = "zzhere", "zzthere"
"""In every word said in Mobile, and in Lyon."""
SAID = (
    "login is dead",
    "the map is blank",
    "search takes nine seconds",
    "we ship on Friday",
    "who has the key",
)
ARGUMENTS: Mapping[str, Sequence[str]] = {
    "ask": (f"map{HERE}", f"map{THERE}", "map as of 2026-11-30"),
    "search": (f"login{HERE} we", f"login{THERE} we"),
    "topic": ("Login", "S-1", "S-2"),
    "add": ("the docs are old",),
    "bug": ("the docs are old",),
    "decision": ("we ship on Monday",),
    "digest": ("now", "off"),
    "extract": ("", "24h"),
    "export": ("", "md", "csv", "json", "ics"),
    "idea": ("a dark theme",),
    "project": ("", "Mobile"),
    "review": ("", "knowledge", "tasks"),
    "pending": ("", "expired"),
    "run": ("", "24h norag"),
    "task": tuple(f"T-{number}" for number in range(1, 8)),
    "tasks": ("", "mine", "open", "overdue", "unowned"),
}
"""What is said after a command that takes something."""
TRIES, DETOURS = 1, 3
"""How often somebody presses a verb in a chat, and those that only turn a card to another side."""
TURNING = frozenset({Verb.MORE, Verb.BACK, Verb.EDIT, Verb.PANEL, Verb.OPEN, Verb.LATER})
READING = (
    "review", "pending", "tasks", "task", "runs", "status", "digest", "topics", "topic", "ask", "search",
)  # fmt: skip
"""The commands whose answers are full of words."""
KNOWING = frozenset({"ask", "search", "topic"})
"""Said last: what they open is opened by lists too, and a verb is pressed a few times only."""
LEFT_ALONE = frozenset(
    {
        Verb.LEAVE_ME_OUT, Verb.FORGET_ME, Verb.REMOVE_WORDS, Verb.START_CLEAN, Verb.REVIEWER, Verb.UNDO,
        Verb.UNDO_LAST, Verb.UNDO_BULK,
    }
)  # fmt: skip
"""Pressed by nobody: afterwards there would be less to see."""
ELSEWHERE = frozenset(
    {
        Verb.START_READING, Verb.NEW_PROJECT, Verb.JOIN_PROJECT, Verb.ROOM_PROJECT, Verb.THREADS,
        Verb.OPEN_CHAT, Verb.START, Verb.CANCEL, Verb.RESUME, Verb.KEEP_RUN, Verb.CLOSE_AND_START,
        Verb.CLOSE_KEEP, Verb.CLOSE_EXPIRE, Verb.READ_NEW, Verb.BULK, Verb.ALIKE, Verb.CONFIRM,
        Verb.BRING_BACK, Verb.RAISE, Verb.SHARE,
        Verb.APPLY, Verb.PART, Verb.SPLIT, Verb.MOVE, Verb.UNMERGE, Verb.MERGED, Verb.BOTH, Verb.FIND_TASKS,
        Verb.HINTED, Verb.SET,
        Verb.REASON_LAST, Verb.CATEGORY, Verb.PRIORITY, Verb.DUE, Verb.STATUS, Verb.TAKE,
    }
)  # fmt: skip
"""May not come up here: what joins chats, steers runs or turns settings shows nobody's words, and what
changes a field shows the same card again; no decision here opposes one in force, no note is merged into
another, nothing is sure enough to be approved in bulk, and what the owner alone may do is left to them."""


class AllRelated(TitleMatcher):
    """Everything is like everything, so that nearest ones and pickers are full of the other group's."""

    def compare(self, new: Candidate, known: Candidate, spread: Spread = EVEN) -> Likeness:
        return Likeness(0.8, SimilarType.SEMANTIC, is_shown=True, is_duplicate=False)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncGenerator[Room]:
    """Olya is in Mobile, Max in Lyon, Ann in both, Lena in none; all of them review the one project."""
    database, clock = open_engine(fresh_database(TEMPLATE, tmp_path)), FakeClock()
    room = made_room(SqlTransactions(database, clock), SqlInbox(database), clock, AllRelated())
    async with room.transactions() as tx:
        await tx.installations.put(Installation(BOT_ID, owner_id=PersonId(1)))
    await furnish(room)
    await room.open_group(LYON)
    lyon = ChatId(LYON["id"])
    room.facts.administrators_by_chat[lyon] = [an_administrator(1, "Ann")]
    room.facts.members = {(ChatId(MOBILE["id"]), PersonId(1)), (ChatId(MOBILE["id"]), PersonId(7))}
    room.facts.members |= {(lyon, PersonId(1)), (lyon, PersonId(8))}
    async with room.transactions() as tx:
        await tx.chats.bind(Binding(lyon, PROJECT))
        await tx.people.put_administrators(lyon, [PersonId(1)], clock.now())
        for one in (OLYA, MAX, LENA):
            await tx.people.put(Person(PersonId(one["id"]), one["first_name"], has_direct_chat=True))
            await tx.people.set_role(PROJECT, PersonId(one["id"]), Role.REVIEWER)
    yield room
    await database.dispose()


@dataclass
class Walker:
    """One person in one chat; `told` is everything shown or answered to them."""

    room: Room
    person: Mapping[str, Any]
    chat: Mapping[str, Any]
    tried: Counter[Verb] = field(default_factory=Counter[Verb])
    told: set[str] = field(default_factory=set[str])

    async def walk(self, lines: Iterable[str], **more: Any) -> None:
        """Say each line, then press what stands here, newest first, until nothing is new."""
        for line in lines:
            await self.room.say(line, by=self.person, chat=self.chat, **more)
            await self._look()
            while (press := self._next()) is not None:
                toast = await self.room.press(press[1], at=(self.chat["id"], press[0]), by=self.person)
                self.told.add(f"toast: {toast}")
                await self._look()

    async def leave(self) -> None:
        """What stands here is looked at no more; else it would be painted anew at every press elsewhere."""
        async with self.room.transactions() as tx:
            await tx.spots.drop_chat(ChatId(self.chat["id"]))

    async def _look(self) -> None:
        await self.room.work()
        await self.room.deliver()
        self.told.update(_without_echo(_words(card)) for _, card in self._cards())

    def _cards(self) -> list[tuple[int, Card]]:
        sent = self.room.messenger.messages.items()
        return [(message, one.card) for (chat, message), one in reversed(sent) if chat == self.chat["id"]]

    def _next(self) -> tuple[int, str] | None:
        for message, card in self._cards():
            for payload in _payloads(card):
                press = press_of(payload)
                assert press is not None, payload
                most = DETOURS if press.verb in TURNING else TRIES
                if press.verb not in LEFT_ALONE and self.tried[press.verb] < most:
                    self.tried[press.verb] += 1
                    return message, payload
        return None


def _without_echo(text: str) -> str:
    """A card without the words one asks and searches with: it repeats them to whoever wrote them."""
    asked = {word for one in ("ask", "search") for line in ARGUMENTS[one] for word in line.split()}
    return " ".join(word for word in re.split(r"[\s“”<>]+", text) if word not in asked)


def _payloads(card: Card) -> Iterator[str]:
    return (button.payload for row in card.buttons for button in row if button.payload)


def _words(card: Card) -> str:
    return "\n".join([card.html, *(button.label for row in card.buttons for button in row)])


def _routers(router: Router) -> Iterator[Router]:
    yield router
    for one in router.sub_routers:
        yield from _routers(one)


def commands_of(room: Room) -> list[str]:
    """Every command some handler listens to."""
    filters = (
        one.callback
        for router in _routers(build_dispatcher(room.services))
        for handler in router.message.handlers
        for one in handler.filters or ()
    )
    return sorted({name for one in filters if isinstance(one, Commanded) for name in one.names})


def lines_of(commands: Iterable[str]) -> list[str]:
    """Each command with each of its arguments."""
    return [f"/{one} {argument}".strip() for one in commands for argument in ARGUMENTS.get(one, ("",))]


async def test_no_word_crosses_from_one_group_to_another_whatever_is_said_and_pressed(room: Room) -> None:
    for text in SAID:
        await room.say(" ".join(f"{word}{HERE}" for word in text.split()), by=OLYA)
        await room.say(" ".join(f"{word}{THERE}" for word in text.split()), by=MAX, chat=LYON)
    everything = lines_of(sorted(commands_of(room), key=lambda one: (one in KNOWING, one)))
    owner = Walker(room, ANN, direct(ANN))
    first = [Walker(room, OLYA, direct(OLYA)), Walker(room, OLYA, MOBILE)]
    second = [Walker(room, MAX, direct(MAX)), Walker(room, MAX, LYON)]
    nobody = Walker(room, LENA, direct(LENA))
    in_direct = [first[0], second[0], nobody]
    both = [Walker(room, ANN, MOBILE), Walker(room, ANN, LYON)]
    walkers = [owner, *first, *second, nobody, *both]
    await owner.walk(["/extract", "/run"])
    for walker in (*first, *second, nobody):
        await walker.walk(everything)
        if walker in in_direct:
            await walker.leave()
    for walker in both:
        await walker.walk(lines_of(READING))

    assert all(any(mark in one for one in owner.told) for mark in (HERE, THERE))
    assert all(any(HERE in one for one in walker.told) for walker in first)
    assert all(any(THERE in one for one in walker.told) for walker in second)
    assert [one for walker in (*first, nobody, both[0]) for one in walker.told if THERE in one] == []
    assert [one for walker in (*second, nobody, both[1]) for one in walker.told if HERE in one] == []
    pressed = {verb for walker in walkers for verb in walker.tried}
    assert set(Verb) - pressed <= LEFT_ALONE | ELSEWHERE
