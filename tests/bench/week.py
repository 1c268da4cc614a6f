"""`python -m tests.bench.week [result.json …]`: how much a team hears from the bot in its busiest week.

The real services over SQLite, with a clock that is driven: what the week brought is taken in as it was
said, runs and digests come by the default timetable, the reviewer decides each working day at four, and
once a day somebody in the group asks for the tasks. What the bot sends is counted; edits make no noise.
"""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from bot.archive import open_archive
from bot.schedule import next_fire
from bot.view.painter import CardPainter
from bot.view.texts import Texts
from core.domain.ids import ChatId, PersonId
from core.domain.message import Message
from core.domain.person import Binding, Chat, ChatKind, ChatState, Person, ReviewPlace, Role
from core.domain.showing.spot import Place
from core.domain.showing.view import Bulk, TaskList
from core.rules.analyst import RuleAnalyst
from core.rules.answering import RuleAnswerer
from core.rules.conversations import RuleConversations
from core.rules.editing.editor import RuleEditor
from core.rules.embedding import WordLlamaEmbedder, WordVectors
from core.rules.learner import TextLearner
from core.rules.matching import RuleMatcher
from core.rules.noise import RuleNoise
from core.services.outside import Ports
from core.services.wiring import UseCases, wired
from core.settings import Settings
from storage.engine import open_engine
from storage.unit_of_work import SqlTransactions
from tests.bench.exports import REAL
from tests.builders import PROJECT, a_project, an_actor
from tests.databases import fresh_database, migrated_database, url_of
from tests.fakes import (
    FakeClock,
    FakeDeletionLog,
    FakeExports,
    FakeFacts,
    FakeMessenger,
    FakeWakeups,
    JsonWriter,
    SequentialIds,
)

TALKS = [REAL.parent / name for name in ("raspiblitz_en_part1.json", "qa_load_ru_2018-11_2020-03.json")]
"""Two groups over months, with real dates; data/README.md says whose."""
TICK = timedelta(minutes=10)
WEEK = timedelta(days=7)
DECIDES_AT, ASKS_AT = 16, 11
"""Hours of the working day at which the reviewer decides, and somebody asks for the tasks."""
ANN = PersonId(1)
_REVIEWER = an_actor(1, "@ann")
WORKDAYS = 5


@dataclass(frozen=True)
class Heard:
    """One week: what the team said in the group, and what the bot sent there and to the reviewer."""

    place: ReviewPlace
    said: int
    in_group: int
    in_direct: int

    @property
    def per_hundred(self) -> float:
        """The bot's messages in the group for 100 of the team's."""
        return 100 * self.in_group / max(1, self.said)


def busiest_week(messages: Sequence[Message]) -> list[Message]:
    """The messages of the fullest calendar week with talk on five days or more, oldest first.

    Raises ValueError when there is no such week.
    """
    weeks: dict[tuple[int, int], list[Message]] = {}
    for message in messages:
        year, week, _ = message.sent_at.isocalendar()
        weeks.setdefault((year, week), []).append(message)
    whole = [one for one in weeks.values() if len({each.sent_at.date() for each in one}) >= WORKDAYS]
    return sorted(max(whole, key=len), key=lambda one: one.sent_at)


