"""What each View shows."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from core.domain.ids import Kind, PersonId, Ref
from core.domain.knowledge import AtomDraft, AtomType, TopicDraft
from core.domain.person import Person, Role
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.run import Stage
from core.domain.shown import ShownNotes, ShownPending, ShownProposal, ShownRun, ShownSession, ShownTasks
from core.domain.spot import (
    BlockedCard,
    DigestCard,
    EstimateCard,
    HelpCard,
    NotesList,
    Notice,
    Panel,
    PendingList,
    Place,
    ProjectCard,
    ProposalCard,
    ReviewersCard,
    RunCard,
    RunList,
    ScheduleCard,
    SessionCard,
    SetupCard,
    SetupStep,
    Spot,
    StatusCard,
    TaskCard,
    TaskFilter,
    TaskList,
    TopicList,
    View,
)
from core.domain.task import Assignee, Due, Task
from core.services.showing.sight import page_of
from tests.builders import GROUP, PROJECT, START, a_project, a_proposal, a_run, a_task_draft
from tests.house import ANN, DIRECT, REVIEWER
from tests.services.showing.conftest import Screen

TASK_ID = UUID(int=70)


async def shown(screen: Screen, view: View, place: Place = DIRECT) -> object:
    """What a view shows once it was painted."""
    screen.painter.painted.clear()
    spot = await screen.show(view, place)
    await screen.deliver()
    assert (await screen.spot(spot)).message_id is not None
    return screen.painter.painted[-1]


async def add(screen: Screen, *proposals: Proposal) -> None:
    async with screen.house.transactions() as tx:
        for proposal in proposals:
            await tx.proposals.add(proposal)
            item = Ref(Kind.PROPOSAL, proposal.id)
            await tx.search.put_text(item, PROJECT, proposal.title, "")


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
    await add(screen, *subjects, *notes)
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
        await screen.do.notes.keep(spot.id, REVIEWER, find_tasks=False)
        await screen.deliver()
        loaded = await screen.load(spot)
        assert isinstance(loaded.shown, ShownNotes)
        assert (loaded.shown.kept, loaded.shown.dropped, loaded.shown.left) == (2, 1, 1)
        assert loaded.shown.undo_until == screen.house.clock.now() + timedelta(minutes=10)
        assert loaded.repaint_at == loaded.shown.undo_until


class TestSession:
    """The queue in one message."""

    async def test_a_session_without_a_card_in_front_turns_to_the_first(self, screen: Screen) -> None:
        await add(screen, a_proposal(1, confidence=0.7), a_proposal(2, confidence=0.95))
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
        await add(screen, a_proposal(1), a_proposal(2))
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
        await add(screen, *(a_proposal(number, confidence=0.95) for number in (1, 2, 3)))
        spot = await screen.show(SessionCard(PROJECT, at=a_proposal(1).id))
        assert await screen.do.sessions.approve_confident(spot.id, REVIEWER) == 3
        await screen.deliver()
        session = screen.painter.painted[-1]
        assert isinstance(session, ShownSession)
        assert session.bulk_settled == 3
        assert session.undo_until == screen.house.clock.now() + timedelta(minutes=10)


class TestProposal:
    """A card and its panels."""

    async def test_the_merge_picker_offers_live_neighbours_but_not_itself(self, screen: Screen) -> None:
        await add(
            screen,
            *(a_proposal(n, content=a_task_draft(title=f"mend the login {n}")) for n in range(1, 9)),
        )
        await screen.do.review.reject(a_proposal(2).id, REVIEWER, a_proposal(2).press_version)
        card = await shown(screen, ProposalCard(a_proposal(1).id, Panel.MERGE))
        assert isinstance(card, ShownProposal)
        names = {one.name for one in card.candidates}
        assert len(card.candidates) == 5
        assert not names & {"P-1", "P-2"}

    async def test_a_query_finds_what_it_names(self, screen: Screen) -> None:
        await add(
            screen,
            a_proposal(1),
            a_proposal(2, content=a_task_draft(title="rotate the push certificate")),
        )
        card = await shown(screen, ProposalCard(a_proposal(1).id, Panel.MERGE, query="certificate"))
        assert isinstance(card, ShownProposal)
        assert [one.name for one in card.candidates] == ["P-2"]

    async def test_the_preview_says_what_the_target_would_gain(self, screen: Screen) -> None:
        target = Task(TASK_ID, PROJECT, 1, a_task_draft(title="other"), START)
        await add(screen, a_proposal(1))
        async with screen.house.transactions() as tx:
            await tx.tasks.add(target)
        view = ProposalCard(a_proposal(1).id, Panel.PREVIEW, Ref(Kind.TASK, TASK_ID))
        card = await shown(screen, view)
        assert isinstance(card, ShownProposal)
        assert card.preview is not None
        assert (card.preview.name, card.preview.gain.messages) == ("T-1", 1)

    async def test_the_project_is_named_where_the_reader_has_several(self, screen: Screen) -> None:
        await add(screen, a_proposal(1))
        one = await shown(screen, ProposalCard(a_proposal(1).id))
        async with screen.house.transactions() as tx:
            await tx.projects.add(replace(a_project(), id=UUID(int=6), name="Web"))
            await tx.people.set_role(UUID(int=6), ANN, Role.OWNER)
        several = await shown(screen, ProposalCard(a_proposal(1).id))
        assert isinstance(one, ShownProposal)
        assert isinstance(several, ShownProposal)
        assert (one.project_name, several.project_name) == ("", "Mobile")

    async def test_people_to_choose_from_start_with_who_said_it(self, screen: Screen) -> None:
        await screen.house.say("Login is dead on my iPhone again")
        await add(screen, a_proposal(1))
        card = await shown(screen, ProposalCard(a_proposal(1).id, Panel.OWNER))
        assert isinstance(card, ShownProposal)
        assert [person.name for person in card.people] == ["Olya", "Ann"]


class TestLists:
    """Pages and filters."""

    @pytest.fixture
    async def tasks(self, screen: Screen) -> None:
        drafts = [
            a_task_draft(assignee=Assignee("Ann", ANN, has_agreed=True)),
            a_task_draft(due=Due(date(2026, 11, 9))),
            *[a_task_draft() for _ in range(10)],
        ]
        async with screen.house.transactions() as tx:
            for number, draft in enumerate(drafts, start=1):
                await tx.tasks.add(Task(UUID(int=200 + number), PROJECT, number, draft, START))

    @pytest.mark.usefixtures("tasks")
    @pytest.mark.parametrize(
        ("wanted", "total"), [(TaskFilter.OPEN, 12), (TaskFilter.MINE, 1), (TaskFilter.OVERDUE, 1)]
    )
    async def test_filters(self, screen: Screen, wanted: TaskFilter, total: int) -> None:
        listed = await shown(screen, TaskList(PROJECT, wanted))
        assert isinstance(listed, ShownTasks)
        assert (listed.total, len(listed.tasks)) == (total, min(10, total))

    @pytest.mark.usefixtures("tasks")
    async def test_nothing_is_mine_in_a_group(self, screen: Screen) -> None:
        listed = await shown(screen, TaskList(PROJECT, TaskFilter.MINE), Place(GROUP))
        assert isinstance(listed, ShownTasks)
        assert listed.total == 0

    async def test_what_was_let_go_is_listed_apart(self, screen: Screen) -> None:
        await add(screen, a_proposal(1), a_proposal(2))
        async with screen.house.transactions() as tx:
            settling = screen.settling
            await settling.expire(tx, await tx.proposals.get(a_proposal(1).id), settling.nobody())
        waiting = await shown(screen, PendingList(PROJECT))
        expired = await shown(screen, PendingList(PROJECT, is_expired=True))
        assert isinstance(waiting, ShownPending)
        assert isinstance(expired, ShownPending)
        assert [one.number for one in waiting.proposals] == [2]
        assert [one.number for one in expired.proposals] == [1]

    @pytest.mark.parametrize(
        ("count", "page", "expected"), [(0, 0, (0, 1)), (10, 0, (0, 1)), (11, 1, (1, 2)), (11, 9, (1, 2))]
    )
    def test_pages(self, count: int, page: int, expected: tuple[int, int]) -> None:
        _, present, pages = page_of(list(range(count)), page)
        assert (present, pages) == expected


async def test_a_run_counts_conversations_and_what_was_found(screen: Screen) -> None:
    await screen.house.say(*(f"login is dead {number}" for number in range(7)))
    run = await screen.house.run(Stage.KNOWLEDGE)
    await screen.deliver()
    card = await shown(screen, RunCard(run.id))
    assert isinstance(card, ShownRun)
    progress = card.progress
    assert (progress.batches, progress.done, progress.messages, progress.proposals) == (2, 2, 7, 7)
    assert (card.tally.pending, card.tally.total) == (7, 7)
    assert progress.eta_seconds is None


async def test_a_reader_is_spoken_to_in_their_language_and_a_group_in_its_projects(screen: Screen) -> None:
    async with screen.house.transactions() as tx:
        await tx.people.put(Person(ANN, "Ann", "ann", language="uk", has_direct_chat=True))
        project = await tx.projects.get(PROJECT)
        await tx.projects.save(project.configured(language="ru", timezone="Europe/Kyiv"))
    own = await screen.load(await screen.show(StatusCard(PROJECT)))
    ours = await screen.load(await screen.show(StatusCard(PROJECT), Place(GROUP)))
    assert (own.reader.language, own.reader.timezone, own.reader.role) == ("uk", "Europe/Kyiv", Role.OWNER)
    assert (ours.reader.language, ours.reader.is_group, ours.reader.role) == ("ru", True, Role.MEMBER)


@pytest.mark.parametrize(
    "view",
    [
        ProposalCard(a_proposal(1).id, Panel.HISTORY),
        TaskCard(TASK_ID, Panel.OWNER),
        NotesList(a_run().id),
        RunCard(a_run().id),
        EstimateCard(PROJECT, Stage.KNOWLEDGE),
        BlockedCard(PROJECT, a_run().id, Stage.KNOWLEDGE),
        SessionCard(),
        DigestCard(PROJECT, date(2026, 11, 10)),
        TaskList(PROJECT),
        PendingList(PROJECT),
        RunList(PROJECT),
        StatusCard(PROJECT),
        TopicList(PROJECT),
        ProjectCard(PROJECT),
        ReviewersCard(PROJECT),
        ScheduleCard(PROJECT),
        *(SetupCard(GROUP, step) for step in SetupStep),
        HelpCard(PROJECT),
        HelpCard(),
        Notice("nothing-pending"),
    ],
    ids=lambda view: type(view).__name__,
)
@pytest.mark.parametrize("place", [DIRECT, Place(GROUP)], ids=["direct", "group"])
async def test_every_view_can_be_shown_everywhere(screen: Screen, view: View, place: Place) -> None:
    async with screen.house.transactions() as tx:
        await tx.runs.add(a_run())
        await tx.tasks.add(Task(TASK_ID, PROJECT, 1, a_task_draft(), START))
        await tx.people.put_administrators(GROUP, [PersonId(7)], START)
    await add(screen, a_proposal(1))
    spot: Spot = await screen.show(view, place)
    await screen.deliver()
    assert screen.at(await screen.spot(spot)).card.html
