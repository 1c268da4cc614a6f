"""Forgetting: words grow old, and chats that were left are purged."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from core.domain.evidence import Evidence
from core.domain.forgetting import DeletionKind
from core.domain.ids import ChatId, Kind, Ref
from core.domain.knowledge import AtomType
from core.domain.message import Origin
from core.domain.person import Chat, ChatKind, ChatState
from core.domain.proposal import ProposalStatus, Reason
from core.domain.showing.view import TaskCard, TaskList
from core.domain.task import Contribution, Due, Gain, Task, TaskStatus
from core.errors import Bug
from core.services.privacy.retention import RetentionService
from core.settings import PrivacySettings, Settings
from tests.builders import GROUP, PROJECT, START, a_message, a_proposal, a_quote, a_review, a_task_draft
from tests.databases import BOTH
from tests.house import House
from tests.services.daily.conftest import an_atom, keep

DATABASES = BOTH

LEFT = ChatId(-1009)
OURS = a_quote(a_message(1))
THEIRS = a_quote(a_message(2, chat_id=LEFT))


def privacy_of(house: House, settings: Settings | None = None) -> RetentionService:
    privacy = (settings or house.settings).privacy
    return RetentionService(house.transactions, house.clock, house.do.forgetting, privacy)


async def leave(house: House, days: float) -> None:
    """A chat the bot left so many days ago, and what was said in it."""
    left_at = house.clock.now() - timedelta(days=days)
    async with house.transactions() as tx:
        chat = Chat(LEFT, ChatKind.SUPERGROUP, "Left", state=ChatState.READING)
        await tx.chats.put(chat.gone(left_at))
        await tx.messages.add_many([a_message(2, chat_id=LEFT), a_message(1)])


class TestRetention:
    """Old words."""

    async def test_old_messages_go_and_their_quotes_stay(self, house: House) -> None:
        async with house.transactions() as tx:
            await tx.messages.add_many(
                [a_message(1, sent_at=START - timedelta(days=181)), a_message(2, sent_at=START)]
            )
            await tx.proposals.add(a_proposal(1))
        assert await privacy_of(house).retain() == 1
        async with house.transactions.reading() as tx:
            assert await tx.messages.find(a_message(1).key) is None
            assert await tx.messages.find(a_message(2).key) is not None
            assert (await tx.proposals.get(a_proposal(1).id)).evidence.quotes == (OURS,)

    async def test_imported_words_stay_until_a_run_read_them(self, house: House) -> None:
        old = a_message(1, sent_at=START - timedelta(days=900), origin=Origin.IMPORTED)
        async with house.transactions() as tx:
            await tx.messages.add_many([old])
        assert await privacy_of(house).retain() == 0
        async with house.transactions() as tx:
            await tx.messages.mark_read([old.key], UUID(int=9))
        assert await privacy_of(house).retain() == 1

    async def test_without_a_limit_nothing_goes(self, house: House) -> None:
        async with house.transactions() as tx:
            await tx.messages.add_many([a_message(1, sent_at=START - timedelta(days=9000))])
        forever = Settings(privacy=PrivacySettings(retention_days=0))
        assert await privacy_of(house, forever).retain() == 0


class TestPurge:
    """Chats that were left."""

    async def test_a_chat_left_lately_is_kept(self, house: House) -> None:
        await leave(house, days=6.9)
        assert await privacy_of(house).purge() == 0

    async def test_a_chat_left_long_ago_is_purged_once(self, house: House) -> None:
        await leave(house, days=7.1)
        assert await privacy_of(house).purge() == 1
        assert await privacy_of(house).purge() == 0
        async with house.transactions.reading() as tx:
            assert await tx.messages.find(THEIRS.key) is None
            assert await tx.messages.find(OURS.key) is not None

    async def test_a_purge_is_noted_by_ids_and_done_again_where_the_words_are_back(
        self, house: House
    ) -> None:
        await leave(house, days=8)
        await privacy_of(house).purge()
        [noted] = house.deletions.noted
        assert (noted.kind, noted.chat_id, noted.at) == (DeletionKind.CHAT, LEFT, house.clock.now())
        async with house.transactions() as tx:
            await tx.messages.add_many([a_message(3, chat_id=LEFT)])
        assert await house.do.forgetting.forget_again([noted]) == 1
        async with house.transactions.reading() as tx:
            back = await tx.messages.find(a_message(3, chat_id=LEFT).key)
        assert back is None or not back.text
        assert house.deletions.noted == [noted]

    async def test_what_did_not_commit_is_not_noted(self, house: House) -> None:
        with pytest.raises(Bug):
            async with house.transactions():
                await house.do.forgetting.forget_chat(LEFT)
                raise Bug("the outer step breaks")
        assert house.deletions.noted == []

    @pytest.mark.parametrize(
        ("quotes", "status"),
        [
            ((OURS,), ProposalStatus.PENDING),
            ((OURS, THEIRS), ProposalStatus.PENDING),
            ((THEIRS,), ProposalStatus.EXPIRED),
        ],
    )
    async def test_what_waits_loses_the_words_and_goes_when_none_is_left(
        self, house: House, quotes: tuple[object, ...], status: ProposalStatus
    ) -> None:
        await leave(house, days=8)
        async with house.transactions() as tx:
            await tx.proposals.add(a_proposal(1, evidence=Evidence(quotes)))  # type: ignore[arg-type]
        await privacy_of(house).purge()
        async with house.transactions.reading() as tx:
            proposal = await tx.proposals.get(a_proposal(1).id)
        assert proposal.status is status
        assert LEFT not in proposal.evidence.chats
        if status is ProposalStatus.EXPIRED:
            assert proposal.review is not None
            assert proposal.review.reason is Reason.NO_EVIDENCE_LEFT

    async def test_what_was_decided_keeps_its_decision_without_the_words(self, house: House) -> None:
        await leave(house, days=8)
        both = Evidence((OURS, THEIRS))
        rejected = a_proposal(1, status=ProposalStatus.REJECTED, review=a_review(), evidence=both)
        await keep(house, an_atom(1, AtomType.DECISION, house, evidence=both))
        async with house.transactions() as tx:
            await tx.proposals.add(rejected)
        await privacy_of(house).purge()
        async with house.transactions.reading() as tx:
            proposal = await tx.proposals.get(rejected.id)
            [atom] = await tx.knowledge.list_atoms(PROJECT)
        assert proposal.status is ProposalStatus.REJECTED
        assert proposal.evidence == atom.evidence == Evidence((OURS,))

    async def test_a_task_stays_without_quotes_and_without_the_phrase_of_its_date(
        self, house: House
    ) -> None:
        await leave(house, days=8)
        due = Due(START.date(), "before Friday's demo")
        task = Task(
            UUID(int=70), PROJECT, 1, a_task_draft(due=due), START, evidence=Evidence((OURS, THEIRS))
        )
        given = Contribution(
            UUID(int=71), UUID(int=72), Ref(Kind.TASK, task.id), Gain("more"), Evidence((THEIRS,)), START
        )
        async with house.transactions() as tx:
            await tx.proposals.add(a_proposal(5, id=UUID(int=72)))
            await tx.tasks.add(task)
            await tx.tasks.contribute(given)
        await privacy_of(house).purge()
        async with house.transactions.reading() as tx:
            kept = await tx.tasks.get(task.id)
        assert kept.whole_evidence == Evidence((OURS,))
        assert kept.draft.due == Due(START.date())
        assert [one.gain for one in kept.contributions] == [Gain("more")]

    @pytest.mark.parametrize(("count", "views"), [(2, [TaskCard, TaskCard]), (11, [TaskList])])
    async def test_tasks_left_with_no_words_go_back_to_a_reviewer(
        self, house: House, count: int, views: list[type]
    ) -> None:
        await leave(house, days=8)
        plain = Task(UUID(int=70), PROJECT, 0, a_task_draft(), START, evidence=Evidence((THEIRS,)))
        async with house.transactions() as tx:
            for number in range(1, count + 1):
                await tx.tasks.add(replace(plain, id=UUID(int=100 + number), number=number))
            await tx.tasks.add(replace(plain, id=UUID(int=200), number=50, status=TaskStatus.DONE))
        await privacy_of(house).purge()
        async with house.transactions() as tx:
            now = house.clock.now()
            shown = [
                type(spot.view)
                for _ in range(len(views))
                for spot in await tx.spots.lease_due(now, now + timedelta(hours=1), 50, frozenset())
            ]
        assert shown == views
        assert GROUP != LEFT
