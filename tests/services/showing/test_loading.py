"""What each View shows."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from core.domain.ids import Kind, PersonId, Ref
from core.domain.person import Person, Role
from core.domain.run import Stage
from core.domain.showing.panel import Panel
from core.domain.showing.shown import ShownProposal, ShownRun
from core.domain.showing.shown_lists import ShownPending, ShownTasks
from core.domain.showing.spot import Place, Spot
from core.domain.showing.view import (
    BlockedCard,
    DigestCard,
    EstimateCard,
    NotesList,
    Notice,
    PendingList,
    ProposalCard,
    ReviewersCard,
    RunCard,
    RunList,
    ScheduleCard,
    SessionCard,
    StatusCard,
    TaskCard,
    TaskFilter,
    TaskList,
    TopicList,
    View,
)
from core.domain.showing.view_settings import ProjectCard
from core.domain.showing.view_setup import HelpCard, OpeningCard, SetupCard, SetupStep
from core.domain.task import Assignee, Due, Task
from core.services.showing.sight import page_of
from tests.builders import GROUP, PROJECT, START, a_project, a_proposal, a_run, a_task_draft
from tests.house import ANN, DIRECT, REVIEWER
from tests.services.showing.conftest import Screen, put_up, shown

TASK_ID = UUID(int=70)


class TestProposal:
    """A card and its panels."""

    async def test_the_merge_picker_offers_live_neighbours_but_not_itself(self, screen: Screen) -> None:
        await put_up(
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
        await put_up(
            screen,
            a_proposal(1),
            a_proposal(2, content=a_task_draft(title="rotate the push certificate")),
        )
        card = await shown(screen, ProposalCard(a_proposal(1).id, Panel.MERGE, query="certificate"))
        assert isinstance(card, ShownProposal)
        assert [one.name for one in card.candidates] == ["P-2"]

    async def test_the_preview_says_what_the_target_would_gain(self, screen: Screen) -> None:
        target = Task(TASK_ID, PROJECT, 1, a_task_draft(title="other"), START)
        await put_up(screen, a_proposal(1))
        async with screen.house.transactions() as tx:
            await tx.tasks.add(target)
        view = ProposalCard(a_proposal(1).id, Panel.PREVIEW, Ref(Kind.TASK, TASK_ID))
        card = await shown(screen, view)
        assert isinstance(card, ShownProposal)
        assert card.preview is not None
        assert (card.preview.name, card.preview.gain.messages) == ("T-1", 1)

    async def test_the_project_is_named_where_the_reader_has_several(self, screen: Screen) -> None:
        await put_up(screen, a_proposal(1))
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
        await put_up(screen, a_proposal(1))
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
        await put_up(screen, a_proposal(1), a_proposal(2))
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
        OpeningCard(GROUP, GROUP),
        HelpCard(PROJECT),
        HelpCard(),
        Notice("ignored"),
    ],
    ids=lambda view: type(view).__name__,
)
@pytest.mark.parametrize("place", [DIRECT, Place(GROUP)], ids=["direct", "group"])
async def test_every_view_can_be_shown_everywhere(screen: Screen, view: View, place: Place) -> None:
    async with screen.house.transactions() as tx:
        await tx.runs.add(a_run())
        await tx.tasks.add(Task(TASK_ID, PROJECT, 1, a_task_draft(), START))
        await tx.people.put_administrators(GROUP, [PersonId(7)], START)
    await put_up(screen, a_proposal(1))
    spot: Spot = await screen.show(view, place)
    await screen.deliver()
    assert screen.at(await screen.spot(spot)).card.html
