"""The review desk: the list of notes and the session, as they are shown."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from core.domain.ids import Kind, Ref
from core.domain.knowledge import AtomDraft, AtomType, TopicDraft
from core.domain.proposal import Proposal, ProposalStatus, version_of
from core.domain.showing.shown import ShownNotes, ShownSession
from core.domain.showing.view import Bulk, NotesList, SessionCard
from core.services.desk.sessions import OnCard
from tests.builders import PROJECT, a_proposal, a_run
from tests.house import REVIEWER
from tests.services.showing.conftest import Screen, put_up, shown


def a_note(number: int, title: str, topic: Ref | None, **more: Any) -> Proposal:
    draft = AtomDraft(AtomType.PROBLEM, title, title, topic)
    note = a_proposal(number, content=draft, run_id=a_run().id)
    return replace(note, **more)


async def a_run_of_notes(screen: Screen, count: int) -> list[Proposal]:
    """A run whose notes take turns between two proposed subjects."""
    subjects = [
        a_proposal(100 + one, content=TopicDraft(name), run_id=a_run().id)
        for one, name in enumerate(("Login", "Releases"))
    ]
    notes = [
        a_note(number, f"note {number}", Ref(Kind.PROPOSAL, subjects[number % 2].id), confidence=0.7)
        for number in range(1, count + 1)
    ]
    async with screen.house.transactions() as tx:
        await tx.runs.add(a_run())
    await put_up(screen, *subjects, *notes)
    return notes


class TestNotes:
    """The list."""

    async def test_notes_stand_under_their_subjects_in_pages_of_eight(self, screen: Screen) -> None:
        await a_run_of_notes(screen, 11)
        first = await shown(screen, NotesList(a_run().id))
        second = await shown(screen, NotesList(a_run().id, page=1))
        assert isinstance(first, ShownNotes)
        assert isinstance(second, ShownNotes)
        assert [(name, len(lines)) for name, lines in first.groups] == [("Releases", 6), ("Login", 2)]
        assert [(name, len(lines)) for name, lines in second.groups] == [("Login", 3)]
        assert (first.pages, first.pending, first.ticked) == (2, 11, 0)

    async def test_a_page_past_the_end_is_the_last_one(self, screen: Screen) -> None:
        await a_run_of_notes(screen, 3)
        last = await shown(screen, NotesList(a_run().id, page=7))
        assert isinstance(last, ShownNotes)
        assert last.view.page == 0

    async def test_sure_notes_are_ticked_unless_unticked_by_hand(self, screen: Screen) -> None:
        notes = await a_run_of_notes(screen, 3)
        async with screen.house.transactions() as tx:
            for note in notes[:2]:
                await tx.proposals.save(replace(note, confidence=0.9))
        view = NotesList(a_run().id, ticked=frozenset({notes[2].id}), unticked=frozenset({notes[0].id}))
        listed = await shown(screen, view)
        assert isinstance(listed, ShownNotes)
        ticked = {line.proposal.id for _, lines in listed.groups for line in lines if line.is_ticked}
        assert ticked == {notes[1].id, notes[2].id}

    async def test_after_keep_the_list_counts_its_outcome_and_offers_undo(self, screen: Screen) -> None:
        notes = await a_run_of_notes(screen, 4)
        view = NotesList(
            a_run().id, ticked=frozenset({notes[0].id, notes[1].id}), unticked=frozenset({notes[2].id})
        )
        spot = await screen.show(view)
        await screen.house.keep(spot.id, find_tasks=False)
        await screen.deliver()
        loaded = await screen.load(spot)
        assert isinstance(loaded.shown, ShownNotes)
        assert (loaded.shown.kept, loaded.shown.dropped, loaded.shown.left) == (2, 1, 1)
        assert loaded.shown.undo_until == screen.house.clock.now() + timedelta(minutes=10)
        assert loaded.repaint_at == loaded.shown.undo_until


class TestSession:
    """The queue in one message."""

    async def test_a_session_without_a_card_in_front_turns_to_the_first(self, screen: Screen) -> None:
        await put_up(screen, a_proposal(1, confidence=0.7), a_proposal(2, confidence=0.95))
        spot = await screen.show(SessionCard(PROJECT))
        await screen.deliver()
        view = (await screen.spot(spot)).view
        assert isinstance(view, SessionCard)
        assert view.at == a_proposal(2).id
        session = screen.painter.painted[-1]
        assert isinstance(session, ShownSession)
        assert (session.position, session.total) == (1, 2)
        assert [one.id for one in session.confident] == [a_proposal(2).id]

    async def test_a_card_settled_by_somebody_else_shows_their_decision(self, screen: Screen) -> None:
        await put_up(screen, a_proposal(1), a_proposal(2))
        spot = await screen.show(SessionCard(PROJECT, at=a_proposal(1).id))
        await screen.do.review.approve(a_proposal(1).id, REVIEWER, a_proposal(1).press_version)
        await screen.deliver()
        session = screen.painter.painted[-1]
        assert isinstance(session, ShownSession)
        assert session.current is not None
        assert session.current.proposal.status is ProposalStatus.APPROVED
        assert (session.position, session.total) == (1, 2)
        assert (await screen.spot(spot)).repaint_at == session.current.undo_until

    async def test_a_session_with_nothing_left_says_so(self, screen: Screen) -> None:
        session = await shown(screen, SessionCard(PROJECT, settled=3))
        assert isinstance(session, ShownSession)
        assert (session.position, session.total, session.current) == (0, 0, None)

    async def test_a_bulk_act_can_be_undone_from_the_session(self, screen: Screen) -> None:
        await put_up(screen, *(a_proposal(number, confidence=0.95) for number in (1, 2, 3)))
        spot = await screen.show(SessionCard(PROJECT, at=a_proposal(1).id))
        version = version_of(a_proposal(number) for number in (1, 2, 3))
        assert await screen.do.bulk.settle(OnCard(spot.id, version, REVIEWER)) == (Bulk.SURE, 3)
        await screen.deliver()
        session = screen.painter.painted[-1]
        assert isinstance(session, ShownSession)
        assert session.bulk_settled == 3
        assert session.undo_until == screen.house.clock.now() + timedelta(minutes=10)
