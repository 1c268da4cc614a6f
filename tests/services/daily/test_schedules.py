"""The timetable: each firing once, whoever fires; what was missed is caught up once."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from core.domain.daily.schedule import Job
from core.domain.run import RunStatus, Stage, Trigger
from core.domain.showing.view import Notice, ScheduleCard
from core.errors import BadSchedule, NotFound, NotReviewer, RunTaken, StorageFailed
from core.services.daily.schedules import RETRY, ScheduleService
from core.settings import ScheduleSettings, Settings
from tests.builders import PROJECT, a_project, an_actor
from tests.house import DIRECT, REVIEWER, House
from tests.services.daily.conftest import Fired, schedules_of, timetable_of

MEMBER = an_actor(7, "@olya")
PROJECT_JOBS = {Job.EXTRACT, Job.ANALYSE, Job.DIGEST, Job.WEEKLY}


async def next_at(house: House, job: Job, project_id: UUID | None = PROJECT) -> datetime | None:
    async with house.transactions.reading() as tx:
        found = await tx.schedules.find(project_id, job)
    assert found is not None
    return found.next_at


async def scheduled(house: House, schedules: ScheduleService) -> None:
    async with house.transactions() as tx:
        await schedules.ensure_in(tx, await tx.projects.get(PROJECT))


async def test_every_job_has_its_row(house: House, schedules: ScheduleService) -> None:
    await schedules.ensure_all()
    async with house.transactions.reading() as tx:
        everywhere = {one.job for one in await tx.schedules.list_of(None)}
        of_project = {one.job for one in await tx.schedules.list_of(PROJECT)}
    assert everywhere | of_project == set(Job)
    assert of_project == PROJECT_JOBS | {Job.THRESHOLD}
    assert await next_at(house, Job.EXTRACT) == datetime(2026, 11, 10, 14, tzinfo=UTC)
    assert await next_at(house, Job.DIGEST) == datetime(2026, 11, 11, 9, tzinfo=UTC)
    assert await next_at(house, Job.THRESHOLD) is None


async def test_rows_that_are_there_stay_as_they_are(house: House, schedules: ScheduleService) -> None:
    await schedules.set(PROJECT, Job.EXTRACT, "11:00", REVIEWER)
    await schedules.ensure_all()
    house.clock.move(minutes=30)
    await schedules.ensure_all()
    assert await next_at(house, Job.EXTRACT) == datetime(2026, 11, 10, 11, tzinfo=UTC)


async def test_another_time_zone_moves_what_is_next(house: House, schedules: ScheduleService) -> None:
    await scheduled(house, schedules)
    async with house.transactions() as tx:
        project = await tx.projects.get(PROJECT)
        await tx.projects.save(project.configured(timezone="Asia/Kolkata"))
    await scheduled(house, schedules)
    assert await next_at(house, Job.DIGEST) == datetime(2026, 11, 11, 3, 30, tzinfo=UTC)


async def test_what_is_due_fires_once_though_many_fire(house: House, fired: Fired) -> None:
    services = [schedules_of(house, fired) for _ in range(4)]
    await services[0].ensure_all()
    house.clock.at = datetime(2026, 11, 10, 14, 0, 30, tzinfo=UTC)
    counts = await asyncio.gather(*(one.fire_due() for one in services))
    assert sum(counts) == len(fired.jobs)
    assert sorted(fired.names()) == sorted(
        [
            Job.EXTRACT,
            Job.SNOOZE,
            Job.CLOSE_REVIEWED,
            Job.REDELIVER,
            Job.EXPIRE,
            Job.WATCH,
            Job.REMIND,
        ]
    )


async def test_what_was_missed_for_days_is_caught_up_once(
    house: House, schedules: ScheduleService, fired: Fired
) -> None:
    await scheduled(house, schedules)
    house.clock.move(days=5)
    await schedules.fire_due()
    assert sorted(fired.names()) == sorted(PROJECT_JOBS - {Job.WEEKLY}), "no Monday came"
    assert await schedules.fire_due() == 0
    following = await next_at(house, Job.EXTRACT)
    assert following is not None
    assert following > house.clock.now()


async def test_a_fortnight_of_ticks_fires_each_job_on_each_workday(
    house: House, schedules: ScheduleService, fired: Fired
) -> None:
    await scheduled(house, schedules)
    for _ in range(14 * 24):
        house.clock.move(hours=1)
        await schedules.fire_due()
    assert fired.names().count(Job.DIGEST) == 10
    assert fired.names().count(Job.EXTRACT) == 10
    assert fired.names().count(Job.WEEKLY) == 2


async def test_the_week_is_told_on_monday_at_the_digests_hour_until_it_is_turned_off(
    house: House, schedules: ScheduleService
) -> None:
    await schedules.ensure_all()
    assert await next_at(house, Job.WEEKLY) == datetime(2026, 11, 16, 9, tzinfo=UTC)
    await schedules.set(PROJECT, Job.DIGEST, "10:30", REVIEWER)
    assert await next_at(house, Job.WEEKLY) == datetime(2026, 11, 16, 10, 30, tzinfo=UTC)
    await schedules.set(PROJECT, Job.WEEKLY, "off", REVIEWER)
    await schedules.set(PROJECT, Job.DIGEST, "11:00", REVIEWER)
    assert await next_at(house, Job.WEEKLY) is None
    await schedules.set(PROJECT, Job.WEEKLY, "on", REVIEWER)
    assert await next_at(house, Job.WEEKLY) == datetime(2026, 11, 16, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "kept"), [("09:00", "09:00"), (" 0  9 * *  MON ", "0 9 * * mon"), ("off", ""), ("OFF", "")]
)
async def test_a_reviewer_chooses_when_and_sees_it(
    house: House, schedules: ScheduleService, rule: str, kept: str
) -> None:
    chosen = await schedules.set(PROJECT, Job.DIGEST, rule, REVIEWER, place=DIRECT)
    assert chosen.rule == kept
    assert (chosen.next_at is None) is (kept == "")
    async with house.transactions.reading() as tx:
        spots = await tx.spots.list_about(PROJECT)
    assert [one.view for one in spots] == [ScheduleCard(PROJECT)]


@pytest.mark.parametrize("rule", ["soon", "25:00", "0 9 * * 9", "every day"])
async def test_a_time_that_cannot_be_read_changes_nothing(
    house: House, schedules: ScheduleService, rule: str
) -> None:
    await scheduled(house, schedules)
    before = await next_at(house, Job.DIGEST)
    with pytest.raises(BadSchedule):
        await schedules.set(PROJECT, Job.DIGEST, rule, REVIEWER)
    assert await next_at(house, Job.DIGEST) == before


async def test_only_reviewers_choose_when(schedules: ScheduleService) -> None:
    with pytest.raises(NotReviewer):
        await schedules.set(PROJECT, Job.DIGEST, "off", MEMBER)


@pytest.mark.parametrize("job", sorted(set(Job) - PROJECT_JOBS))
async def test_the_installations_own_jobs_are_nobodys_to_set(schedules: ScheduleService, job: Job) -> None:
    with pytest.raises(BadSchedule):
        await schedules.set(PROJECT, job, "09:00", REVIEWER)


async def test_a_job_the_world_failed_is_tried_again_in_a_minute(
    house: House, schedules: ScheduleService, fired: Fired
) -> None:
    await scheduled(house, schedules)
    house.clock.at = datetime(2026, 11, 10, 14, tzinfo=UTC)
    fired.failures.append(StorageFailed("busy"))
    await schedules.fire_due()
    assert await next_at(house, Job.EXTRACT) == house.clock.now() + RETRY
    house.clock.move(minutes=1)
    await schedules.fire_due()
    assert fired.names() == [Job.EXTRACT, Job.EXTRACT]
    assert await next_at(house, Job.EXTRACT) == datetime(2026, 11, 11, 14, tzinfo=UTC)


@pytest.mark.parametrize("failure", [RunTaken("knowledge"), NotFound("project", "x")])
async def test_a_job_that_has_nothing_to_do_is_not_tried_again(
    house: House, schedules: ScheduleService, fired: Fired, failure: Exception
) -> None:
    await scheduled(house, schedules)
    house.clock.at = datetime(2026, 11, 10, 14, tzinfo=UTC)
    fired.failures.append(failure)
    await schedules.fire_due()
    assert await next_at(house, Job.EXTRACT) == datetime(2026, 11, 11, 14, tzinfo=UTC)


class TestJobs:
    """The real use cases behind the rows."""

    async def test_reading_starts_by_the_clock(self, house: House) -> None:
        await timetable_of(house).ensure_all()
        await house.say("login is dead")
        house.clock.at = datetime(2026, 11, 10, 14, tzinfo=UTC)
        await timetable_of(house).fire_due()
        async with house.transactions.reading() as tx:
            run = await tx.runs.find_open(PROJECT, Stage.KNOWLEDGE)
        assert run is not None
        assert (run.trigger, run.status) == (Trigger.SCHEDULED, RunStatus.PENDING)

    @pytest.mark.parametrize(("count", "starts"), [(2, False), (3, True)])
    async def test_reading_starts_when_enough_was_said(
        self, house: House, count: int, *, starts: bool
    ) -> None:
        counting = House(
            house.transactions, clock=house.clock, ids=house.ids,
            settings=Settings(schedule=ScheduleSettings(threshold_messages=3)),
        )  # fmt: skip
        await timetable_of(counting).ensure_all()
        await counting.say(*(f"login is dead {number}" for number in range(count)))
        house.clock.move(minutes=1)
        await timetable_of(counting).fire_due()
        async with house.transactions.reading() as tx:
            run = await tx.runs.find_open(PROJECT, Stage.KNOWLEDGE)
        assert (run is not None and run.trigger is Trigger.THRESHOLD) is starts

    async def test_every_job_can_be_done(self, house: House, caplog: pytest.LogCaptureFixture) -> None:
        await timetable_of(house).ensure_all()
        await house.say("login is dead")
        house.clock.move(days=1)
        assert await timetable_of(house).fire_due() == len(Job) - 2, "no threshold, no Monday"
        assert caplog.text == ""

    async def test_a_project_made_meanwhile_gets_its_rows(self, house: House) -> None:
        await timetable_of(house).ensure_all()
        web = UUID(int=6)
        async with house.transactions() as tx:
            await tx.projects.add(replace(a_project(), id=web, name="Web"))
        await timetable_of(house).ensure_all()
        assert await next_at(house, Job.DIGEST, web) == datetime(2026, 11, 11, 9, tzinfo=UTC)
        assert timedelta(minutes=1) == RETRY


@pytest.mark.parametrize(("hours", "days"), [(23, None), (25, 1), (60, 2), (24 * 9, 9)])
async def test_after_an_absence_longer_than_telegram_keeps_updates_reviewers_are_told_once(
    house: House, schedules: ScheduleService, hours: float, days: int | None
) -> None:
    assert not await schedules.tell_absence()
    await schedules.ensure_all()
    house.clock.move(hours=hours)
    assert [await schedules.tell_absence(), await schedules.tell_absence()] == [days is not None, False]
    async with house.transactions.reading() as tx:
        told = await tx.spots.list_unsaid(DIRECT.chat_id, house.clock.now())
    assert [spot.view for spot in told] == ([] if days is None else [Notice("away", {"days": days})])
