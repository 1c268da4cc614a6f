"""A town: many groups that one bot reads, everybody's talk, and reviewers with cards in direct chat."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import aiohttp

from bot.sandbox.driver import Chat, Driver, Person, Saying
from bot.sandbox.server import Address, serve
from bot.view.payload import Press, Verb, payload_of
from bot.world import SystemClock
from core.domain import person as domain
from core.domain.evidence import Evidence
from core.domain.ids import ChatId, MessageId, PersonId
from core.domain.proposal import Proposal
from core.domain.showing.spot import Spot
from core.domain.showing.view import ProposalCard
from storage.engine import Database, open_engine
from storage.unit_of_work import SqlTransactions
from tests.builders import PROJECT, a_message, a_project, a_proposal, a_quote, a_task_draft

GROUPS = 100
PEOPLE = 8
WORDS = (
    "the login button does nothing on my phone since this morning",
    "I will look at it after the standup, is there a log?",
    "we said the release goes out on Thursday, so it has to be mended before",
    "same here on the tablet, Android is fine though",
    "thanks!",
)
Kept = tuple[int, int, str]
"""Chat id, message id, text."""


@dataclass(frozen=True)
class Card:
    """A card in a reviewer's direct chat, with its Approve."""

    person: Person
    message_id: int
    payload: str


@dataclass
class Town:
    """What is said goes on in all groups in turn; `said` is what Telegram has of it."""

    driver: Driver
    address: Address
    people: Sequence[Person]
    groups: Sequence[Chat]
    database: Database
    said: list[Kept] = field(default_factory=list[Kept])

    async def talk(self) -> None:
        """One thing is said in each group."""
        sayings = [self._saying(len(self.said) + place, group) for place, group in enumerate(self.groups)]
        ids = await self.driver.say_many(sayings)
        self.said += [
            (group.id, id_, saying.text)
            for group, id_, saying in zip(self.groups, ids, sayings, strict=True)
        ]

    def _saying(self, number: int, group: Chat) -> Saying:
        text = f"{WORDS[number % len(WORDS)]} ({number})"
        return Saying(self.people[number % len(self.people)], group, text)

    async def asked(self, query: str) -> list[tuple[Any, ...]]:
        """Rows, as whoever looks from beside sees them."""
        async with self.database.reading() as connection:
            return [tuple(row) for row in (await connection.exec_driver_sql(query)).all()]

    async def number(self, query: str) -> int:
        """The one number a query has."""
        [(found,)] = await self.asked(query)
        return int(found)

    async def deal(self, count: int) -> list[Card]:
        """Pending proposals, a card each, as delivery would have left them; everybody has as many."""
        transactions = SqlTransactions(self.database, SystemClock())
        cards: list[Card] = []
        async with aiohttp.ClientSession() as session:
            for number in range(1, count + 1):
                person = self.people[number % len(self.people)]
                proposal = self._proposal(number)
                spot = _spot(number, proposal, person)
                payload = payload_of(Press(Verb.APPROVE, spot.id, proposal.press_version))
                message_id = await self._sent(session, person, proposal.name, payload)
                async with transactions() as tx:
                    await tx.proposals.add(proposal)
                    await tx.spots.add(spot.shown_as(MessageId(message_id), spot.wanted, "as dealt"))
                cards.append(Card(person, message_id, payload))
        return cards

    def _proposal(self, number: int) -> Proposal:
        source = a_message(1, chat_id=ChatId(self.groups[number % len(self.groups)].id))
        content = a_task_draft(title=f"Mend the login, case {number}")
        return a_proposal(number, content=content, evidence=Evidence((a_quote(source),)))

    async def _sent(self, session: aiohttp.ClientSession, person: Person, text: str, payload: str) -> int:
        keyboard = {"inline_keyboard": [[{"text": "Approve", "callback_data": payload}]]}
        url = f"{self.address.url}/bot{self.address.token}/sendMessage"
        body = {"chat_id": person.id, "text": text, "reply_markup": keyboard}
        async with session.post(url, json=body) as answer:
            return (await answer.json())["result"]["message_id"]


def _spot(number: int, proposal: Proposal, person: Person) -> Spot:
    return Spot(
        id=UUID(int=10**6 + number),
        view=ProposalCard(proposal.id),
        chat_id=ChatId(person.id),
        created_at=SystemClock().now(),
        about=frozenset({proposal.id}),
        reader_id=PersonId(person.id),
    )


@asynccontextmanager
async def town(url: str) -> AsyncGenerator[Town]:
    """A town over an empty, migrated database; Telegram's limits are off until the program has begun."""
    async with serve(has_limits=False) as address, Driver(address.url) as driver:
        people = [await driver.person(f"Person {number}", f"person{number}") for number in range(PEOPLE)]
        groups = [await driver.group(f"Team {number}", people, "supergroup") for number in range(GROUPS)]
        for group in groups:
            await driver.add_bot(group)
        for person in people:
            await driver.private(person, start=True)
        await _forget_updates(address)
        database = open_engine(url)
        try:
            await _furnish(database, people, groups)
            yield Town(driver, address, people, groups, database)
        finally:
            await database.dispose()


async def _forget_updates(address: Address) -> None:
    """The bot joined long ago."""
    async with aiohttp.ClientSession() as session:
        url = f"{address.url}/bot{address.token}/deleteWebhook"
        async with session.post(url, json={"drop_pending_updates": True}) as answer:
            assert answer.status == 200


async def _furnish(database: Database, people: Sequence[Person], groups: Sequence[Chat]) -> None:
    """One project that reads all groups, with everybody a reviewer."""
    async with SqlTransactions(database, SystemClock())() as tx:
        await tx.projects.add(a_project(has_named_reviewers=True))
        for group in groups:
            chat = domain.Chat(
                ChatId(group.id), domain.ChatKind.SUPERGROUP, group.title,
                state=domain.ChatState.READING, bot_is_administrator=True,
            )  # fmt: skip
            await tx.chats.put(chat)
            await tx.chats.bind(domain.Binding(chat.id, PROJECT))
        for one in people:
            person = domain.Person(PersonId(one.id), one.name, one.username, has_direct_chat=True)
            await tx.people.put(person)
            await tx.people.set_role(PROJECT, person.id, domain.Role.REVIEWER)
