"""Commands: each does its one thing, and in groups the bot answers nothing else."""

from datetime import date, timedelta
from typing import Any

import pytest

from core.domain.daily.schedule import Job
from core.domain.ids import ChatId, MessageId, PersonId, ThreadId
from core.domain.person import Person, Project, Role
from core.domain.run import RunStatus, Stage
from core.domain.showing.panel import Panel
from core.domain.showing.spot import Place
from core.domain.showing.view import (
    DigestCard,
    EstimateCard,
    Notice,
    PendingList,
    ReviewersCard,
    RunCard,
    RunList,
    ScheduleCard,
    SessionCard,
    StatusCard,
    TaskFilter,
    TaskList,
    TopicList,
    View,
)
from core.domain.showing.view_settings import ProjectCard
from core.domain.showing.view_setup import HelpCard
from core.errors import NotFound
from tests.bot.hear.conftest import ANN, GROUP, MOBILE, OLYA, Room, direct
from tests.builders import PROJECT, a_project, an_actor

ASKER = PersonId(1)
ANONYMOUS: dict[str, Any] = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


async def answer(room: Room, text: str, *, by: dict[str, Any] = ANN, **more: Any) -> View:
    """The one thing shown for a command."""
    before = len(await room.spots())
    await room.say(text, by=by, **more)
    shown = (await room.spots())[before:]
    assert len(shown) == 1, [spot.view for spot in shown]
    return shown[0].view


async def silent(room: Room, text: str, **more: Any) -> None:
    before = len(await room.spots())
    await room.say(text, **more)
    assert (await room.spots())[before:] == []


def refusal(view: View) -> str:
    assert isinstance(view, Notice)
    assert view.key == "refused"
    return str(view.args["text"])


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("/status", StatusCard(PROJECT)),
        ("/STATUS", StatusCard(PROJECT)),
        ("/status@triagram_bot", StatusCard(PROJECT)),
        ("/status@Triagram_Bot please", StatusCard(PROJECT)),
        ("/runs", RunList(PROJECT)),
        ("/topics", TopicList(PROJECT)),
        ("/tasks", TaskList(PROJECT, asker=ASKER)),
        ("/tasks mine", TaskList(PROJECT, TaskFilter.MINE, asker=ASKER)),
        ("/tasks unowned", TaskList(PROJECT, TaskFilter.UNOWNED, asker=ASKER)),
        ("/task", TaskList(PROJECT, asker=ASKER)),
        ("/tasks overdue", TaskList(PROJECT, TaskFilter.OVERDUE, asker=ASKER)),
        ("/pending", PendingList(PROJECT)),
        ("/pending expired", PendingList(PROJECT, is_expired=True)),
        ("/schedule", ScheduleCard(PROJECT)),
        ("/reviewers", ReviewersCard(PROJECT)),
        ("/project", ProjectCard(PROJECT)),
        ("/settings", ProjectCard(PROJECT)),
        ("/help", HelpCard(PROJECT)),
        ("/digest", DigestCard(PROJECT, date(2026, 11, 10))),
        ("/digest now", DigestCard(PROJECT, date(2026, 11, 10))),
    ],
)
@pytest.mark.parametrize("chat", [MOBILE, direct(ANN)])
async def test_a_command_shows_its_card(room: Room, text: str, view: View, chat: dict[str, Any]) -> None:
    assert await answer(room, text, chat=chat) == view


async def test_an_answer_in_a_group_is_a_reply_in_the_same_topic(room: Room) -> None:
    said = await room.say("/status", message_thread_id=5, is_topic_message=True)
    spot = await room.last(StatusCard)
    assert (spot.chat_id, spot.thread_id, spot.reply_to) == (
        GROUP,
        ThreadId(5),
        MessageId(said["message_id"]),
    )
    assert spot.reader_id is None


async def test_an_answer_in_direct_chat_is_for_its_reader(room: Room) -> None:
    await room.say("/status", by=ANN, chat=direct(ANN))
    spot = await room.last(StatusCard)
    assert (spot.chat_id, spot.reader_id, spot.reply_to) == (1, PersonId(1), None)


@pytest.mark.parametrize(
    "text", ["/status@other_bot", "/roll", "/", "/ status", "status", "see /status", "hello", "/status!"]
)
async def test_in_a_group_other_bots_commands_and_talk_are_not_answered(room: Room, text: str) -> None:
    await silent(room, text)


async def test_an_unknown_command_is_answered_when_it_is_meant_for_us(room: Room) -> None:
    assert await answer(room, "/roll@triagram_bot") == Notice("unknown-command")
    assert await answer(room, "/roll", chat=direct(ANN)) == Notice("unknown-command")


async def test_a_command_in_a_caption_is_a_command(room: Room) -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    await room.hear(room.update(message=room.message(by=ANN, caption="/status", photo=photo)))
    assert (await room.last(StatusCard)).chat_id == GROUP


