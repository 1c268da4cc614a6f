"""Turning a project's knobs: who may, what is kept of it, and that it holds from then on."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from core.domain.daily.schedule import Job
from core.domain.history import Change
from core.domain.ids import ChatId, Kind, PersonId, Ref
from core.domain.knobs import OWNERS, Knob, Knobs
from core.domain.person import Project, Role
from core.domain.proposal import ProposalStatus
from core.domain.run import Stage
from core.domain.showing.view_following import Answered, HintCard
from core.domain.showing.view_settings import PAGES, ProjectCard, SettingsPage
from core.errors import BadKnob, BadSchedule, BadText, NotOwner, NotReviewer
from core.services.chats.hinting import HintService
from core.services.privacy.retention import RetentionService
from core.services.tuning.chosen import kept_days, tuned
from core.settings import ReviewSettings
from tests.builders import PROJECT, a_message, a_note_draft, a_project, a_proposal, a_review, an_actor
from tests.house import DIRECT, REVIEWER, House
from tests.services.daily.conftest import timetable_of

OLYA = an_actor(7, "@olya")
VALUES = {
    Knob.NAME: "Mobile apps", Knob.DESCRIPTION: "Two apps", Knob.KEYWORDS: "login, push",
    Knob.COMPONENTS: "iOS, Android", Knob.GLOSSARY: "WAU: weekly active users", Knob.LANGUAGE: "uk",
    Knob.TIMEZONE: "europe/kyiv", Knob.EXTRACT: "10:00", Knob.ANALYSE: "off", Knob.DIGEST: "08:00",
    Knob.WEEKLY: "off", Knob.DIGEST_IN_GROUP: "on", Knob.CARDS_PER_RUN: "3", Knob.TICK_CONFIDENCE: "90",
    Knob.PROPOSE_FROM: "50", Knob.QUEUE_LIMIT: "50", Knob.EXPIRE_DAYS: "7",
    Knob.REJECTION_MEMORY_DAYS: "90", Knob.QUIET_FROM: "18:00", Knob.QUIET_UNTIL: "10:00",
    Knob.WEEKENDS: "on", Knob.MESSAGES_PER_DAY: "1", Knob.RETENTION_DAYS: "30",
}  # fmt: skip


async def project_of(house: House) -> Project:
    async with house.transactions.reading() as tx:
        return await tx.projects.get(PROJECT)


async def history_of(house: House) -> list[Change]:
    async with house.transactions.reading() as tx:
        return await tx.history.list_of(Ref(Kind.PROJECT, PROJECT), 50)


async def reviewing(house: House) -> None:
    """Olya decides, but owns nothing."""
    async with house.transactions() as tx:
        await tx.people.set_role(PROJECT, PersonId(7), Role.REVIEWER)


@pytest.mark.parametrize("knob", sorted(VALUES))
async def test_every_knob_that_is_turned_is_kept_with_who_and_what_it_was(house: House, knob: Knob) -> None:
    turning = replace(house.do.turning, schedules=timetable_of(house))
    await timetable_of(house).ensure_all()
    before = await project_of(house)
    await turning.turn(PROJECT, knob, VALUES[knob], REVIEWER)
    after = await project_of(house)
    assert after.version == "1.1"
    assert after.revision > before.revision
    [change] = await history_of(house)
    assert (change.by, change.by_id, list(change.after)) == ("Ann", 1, [knob.value])
    assert change.before != change.after


def test_every_knob_was_turned_but_those_with_tests_of_their_own() -> None:
    assert {knob for knobs in PAGES.values() for knob in knobs} - set(VALUES) == {Knob.AUTO_APPROVE}


async def test_turning_to_what_is_leaves_no_trace(house: House) -> None:
    await house.do.turning.turn(PROJECT, Knob.LANGUAGE, "en", REVIEWER)
    await house.do.turning.turn(PROJECT, Knob.EXPIRE_DAYS, "default", REVIEWER)
    assert (await project_of(house)).version == "1.0"
    assert await history_of(house) == []


async def test_a_knob_goes_back_to_what_is_installed(house: House) -> None:
    await house.do.turning.turn(PROJECT, Knob.EXPIRE_DAYS, "7", REVIEWER)
    await house.do.turning.turn(PROJECT, Knob.EXPIRE_DAYS, "default", REVIEWER)
    assert (await project_of(house)).knobs == Knobs()
    assert [one.after for one in await history_of(house)] == [{"expire_days": ""}, {"expire_days": "7"}]


@pytest.mark.parametrize("knob", sorted(OWNERS))
async def test_owners_alone_turn_what_is_theirs(house: House, knob: Knob) -> None:
    await reviewing(house)
    with pytest.raises(NotOwner):
        await house.do.turning.turn(PROJECT, knob, "on", OLYA)
    assert (await project_of(house)).version == "1.0"


async def test_members_turn_nothing_and_are_told_before_they_write(house: House) -> None:
    async with house.transactions() as tx:
        spot = await house.do.placing.show(tx, ProjectCard(PROJECT, SettingsPage.QUIET), DIRECT)
    with pytest.raises(NotReviewer):
        await house.do.turning.ask(spot.id, Knob.QUIET_FROM, OLYA)
    await house.do.turning.ask(spot.id, Knob.QUIET_FROM, REVIEWER)
    assert not await house.do.turning.may_turn(spot.id, OLYA)
    assert await house.do.turning.may_turn(spot.id, REVIEWER)
    await house.do.turning.turn_at(spot.id, Knob.QUIET_FROM, "18:00", REVIEWER)
    async with house.transactions.reading() as tx:
        assert (await tx.spots.get(spot.id)).view == ProjectCard(PROJECT, SettingsPage.QUIET)


@pytest.mark.parametrize(
    ("knob", "text", "refusal"),
    [
        (Knob.TIMEZONE, "Atlantis", BadKnob),
        (Knob.EXTRACT, "at dawn", BadSchedule),
        (Knob.DESCRIPTION, "x" * 1001, BadText),
        (Knob.GLOSSARY, f"a: {'x' * 1001}", BadText),
        (Knob.DIGEST_IN_GROUP, "perhaps", BadKnob),
        (Knob.CARDS_PER_RUN, "many", BadKnob),
    ],
)
async def test_what_cannot_be_used_changes_nothing(
    house: House, knob: Knob, text: str, refusal: type[Exception]
) -> None:
    turning = replace(house.do.turning, schedules=timetable_of(house))
    with pytest.raises(refusal):
        await turning.turn(PROJECT, knob, text, REVIEWER)
    assert await history_of(house) == []


async def test_schedules_and_reviewers_are_in_the_history_too(house: House) -> None:
    await timetable_of(house).set(PROJECT, Job.EXTRACT, "10:00", REVIEWER)
    await house.do.projects.toggle_reviewer(PROJECT, PersonId(7), REVIEWER)
    await house.do.budget.set(PROJECT, 25, REVIEWER)
    told = [(one.before, one.after) for one in reversed(await history_of(house))]
    assert told == [
        ({"extract": "off"}, {"extract": "10:00"}),
        ({"reviewers": ""}, {"reviewers": "Olya"}),
        ({"budget": ""}, {"budget": "$25.00"}),
    ]


async def test_a_projects_own_numbers_hold(house: House) -> None:
    own = Knobs(cards_per_run=3, expire_days=7, retention_days=500)
    review = tuned(ReviewSettings(), own)
    assert (review.cards_per_run, review.expire_days, review.queue_limit) == (3, 7, 100)
    assert tuned(house.settings.privacy, own).retention_days == 180
    assert [kept_days(180, None), kept_days(0, 30), kept_days(180, 30)] == [180, 30, 30]


async def test_what_waits_is_let_go_by_each_projects_own_days(house: House) -> None:
    other = UUID(int=10**29)
    old = house.clock.now() - timedelta(days=10)
    note = a_proposal(1).content
    async with house.transactions() as tx:
        await tx.projects.save(replace(await tx.projects.get(PROJECT), knobs=Knobs(expire_days=4)))
        await tx.projects.add(replace(a_project(), id=other, name="Other"))
        await tx.proposals.add(a_proposal(1, created_at=old, content=note))
        await tx.proposals.add(a_proposal(2, created_at=old, content=note, project_id=other))
    assert await house.do.review.expire_old() == 1
    async with house.transactions.reading() as tx:
        assert [one.number for one in await tx.proposals.list_pending(other)] == [2]


async def test_a_shorter_time_of_keeping_holds_for_the_projects_chats_alone(house: House) -> None:
    long_ago = house.clock.now() - timedelta(days=40)
    elsewhere = a_message(2, chat_id=ChatId(-7), sent_at=long_ago)
    async with house.transactions() as tx:
        await tx.messages.add_many([a_message(1, sent_at=long_ago), elsewhere])
    retention = RetentionService(
        house.transactions, house.clock, house.do.forgetting, house.settings.privacy
    )
    assert await retention.retain() == 0
    await house.do.turning.turn(PROJECT, Knob.RETENTION_DAYS, "30", REVIEWER)
    assert await retention.retain() == 1
    async with house.transactions.reading() as tx:
        assert await tx.messages.find(elsewhere.key) is not None


async def test_what_lies_below_the_projects_threshold_is_counted_and_not_proposed(house: House) -> None:
    await house.do.turning.turn(PROJECT, Knob.PROPOSE_FROM, "85", REVIEWER)
    await house.say("login is dead", "push is late")
    run = await house.run(Stage.KNOWLEDGE)
    async with house.transactions.reading() as tx:
        assert await tx.proposals.list_of_run(run.id) == []
        batches = await tx.runs.list_batches(run.id)
    assert sum(one.dropped.get("unsure", 0) for one in batches) == 2


async def approved(house: House, count: int, status: ProposalStatus = ProposalStatus.APPROVED) -> None:
    """So many problems decided on by Ann."""
    async with house.transactions() as tx:
        for number in range(1000, 1000 + count):
            review = a_review(at=house.clock.now())
            await tx.proposals.add(a_proposal(number, content=a_note_draft(), status=status, review=review))


async def test_a_kind_is_freed_of_taps_only_once_it_earned_it_and_then_marked(house: House) -> None:
    with pytest.raises(BadKnob):
        await house.do.turning.turn(PROJECT, Knob.AUTO_APPROVE, "problem", REVIEWER)
    await approved(house, 73)
    await house.do.turning.turn(PROJECT, Knob.AUTO_APPROVE, "problem", REVIEWER)
    assert (await project_of(house)).knobs.auto_approve == ("problem",)
    bold = replace(house.settings, review=replace(house.settings.review, auto_approve_confidence=0.8))
    sure = House(house.transactions, house.clock, house.ids, settings=bold)
    await sure.say("login is dead")
    run = await sure.run(Stage.KNOWLEDGE)
    async with house.transactions.reading() as tx:
        [note] = [one for one in await tx.proposals.list_of_run(run.id) if one.kind is Kind.ATOM]
    assert note.status is ProposalStatus.APPROVED
    assert note.review is not None
    assert note.review.by_id is None
    await sure.do.review.undo(note.id, REVIEWER)
    await house.do.turning.turn(PROJECT, Knob.AUTO_APPROVE, "problem", REVIEWER)
    assert (await project_of(house)).knobs.auto_approve == (), "a second tap wants taps again"


async def test_a_kind_that_lost_its_record_needs_taps_again(house: House) -> None:
    await approved(house, 73)
    await house.do.turning.turn(PROJECT, Knob.AUTO_APPROVE, "problem", REVIEWER)
    async with house.transactions() as tx:
        for number in range(20):
            review = a_review(at=house.clock.now())
            await tx.proposals.add(
                a_proposal(
                    2000 + number, content=a_note_draft(), status=ProposalStatus.REJECTED, review=review
                )
            )
    bold = replace(house.settings, review=replace(house.settings.review, auto_approve_confidence=0.8))
    sure = House(house.transactions, house.clock, house.ids, settings=bold)
    await sure.say("login is dead")
    run = await sure.run(Stage.KNOWLEDGE)
    async with house.transactions.reading() as tx:
        pending = await tx.proposals.list_of_run(run.id, status=ProposalStatus.PENDING)
    assert [one.kind for one in pending if one.kind is Kind.ATOM] == [Kind.ATOM]


async def test_advice_comes_once_in_four_weeks_and_only_an_owners_tap_takes_it(house: House) -> None:
    do = house.do
    hint = HintService(house.transactions, house.clock, house.ids, do.placing)
    assert await hint.hint_all() == 0
    async with house.transactions() as tx:
        for number in range(20):
            review = a_review(at=house.clock.now())
            await tx.proposals.add(
                a_proposal(
                    number,
                    content=a_note_draft(),
                    confidence=0.52,
                    status=ProposalStatus.REJECTED,
                    review=review,
                )
            )
    assert await hint.hint_all() == 1
    assert await hint.hint_all() == 0
    async with house.transactions.reading() as tx:
        [spot] = [one for one in await tx.spots.list_about(PROJECT) if isinstance(one.view, HintCard)]
    assert spot.unasked_in == "UTC", "it waits for a good moment"
    await reviewing(house)
    with pytest.raises(NotOwner):
        await do.turning.take_hint(spot.id, OLYA, is_yes=True)
    await do.turning.take_hint(spot.id, REVIEWER, is_yes=True)
    assert (await project_of(house)).knobs.propose_from == 0.55
    async with house.transactions.reading() as tx:
        view = (await tx.spots.get(spot.id)).view
    assert isinstance(view, HintCard)
    assert view.answered is Answered.YES
    house.clock.move(days=29)
    assert await hint.hint_all() == 0, "what is hidden already is not advised again"
