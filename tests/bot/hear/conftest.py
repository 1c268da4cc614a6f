"""A room where updates are heard: real storage, services, painter and dispatcher; a fake world outside."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiogram import Bot

from bot.hear.hearing import Drain, Poller, Services, build_dispatcher
from bot.hear.stream.arrivals import Arrivals
from bot.view.files.writer import FileWriter
from bot.view.painter import CardPainter
from bot.view.payload import Press, Verb, payload_of, press_of
from bot.view.texts import Texts
from core.domain.ids import ChatId, MessageId, MessageKey, PersonId
from core.domain.message import Message
from core.domain.person import Binding, Chat, ChatKind, ChatState, Installation, Person, Role
from core.domain.showing.spot import Spot
from core.domain.showing.view import Notice
from core.ports.analysis import Matcher
from core.ports.chat import ChatAdministrator
from core.rules.editing.editor import RuleEditor
from core.services.outside import Ports
from core.services.wiring import UseCases, wired
from core.settings import Settings
from storage.engine import open_engine
from storage.inbox import SqlInbox
from storage.unit_of_work import SqlTransactions
from tests.builders import GROUP, PROJECT, a_project
from tests.databases import fresh_database, migrated_database
from tests.fakes import (
    EverythingMatters,
    FakeClock,
    FakeDeletionLog,
    FakeExports,
    FakeFacts,
    FakeLearner,
    FakeMessenger,
    FakeWakeups,
    HashEmbedder,
    OneEach,
    ScriptedAnalyst,
    Sent,
    SequentialIds,
    SharesAWord,
    TitleMatcher,
)
from tests.house import each_message_a_note, each_note_a_task, never

TEMPLATE = migrated_database()
USERNAME = "triagram_bot"
BOT_ID = 42
ANN: dict[str, Any] = {
    "id": 1,
    "is_bot": False,
    "first_name": "Ann",
    "username": "ann",
    "language_code": "en",
}
OLYA: dict[str, Any] = {"id": 7, "is_bot": False, "first_name": "Olya", "username": "olya"}
MAX: dict[str, Any] = {"id": 8, "is_bot": False, "first_name": "Max", "username": "max"}
STRANGER: dict[str, Any] = {"id": 99, "is_bot": False, "first_name": "Eve", "username": "eve"}
US: dict[str, Any] = {"id": BOT_ID, "is_bot": True, "first_name": "Triagram", "username": USERNAME}
MOBILE: dict[str, Any] = {"id": GROUP, "type": "supergroup", "title": "Mobile"}


def direct(person: Mapping[str, Any]) -> dict[str, Any]:
    """The direct chat with a person."""
    return {"id": person["id"], "type": "private", "first_name": person["first_name"]}


@dataclass
class Room:
    """One project, its group and its reviewer Ann; what is said here is heard."""

    do: UseCases
    services: Services
    drain: Drain
    poller: Poller
    transactions: SqlTransactions
    inbox: SqlInbox
    clock: FakeClock
    facts: FakeFacts
    messenger: FakeMessenger
    wakeups: FakeWakeups
    updates: int = 0
    messages: int = 500

    def update(self, **event: Any) -> dict[str, Any]:
        """An update with the next number."""
        self.updates += 1
        return {"update_id": self.updates, **event}

    def message(
        self,
        text: str = "",
        *,
        by: Mapping[str, Any] | None = OLYA,
        chat: Mapping[str, Any] = MOBILE,
        **more: Any,
    ) -> dict[str, Any]:
        """A message with the next id."""
        self.messages += 1
        said: dict[str, Any] = {
            "message_id": self.messages,
            "date": int(self.clock.now().timestamp()),
            "chat": dict(chat),
            **more,
        }
        if by is not None:
            said["from"] = dict(by)
        return {**said, "text": text} if text else said

    async def hear(self, *updates: Mapping[str, Any]) -> None:
        """Keep updates and let them take effect."""
        await self.poller.arrivals.keep(updates)
        await self.drain.settle()

    async def say(self, text: str, **more: Any) -> dict[str, Any]:
        """Somebody writes; return the message."""
        message = self.message(text, **more)
        await self.hear(self.update(message=message))
        return message

    async def press(
        self,
        data: str,
        *,
        at: tuple[int, int],
        by: Mapping[str, Any] = ANN,
        is_accessible: bool = True,
    ) -> str:
        """Somebody presses a button with this payload; return what they are told."""
        chat_id, message_id = at
        chat = MOBILE if chat_id < 0 else direct(by)
        message: dict[str, Any] = {"chat": {**chat, "id": chat_id}, "message_id": message_id, "date": 0}
        if is_accessible:
            message |= {"date": int(self.clock.now().timestamp()), "from": US, "text": "a card"}
        before = len(self.messenger.answers)
        query = {
            "id": f"q{self.updates}",
            "from": dict(by),
            "message": message,
            "chat_instance": "1",
            "data": data,
        }
        await self.hear(self.update(callback_query=query))
        told = self.messenger.answers[before:]
        assert len(told) == 1, f"a press is answered once, not {told}"
        return told[0][1]

    async def deliver(self) -> None:
        """Everything that is to stand somewhere is sent."""
        while await self.do.delivery.step():
            pass

    async def work(self) -> None:
        """The worker does all there is to do."""
        while await self.do.work.step():
            self.clock.move(seconds=1)

    async def spots(self, *kinds: type) -> list[Spot]:
        """What stands or shall stand anywhere, oldest first."""
        async with self.transactions.reading() as tx:
            rows = await tx.spots.connection.exec_driver_sql("SELECT id FROM spot ORDER BY created_at, id")
            found = [await tx.spots.get(_uuid(row[0])) for row in rows.all()]
        return [spot for spot in found if not kinds or isinstance(spot.view, kinds)]

    async def last(self, *kinds: type) -> Spot:
        """The newest spot that shows one of these."""
        return (await self.spots(*kinds))[-1]

    async def notices(self) -> list[Notice]:
        """Every sentence said, oldest first."""
        return [spot.view for spot in await self.spots(Notice) if isinstance(spot.view, Notice)]

    def shown(self, spot: Spot) -> Sent:
        """How a spot stands in the chat."""
        assert spot.message_id is not None
        return self.messenger.messages[spot.chat_id, spot.message_id]

    async def tap(self, spot: Spot, verb: Verb, arg: str = "", *, by: Mapping[str, Any] = ANN) -> str:
        """Press the button with this verb that really is on the card; return what is told."""
        await self.deliver()
        async with self.transactions.reading() as tx:
            spot = await tx.spots.get(spot.id)
        card = self.shown(spot).card
        found = [
            button.payload
            for row in card.buttons
            for button in row
            if (press := press_of(button.payload)) and press.verb is verb and arg in ("", press.arg)
        ]
        assert found, f"no {verb.name} {arg} on {[b.label for row in card.buttons for b in row]}"
        assert spot.message_id is not None
        return await self.press(found[0], at=(spot.chat_id, spot.message_id), by=by)

    async def stored(self, chat_id: int, message_id: int) -> Message | None:
        """A message as it is kept."""
        async with self.transactions.reading() as tx:
            return await tx.messages.find(MessageKey(ChatId(chat_id), MessageId(message_id)))

    async def waiting(self) -> list[int]:
        """Updates without effect yet."""
        return [one.update_id for one in await self.inbox.waiting(1000)]

    async def open_group(self, chat: Mapping[str, Any], **more: Any) -> None:
        """Make a chat one that is read."""
        kind = ChatKind(chat["type"])
        async with self.transactions() as tx:
            known = Chat(
                ChatId(chat["id"]), kind, str(chat.get("title", "")), state=ChatState.READING, **more
            )
            await tx.chats.put(known)


def _uuid(stored: object) -> UUID:
    return UUID(bytes=stored) if isinstance(stored, bytes) else UUID(str(stored))


def forged(verb: Verb, spot: Spot, version: int = 0, arg: str = "") -> str:
    """A payload nobody painted."""
    return payload_of(Press(verb, spot.id, version, arg))


@pytest.fixture
async def bare_room(tmp_path: Path) -> AsyncIterator[Room]:
    """A room on a fresh database that only has its owner, Ann."""
    database = open_engine(fresh_database(TEMPLATE, tmp_path))
    clock = FakeClock()
    made = made_room(SqlTransactions(database, clock), SqlInbox(database), clock)
    async with made.transactions() as tx:
        await tx.installations.put(Installation(BOT_ID, owner_id=PersonId(1)))
    yield made
    await database.dispose()


@pytest.fixture
async def room(bare_room: Room) -> Room:
    """A furnished room."""
    await furnish(bare_room)
    return bare_room


def made_room(
    transactions: SqlTransactions, inbox: SqlInbox, clock: FakeClock, matcher: Matcher | None = None
) -> Room:
    """An empty room."""
    texts, messenger, facts, wakeups = Texts(), FakeMessenger(), FakeFacts(), FakeWakeups()
    ports = Ports(
        transactions=transactions, clock=clock, ids=SequentialIds(), wakeups=wakeups, facts=facts,
        messenger=messenger, painter=CardPainter(texts), embedder=HashEmbedder(),
        analyst=ScriptedAnalyst(each_message_a_note, each_note_a_task), noise=EverythingMatters(),
        conversations=OneEach(), matcher=matcher or TitleMatcher(), answerer=SharesAWord(),
        learner=FakeLearner(), editor=RuleEditor(), deletions=FakeDeletionLog(),
        exports=FakeExports(), writer=FileWriter(texts), next_fire=never, bot_id=BOT_ID,
        bot_username=lambda: USERNAME,
    )  # fmt: skip
    do = wired(ports, Settings())
    services = Services(
        transactions=transactions, clock=clock, inbox=inbox, messenger=messenger, texts=texts,
        bot_username=ports.bot_username, placing=do.placing, rights=do.rights, acting=do.acting,
        intake=do.intake, people=do.people, joining=do.joining,
        setting_up=do.setting_up, opening=do.opening, projects=do.projects, turning=do.turning,
        capture=do.capture,
        forwards=do.forwards, imports=do.imports, review=do.review, runs=do.runs,
        budget=do.budget, staff=do.staff, notes=do.notes,
        sessions=do.sessions, bulk=do.bulk, shaping=do.shaping, editing=do.editing,
        tasks=do.tasks, task_replies=do.task_replies,
        asking=do.asking, topics=do.topics, forgetting=do.forgetting,
        exporting=do.exporting, task_files=do.task_files, reminders=do.reminders,
        quoting=do.quoting, digests=do.digests, watching=do.watching, schedules=do.schedules,
    )  # fmt: skip
    bot = Bot(f"{BOT_ID}:TEST")
    drain = Drain(services, build_dispatcher(services), bot, wakeups)
    poller = Poller(bot, Arrivals(inbox, wakeups, clock))
    return Room(do, services, drain, poller, transactions, inbox, clock, facts, messenger, wakeups)


async def furnish(room: Room) -> None:
    """Ann owns the bot and the project; Olya and Max are in the group."""
    room.facts.administrators_by_chat[GROUP] = [an_administrator(1, "Ann")]
    room.facts.members |= {(GROUP, PersonId(number)) for number in (1, 7, 8)}
    async with room.transactions() as tx:
        await tx.projects.add(a_project(has_named_reviewers=True))
        await tx.people.put(Person(PersonId(1), "Ann", "ann", has_direct_chat=True))
        await tx.people.put(Person(PersonId(7), "Olya", "olya"))
        await tx.people.set_role(PROJECT, PersonId(1), Role.OWNER)
        await tx.people.put_administrators(GROUP, [PersonId(1)], room.clock.now())
        await tx.chats.put(Chat(GROUP, ChatKind.SUPERGROUP, "Mobile", state=ChatState.READING))
        await tx.chats.bind(Binding(GROUP, PROJECT))


def an_administrator(number: int, name: str) -> ChatAdministrator:
    """An administrator with a face."""
    person = PersonId(number)
    return ChatAdministrator(person, name, name.lower(), is_owner=False, is_anonymous=False, is_bot=False)