@dataclass
class Team:
    """A group that is read, whose reviewer has started a direct chat."""

    do: UseCases
    transactions: SqlTransactions
    clock: FakeClock
    messenger: FakeMessenger
    group: ChatId

    async def join(self, place: ReviewPlace) -> None:
        """As after joining; the digest is shared with the group, so that the most there can be is heard."""
        async with self.transactions() as tx:
            await tx.projects.add(a_project(has_named_reviewers=True, place=place, digest_in_group=True))
            await tx.people.put(Person(ANN, "Ann", "ann", has_direct_chat=True))
            await tx.people.set_role(PROJECT, ANN, Role.OWNER)
            await tx.chats.put(Chat(self.group, ChatKind.SUPERGROUP, "Team", state=ChatState.READING))
            is_review = place is ReviewPlace.HERE
            await tx.chats.bind(Binding(self.group, PROJECT, is_review=is_review))
            await tx.people.put_membership(self.group, ANN, is_member=True, at=self.clock.now())
        await self.do.schedules.ensure_all()

    async def live(self, said: Sequence[Message]) -> None:
        """What happens in ten minutes in which this was said."""
        if said:
            await self.do.intake.take_messages(said, [])
        await self._work()
        now = self.clock.now()
        if now.minute == 0 and now.weekday() < WORKDAYS:
            if now.hour == DECIDES_AT:
                await self._decide()
            elif now.hour == ASKS_AT:
                view = TaskList(PROJECT)
                await self.do.placing.answer(view, Place(self.group), about={PROJECT})
        await self._work()

    async def _work(self) -> None:
        await self.do.schedules.fire_due()
        while await self.do.work.step():
            pass
        while await self.do.delivery.step():
            pass

    async def _decide(self) -> None:
        async with self.transactions.reading() as tx:
            waiting = await tx.proposals.list_pending(PROJECT)
        await self.do.review.settle_all([one.id for one in waiting], Bulk.APPROVE, _REVIEWER)


async def lived(export: Path, place: ReviewPlace, folder: Path) -> Heard:
    """The busiest week of an export, lived through with the bot in the group."""
    archive = open_archive(export, "UTC")
    week = busiest_week(list(archive.messages()))
    first = week[0].sent_at
    monday = first.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=first.weekday())
    fresh_database(migrated_database(), folder)
    engine = open_engine(url_of(folder / "triagram.db"))
    team = _team(SqlTransactions(engine, FakeClock(monday)), FakeClock(monday), archive.chat_id)
    try:
        await team.join(place)
        await _pass(team, week, monday)
    finally:
        await engine.dispose()
    sent = [chat for chat, _ in team.messenger.messages]
    return Heard(place, len(week), sent.count(archive.chat_id), sent.count(ChatId(ANN)))


async def _pass(team: Team, week: Sequence[Message], monday: datetime) -> None:
    at = 0
    while team.clock.now() < monday + WEEK:
        team.clock.move(seconds=TICK.total_seconds())
        start = at
        while at < len(week) and week[at].sent_at <= team.clock.now():
            at += 1
        await team.live([replace(one, batch_id=None) for one in week[start:at]])


def _team(transactions: SqlTransactions, clock: FakeClock, group: ChatId) -> Team:
    settings, words, matcher, messenger = Settings(), WordVectors(), RuleMatcher(), FakeMessenger()
    facts = FakeFacts()
    facts.members.add((group, ANN))
    ports = Ports(
        transactions=transactions,
        clock=clock,
        ids=SequentialIds(),
        wakeups=FakeWakeups(),
        facts=facts,
        messenger=messenger,
        painter=CardPainter(Texts()),
        deletions=FakeDeletionLog(),
        exports=FakeExports(),
        writer=JsonWriter(),
        embedder=WordLlamaEmbedder(words),
        analyst=RuleAnalyst(words, matcher),
        noise=RuleNoise(),
        conversations=RuleConversations(settings.analysis),
        matcher=matcher,
        answerer=RuleAnswerer(),
        learner=TextLearner(),
        editor=RuleEditor(),
        next_fire=next_fire,
        bot_id=1000,
        bot_username=lambda: "triagram_bot",
    )
    return Team(wired(ports, settings), transactions, clock, messenger, group)


async def told(export: Path) -> list[Heard]:
    """The same week with each place where reviewers may decide."""
    weeks: list[Heard] = []
    for place in (ReviewPlace.DIRECT, ReviewPlace.HERE):
        with TemporaryDirectory(prefix="triagram-week-") as folder:
            weeks.append(await lived(export, place, Path(folder)))
    return weeks


def main(arguments: Sequence[str]) -> None:
    """Print a line for each export and place."""
    for export in [Path(one) for one in arguments] or TALKS:
        for heard in asyncio.run(told(export)):
            counted = f"{heard.said} by the team, {heard.in_group} by the bot in the group"
            typer.echo(
                f"{export.name}, review {heard.place}: {counted} ({heard.per_hundred:.1f} per 100),"
                f" {heard.in_direct} to the reviewer"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