async def test_an_edited_command_does_nothing_again(room: Room) -> None:
    said = await room.say("/status")
    await room.hear(room.update(edited_message={**said, "edit_date": said["date"] + 1, "text": "/runs"}))
    assert len(await room.spots()) == 1


async def test_a_command_is_kept_but_never_analysed(room: Room) -> None:
    said = await room.say("/status of the login work please")
    kept = await room.stored(GROUP, said["message_id"])
    assert kept is not None
    assert kept.is_excluded


async def test_in_a_chat_of_no_project_it_says_how_to_get_one(room: Room) -> None:
    other = {"id": -3, "type": "group", "title": "Other"}
    await room.open_group(other)
    assert "/setup" in refusal(await answer(room, "/tasks", chat=other))


async def test_extract_starts_at_once_when_it_is_free(room: Room) -> None:
    await room.say("Login is dead on my iPhone")
    room.clock.move(minutes=1)
    shown = await answer(room, "/extract 24h")
    assert isinstance(shown, RunCard)
    run = await room.do.runs.find(PROJECT, None)
    assert (run.stage, run.status) == (Stage.KNOWLEDGE, RunStatus.PENDING)
    assert run.window.start == room.clock.now() - timedelta(hours=24)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/extract", "Nothing new to read"),
        ("/run", "No new or changed notes"),
        ("/extract soon", "cannot read “soon” as a span"),
        ("/run 0h", "cannot read “0h” as a span"),
        ("/run 9999d", "cannot read"),
        ("/resume R-9", "I know no run"),
        ("/close x", "I know no run"),
        ("/undo", "nothing of yours"),
        ("/task T-77", "I know no task T-77"),
        ("/schedule extract", "cannot read"),
        ("/schedule dinner 19:00", "cannot read"),
        ("/project timezone Mars/Olympus", "no time zone I know"),
        ("/project language xx", "I speak English (en), Українська (uk), Русский (ru) so far"),
        ("/project keywords", "Which keywords?"),
        ("/project description", "What is it about?"),
        ("/setup invite", "I do not know whom you mean"),
        ("/project rename", "What shall it be called?"),
        ("/project rename " + "x" * 80, "at most 64 characters, yours has 80"),
        ("/reviewers @nobody", "I know nobody called @nobody"),
    ],
)
async def test_what_cannot_be_done_is_said_in_a_sentence(room: Room, text: str, said: str) -> None:
    assert said in refusal(await answer(room, text))


@pytest.mark.parametrize(
    "text",
    ["/extract", "/run", "/project rename Web", "/project keywords a, b", "/reviewers @max", "/read here",
     "/digest off", "/schedule extract off"],
)  # fmt: skip
async def test_members_may_not_steer(room: Room, text: str) -> None:
    await room.say("Login is dead on my iPhone")
    assert "Only reviewers decide here" in refusal(await answer(room, text, by=OLYA))


@pytest.mark.parametrize(
    ("text", "said"),
    [("/read", "Only reviewers"), ("/read off", "Only reviewers"), ("/setup", "administrator")],
)
async def test_whoever_speaks_as_a_channel_is_no_administrator(room: Room, text: str, said: str) -> None:
    channel = {"id": -1009000000001, "type": "channel", "title": "Their own"}
    assert said in refusal(await answer(room, text, by=ANONYMOUS, sender_chat=channel))


@pytest.mark.parametrize("text", ["/undo", "/extract", "/close", "/cancel", "/project rename Web"])
async def test_an_anonymous_administrator_is_told_how(room: Room, text: str) -> None:
    await room.say("Login is dead on my iPhone")
    await room.do.runs.offer(PROJECT, Stage.KNOWLEDGE, None, an_actor(1), Place(GROUP))
    said = refusal(await answer(room, text, by=ANONYMOUS, sender_chat=MOBILE))
    assert said.startswith("You write as the group")


async def a_run(room: Room) -> None:
    await room.say("Login is dead on my iPhone")
    room.clock.move(minutes=1)
    await room.say("/extract", by=ANN)


async def test_a_run_is_cancelled_by_name(room: Room) -> None:
    await a_run(room)
    assert await answer(room, "/cancel r-1") == Notice("cancelled", {"name": "R-1"})


async def test_close_asks_while_cards_wait_and_closes_when_told_how(room: Room) -> None:
    await a_run(room)
    await room.work()
    run = await room.do.runs.find(PROJECT, None)
    assert await answer(room, "/close") == RunCard(run.id, panel=Panel.CONFIRM)
    assert await answer(room, "/close expire") == RunCard(run.id)
    assert (await room.do.runs.find(PROJECT, None)).status is RunStatus.CLOSED


async def test_a_second_run_shows_the_one_in_the_way(room: Room) -> None:
    await a_run(room)
    shown = await answer(room, "/extract")
    assert not isinstance(shown, RunCard | EstimateCard)


