"""A merge is taken back wherever it is shown; a kept note becomes a task by one tap."""

from uuid import UUID

from bot.view.payload import Verb
from core.domain.evidence import Evidence
from core.domain.ids import ChatId, Kind, PersonId, Ref
from core.domain.knowledge import Atom, AtomType
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.showing.panel import Panel
from core.domain.showing.spot import Place
from core.domain.showing.view import ProposalCard
from core.domain.showing.view_known import NoteCard
from core.domain.task import TaskDraft
from tests.bot.hear.cards import REVIEWER, bug, proposal
from tests.bot.hear.conftest import OLYA, Room
from tests.builders import PROJECT, START, a_message, a_quote

DIRECT = Place(ChatId(1), PersonId(1))
NOTE = Atom(
    UUID(int=700), PROJECT, 5, AtomType.PROBLEM, "Login is dead", "On every iPhone", 0.9, START, START,
    evidence=Evidence((a_quote(a_message(900)),)),
)  # fmt: skip


async def read(room: Room, proposal_id: UUID) -> Proposal:
    async with room.transactions.reading() as tx:
        return await tx.proposals.get(proposal_id)


async def test_a_merged_card_takes_itself_out_again_long_after_undo_is_over(room: Room) -> None:
    target = await proposal(room, await bug(room))
    merged = await proposal(room, await bug(room, 901, "It hangs on iPhone too"))
    ref = Ref(Kind.PROPOSAL, target.id)
    await room.do.review.merge(merged.id, ref, REVIEWER, merged.press_version)
    room.clock.move(days=3)
    await room.services.placing.answer(ProposalCard(merged.id), DIRECT, about={merged.id})
    spot = await room.last(ProposalCard)
    assert await room.tap(spot, Verb.UNMERGE) == f"{merged.name} waits for a decision again"
    assert (await read(room, merged.id)).status is ProposalStatus.PENDING


async def test_what_was_merged_into_a_card_that_waits_is_taken_out_on_that_card(room: Room) -> None:
    spot = await bug(room)
    target = await proposal(room, spot)
    merged = await proposal(room, await bug(room, 901, "It hangs on iPhone too"))
    ref = Ref(Kind.PROPOSAL, target.id)
    await room.do.review.merge(merged.id, ref, REVIEWER, merged.press_version)
    await room.tap(spot, Verb.MORE)
    await room.tap(spot, Verb.PANEL, Panel.MERGED)
    await room.tap(spot, Verb.UNMERGE, str(merged.number))
    assert (await read(room, merged.id)).status is ProposalStatus.PENDING


async def test_a_kept_note_becomes_a_task_to_decide_on_once_and_stays_known(room: Room) -> None:
    async with room.transactions() as tx:
        await tx.knowledge.add_atom(NOTE)
    await room.services.placing.answer(NoteCard(NOTE.id), DIRECT, about={NOTE.id})
    spot = await room.last(NoteCard)
    assert await room.tap(spot, Verb.PROMOTE) == "P-1 is a task to decide on"
    assert await room.tap(spot, Verb.PROMOTE) == "P-1 is a task to decide on"
    async with room.transactions.reading() as tx:
        (task,) = await tx.proposals.list_pending(PROJECT)
        assert (await tx.knowledge.get_atom(NOTE.id)).valid_until is None
    assert isinstance(task.content, TaskDraft)
    assert (task.title, task.evidence, task.sources) == (NOTE.title, NOTE.evidence, (NOTE.id,))


async def test_only_reviewers_make_a_task_of_a_note(room: Room) -> None:
    async with room.transactions() as tx:
        await tx.knowledge.add_atom(NOTE)
    await room.services.placing.answer(NoteCard(NOTE.id), Place(NOTE.evidence.quotes[0].key.chat_id))
    assert "Only reviewers" in await room.tap(await room.last(NoteCard), Verb.PROMOTE, by=OLYA)
