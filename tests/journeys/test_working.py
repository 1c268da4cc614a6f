"""Living with tasks and runs: lists, one task, who decides, help, runs in each other's way."""

from tests.journeys.conftest import BUG, a_task, captured, talk
from tests.journeys.seats import Team
from tests.journeys.staging import Journey

UNSEEN = "\u2060"
"""Stands after the @ of a name in a group, so that it calls nobody."""


async def test_a_task_is_taken_given_dated_and_done(team: Team) -> None:
    await a_task(team)
    olya, ann = team.seats["olya"], team.direct
    card = await olya.ask("/task T-1", "Take it")
    assert await olya.press(card, "Take it") == "T-1 is yours"
    card = await olya.see(card, "👤 Olya Marchenko")
    assert await olya.press(card, "Start work") == "T-1: in progress"
    assert "T-1" in (await olya.ask("/tasks mine")).text

    own = await ann.ask("/task 1", "T-1")
    own = await ann.tap(own, "📅 Due", "By when?")
    assert await ann.press(own, "Tomorrow") == "Due: Wed 11 Nov"
    own = await ann.see(own, "📅 Wed 11 Nov")
    own = await ann.tap(own, "👤 Owner", "Who does it?")
    assert await ann.press(own, "Ann Keller") == "Owner: Ann Keller"
    await ann.see(own, "👤 Ann Keller")
    await team.ann.stage.move(days=2)
    late = await olya.ask("/tasks overdue", "1 overdue task")
    assert "⏰ T-1" in late.text

    assert await olya.press(card, "Done") == "T-1: done"
    done = await ann.see(own, "Open again")
    assert done.text.splitlines()[0].endswith("done")
    assert (await ann.ask("/tasks")).text == "📋 No open tasks · Mobile"


async def test_giving_a_task_away_needs_a_reviewer(team: Team) -> None:
    await a_task(team)
    olya = team.seats["olya"]
    card = await olya.ask("/task T-1")
    card = await olya.tap(card, "👤 Owner", "Who does it?")
    assert await olya.press(card, "Ann Keller") == "Only reviewers decide here. Ask @ann or /reviewers."


async def test_the_list_of_tasks_filters_and_opens(team: Team) -> None:
    await a_task(team)
    ann = team.direct
    listed = await ann.ask("/tasks", "1 open task")
    listed = await ann.tap(listed, "Overdue", "Nothing is overdue")
    listed = await ann.tap(listed, "Open", "1 open task")
    assert await ann.press(listed, "T-1") == "Shown below"
    assert BUG in (await ann.read("Start work", after=listed.id)).text


async def test_help_knows_who_asks_and_has_at_most_twelve_lines(team: Team) -> None:
    await team.seats["olya"].say(BUG)
    olya = team.seats["olya"]
    home = olya.at(await team.ann.stage.driver.private(olya.person, start=True))
    reviewers, members, in_group = [
        (await seat.ask("/help", "I read along")).text for seat in (team.direct, home, olya)
    ]
    assert "/review" in reviewers
    assert "/review" not in members
    assert members == in_group
    assert max(len(text.splitlines()) for text in (reviewers, members)) <= 12
    menu = await team.ann.stage.driver.commands(person=olya.person, chat=team.group)
    assert [one["command"] for one in menu] == ["add", "bug", "idea", "ask", "tasks", "help"]


async def test_a_reviewer_is_named_toggled_and_named_in_refusals(team: Team) -> None:
    olya = team.seats["olya"]
    await olya.say(BUG)
    refused = (await olya.ask("/extract")).text
    assert refused.replace(UNSEEN, "") == "Only reviewers decide here. Ask @ann or /reviewers."
    assert "@ann" not in refused
    card = await team.direct.ask("/reviewers @olya", "☑ Olya Marchenko")
    assert await team.direct.press(card, "Olya Marchenko") == "Olya Marchenko no longer decides"
    card = await team.direct.see(card, "☐ Olya Marchenko")
    assert await team.direct.press(card, "Olya Marchenko") == "Olya Marchenko decides now"
    await team.direct.see(card, "☑ Olya Marchenko")
    run = await olya.ask("/extract", "R-1")
    await team.ann.stage.move(seconds=10)
    await olya.see(run, "Nothing worth keeping this time.")


async def test_a_project_is_described_and_changed(team: Team) -> None:
    ann = team.direct
    for command, line in (
        ("/project keywords login, release", "🔑 Keywords: login, release"),
        ("/project timezone europe/kyiv", "🕐 Time zone Europe/Kyiv"),
        ("/project description The app for trips", "The app for trips"),
        ("/project rename Trips", "Trips"),
    ):
        assert line in (await ann.ask(command)).text
    assert (await ann.ask("/settings")).text.startswith("⚙️ Trips · settings 1.")
    assert (await team.ann.ask("/status")).text.startswith("📊 Trips")


async def test_a_run_in_the_way_is_named_with_the_one_tap_that_clears_it(team: Team) -> None:
    await talk(team)
    ann = team.direct
    await ann.say("/extract")
    notes = await ann.read("find tasks")
    await team.seats["olya"].say("the search is dead again, every query ends with an error 500")
    blocked = await ann.ask("/extract", "R-1 is still open")
    button = next(label for label in blocked.labels if label.startswith("🏁 Close R-1, leave "))
    assert await ann.press(blocked, button) == "R-2 has started"
    assert "R-1" in (await ann.ask("/runs")).text
    assert notes.id < (await ann.read("Read new", after=notes.id)).id


async def test_a_run_is_called_off_and_its_command_says_so(team: Team) -> None:
    await talk(team)
    run = await team.direct.ask("/extract", "R-1")
    await team.direct.read("find tasks")
    await team.ann.stage.move(seconds=10)
    await team.direct.see(run, "Messages read")
    assert (await team.direct.ask("/cancel")).text == "R-1 is through already. /review what it found."
    closed = await team.direct.ask("/close expire", "R-1 is closed")
    assert "let go" in closed.text
    let_go = await team.direct.ask("/pending expired", "let go")
    number = let_go.labels[0]
    assert await team.direct.press(let_go, number) == f"{number} waits for a decision again"


async def test_review_in_a_group_opens_the_reviewers_direct_chat(stage: Journey, team: Team) -> None:
    await captured(team)
    answer = await team.ann.ask("/review", "Decisions are made in direct chat:")
    link = await team.ann.follow(answer, "Open direct chat")
    assert link == "https://t.me/triagram_bot?start=review"
    await stage.driver.open_link(team.ann.person, link)
    assert BUG in (await team.direct.read("1/1")).text
    status = await team.ann.ask("/status")
    assert await team.ann.press(status, "Review") == link