async def test_review_opens_in_direct_chat_and_a_group_gets_the_link(room: Room) -> None:
    assert isinstance(await answer(room, "/review", chat=direct(ANN)), SessionCard)
    assert await answer(room, "/review") == Notice("direct-review")
    await room.deliver()
    assert "https://t.me/triagram_bot?start=review" in room.shown(await room.last(Notice)).card.html
    assert isinstance(await answer(room, "/start review", chat=direct(ANN)), SessionCard)


async def test_the_welcome_fits_who_comes(room: Room) -> None:
    link = "https://t.me/triagram_bot?startgroup=new&admin=manage_chat"
    assert await answer(room, "/start", chat=direct(ANN)) == Notice("welcome-owner", {"link": link})
    assert await answer(room, "/start", by=OLYA, chat=direct(OLYA)) == Notice("welcome-direct")


async def test_who_starts_the_direct_chat_can_be_written_to(room: Room) -> None:
    await room.say("/start", by=OLYA, chat=direct(OLYA))
    async with room.transactions.reading() as tx:
        olya = await tx.people.find(PersonId(7))
    assert olya is not None
    assert olya.has_direct_chat


async def test_the_digests_hour_is_set_and_switched_off(room: Room) -> None:
    assert await answer(room, "/digest 08:30") == Notice("digest-set", {"at": "08:30"})
    async with room.transactions.reading() as tx:
        schedule = await tx.schedules.find(PROJECT, Job.DIGEST)
    assert schedule is not None
    assert schedule.rule == "08:30"
    assert await answer(room, "/digest off") == Notice("digest-off")


async def test_the_schedule_is_set_in_chat(room: Room) -> None:
    assert await answer(room, "/schedule read 0 14 * * mon-fri") == ScheduleCard(PROJECT)
    async with room.transactions.reading() as tx:
        schedule = await tx.schedules.find(PROJECT, Job.EXTRACT)
    assert schedule is not None
    assert schedule.rule == "0 14 * * mon-fri"


async def project(room: Room) -> Project:
    async with room.transactions.reading() as tx:
        return await tx.projects.get(PROJECT)


async def test_a_projects_settings_change_and_its_version_rises(room: Room) -> None:
    await room.say("/project rename Mobile apps", by=ANN)
    await room.say("/project keywords login, push,  login", by=ANN)
    await room.say("/project timezone europe/kyiv", by=ANN)
    await room.say("/project description Two apps and a server", by=ANN)
    await room.say("/project language uk", by=ANN)
    now = await project(room)
    assert (now.name, now.keywords, now.timezone) == ("Mobile apps", ("login", "push"), "Europe/Kyiv")
    assert (now.description, now.version) == ("Two apps and a server", "1.5")


async def test_a_new_project_is_its_makers_current_one(room: Room) -> None:
    assert await answer(room, "/project new Web", chat=direct(ANN)) == Notice(
        "project-created", {"project": "Web"}
    )
    shown = await answer(room, "/project", chat=direct(ANN))
    assert isinstance(shown, ProjectCard)
    assert shown.project_id != PROJECT
    assert "called web already" in refusal(await answer(room, "/project new web", chat=direct(ANN)))


async def test_members_make_no_projects(room: Room) -> None:
    assert "Only the owner" in refusal(await answer(room, "/project new Web", by=OLYA, chat=direct(OLYA)))


async def test_in_direct_chat_of_several_projects_one_is_chosen(room: Room) -> None:
    async with room.transactions() as tx:
        await tx.projects.add(a_project(id=PROJECT.__class__(int=9), name="Web"))
    said = refusal(await answer(room, "/tasks", chat=direct(ANN)))
    assert "Mobile, Web" in said
    assert await answer(room, "/project mobile", chat=direct(ANN)) == ProjectCard(PROJECT)
    assert await answer(room, "/tasks", chat=direct(ANN)) == TaskList(PROJECT, asker=ASKER)
    assert "I know no project" in refusal(await answer(room, "/project elsewhere", chat=direct(ANN)))


async def test_reviewers_are_named(room: Room) -> None:
    async with room.transactions() as tx:
        await tx.people.put(Person(PersonId(8), "Max", "max"))
    await room.say("/reviewers @Olya @max", by=ANN)
    async with room.transactions.reading() as tx:
        roles = await tx.people.roles_of(PROJECT)
    assert roles == {PersonId(1): Role.OWNER, PersonId(7): Role.REVIEWER, PersonId(8): Role.REVIEWER}


async def test_rights_older_than_five_minutes_are_read_again(room: Room) -> None:
    await room.say("/undo", by=ANN)
    assert room.facts.calls == 0
    room.clock.move(minutes=6)
    await room.say("/undo", by=ANN)
    assert room.facts.calls == 1


async def test_a_chat_it_lost_does_not_keep_reviewers_from_deciding(room: Room) -> None:
    async def gone(chat_id: ChatId) -> Any:
        raise NotFound("chat", str(chat_id))

    room.facts.administrators = gone
    room.clock.move(minutes=6)
    assert isinstance(await answer(room, "/undo"), Notice)
