"""A decision that opposes one in force: superseded, both true, or let be; nothing is deleted."""

from datetime import datetime

import pytest

from core.domain.history import Change
from core.domain.ids import Kind, Ref
from core.domain.knowledge import Atom, AtomDraft, LinkType
from core.domain.patch import Patch
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.run import Stage
from core.domain.showing.panel import Panel
from core.domain.showing.view import ProposalCard
from core.services.desk.sessions import OnCard
from tests.builders import PROJECT
from tests.databases import BOTH
from tests.house import DIRECT, REVIEWER, House
from tests.services.test_opposed import EARLIER, LATER, each_message_a_decision

DATABASES = BOTH


@pytest.fixture
async def kept(house: House) -> House:
    """The earlier is in force, the later waits for a decision."""
    house.analyst.extracts = each_message_a_decision
    await house.say(EARLIER, LATER)
    await house.run(Stage.KNOWLEDGE)
    earlier = await pending(house, EARLIER)
    await house.do.review.approve(earlier.id, REVIEWER, earlier.press_version)
    house.clock.move(minutes=30)
    return house


async def pending(house: House, title: str) -> Proposal:
    async with house.transactions.reading() as tx:
        return next(one for one in await tx.proposals.list_pending(PROJECT) if one.title == title)


async def notes(house: House, *, at: datetime | None = None) -> list[str]:
    """Titles of what held at a moment, now without one."""
    async with house.transactions.reading() as tx:
        atoms: list[Atom] = await tx.knowledge.list_atoms(PROJECT, only_in_force=False)
    return [one.title for one in atoms if (one.valid_until is None if at is None else one.held_at(at))]


async def test_superseding_ends_the_earlier_and_keeps_it_for_as_of(kept: House) -> None:
    later = await pending(kept, LATER)
    await kept.do.review.approve(later.id, REVIEWER, later.press_version)
    assert await notes(kept) == [LATER]
    async with kept.transactions.reading() as tx:
        old, _ = await tx.knowledge.list_atoms(PROJECT, only_in_force=False)
    assert old.valid_until is not None
    assert EARLIER in await notes(kept, at=old.valid_until)


async def test_both_true_keeps_both_and_one_undo_puts_the_question_back(kept: House) -> None:
    later = await pending(kept, LATER)
    await kept.do.review.keep_both(later.id, REVIEWER, later.press_version)
    assert await notes(kept) == [EARLIER, LATER]
    async with kept.transactions.reading() as tx:
        _, new = await tx.knowledge.list_atoms(PROJECT)
    assert [link.type for link in new.links] == [LinkType.RELATES_TO]
    await kept.do.review.undo_last(REVIEWER)
    back = await pending(kept, LATER)
    assert isinstance(back.content, AtomDraft)
    assert (back.content.replaces, back.edited_by) == (EARLIER, "")
    assert await notes(kept) == [EARLIER]
    await kept.do.review.approve(back.id, REVIEWER, back.press_version)
    assert await notes(kept) == [LATER]


async def test_undo_after_apply_and_approve_puts_back_the_text_there_was(house: House) -> None:
    await house.say("login is dead")
    await house.run(Stage.KNOWLEDGE)
    note = await pending(house, "login is dead")
    view = ProposalCard(note.id, Panel.CHANGE, patch=Patch(title="Login fails"))
    async with house.transactions() as tx:
        spot = await house.do.placing.show(tx, view, DIRECT, about={note.id})
    version = Patch(title="Login fails").press_version(note)
    await house.do.editing.apply_and_approve(OnCard(spot.id, version, REVIEWER))
    assert await notes(house) == ["Login fails"]
    await house.do.review.undo_last(REVIEWER)
    back = await pending(house, "login is dead")
    assert (back.status, back.edited_by) == (ProposalStatus.PENDING, "")
    async with house.transactions.reading() as tx:
        (last, *_) = await tx.history.list_of(Ref(Kind.PROPOSAL, note.id), 1)
    assert isinstance(last, Change)
    assert (last.before["title"], last.after["title"]) == ("Login fails", "login is dead")
