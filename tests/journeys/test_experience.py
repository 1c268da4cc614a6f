"""What the work of a day costs, counted: docs/experience.md repeats these figures."""

import re
from pathlib import Path

from bot.sandbox.driver import Saying
from tests.journeys.conftest import PEOPLE, captured, joined, owned, talk
from tests.journeys.counting import Counts, counted
from tests.journeys.seats import Seat, Team
from tests.journeys.staging import Journey

EXPERIENCE = (Path(__file__).parents[2] / "docs" / "experience.md").read_text("utf-8")
MOST_TAPS, MOST_NEW = 25, 1
"""What settling a day after stand-up may cost."""
FIRST_VALUE_SECONDS = 120
TASKS = (
    ("/bug", "the login button does nothing on iOS"), ("/bug", "payment fails with an expired card"),
    ("/bug", "the export has no header row"), ("/bug", "push arrives twice on Android"),
    ("/bug", "search ignores the second word"), ("/bug", "avatars are stretched in the list"),
    ("/bug", "the invoice shows last month"), ("/bug", "logout keeps the session alive"),
    ("/bug", "maps stay blank in Lyon"),
)  # fmt: skip
IDEAS = (
    ("/idea", "rewrite everything in another language"), ("/idea", "a screensaver with our logo"),
    ("/idea", "a chat bot for the coffee machine"),
)  # fmt: skip
KNOWN = ("coupons are counted twice at checkout", "the weekly mail goes out without a subject")
NOTES = (
    "we ship on Thursday", "tests run before each merge", "the old API goes in May", "one branch a feature",
    "Olya reviews the texts", "no releases on Friday", "logs are kept for a month", "staging mirrors prod",
    "we keep PostgreSQL", "support answers within a day", "dark mode waits", "the beta has fifty people",
    "we buy the icons", "prices end in nine", "the budget is fixed", "docs live in the repository",
    "standup is at ten", "the app needs iOS 16", "cookies need consent", "backups run at night",
)  # fmt: skip


async def three_projects(stage: Journey, team: Team) -> list[Seat]:
    """Olya's seats in Mobile and in the groups of two more projects of Ann's."""
    seats = [team.seats["olya"]]
    for title in ("Backend", "Website"):
        people = [team.ann.person, team.seats["olya"].person]
        group = await stage.driver.group(title, people, "supergroup")
        await stage.driver.add_bot(group, by=team.ann.person, payload="new")
        await team.ann.at(group).open_chat("In direct chat", f"I am reading for {title}.")
        seats.append(team.seats["olya"].at(group))
    return seats


async def handed_in(seats: list[Seat], texts: list[str]) -> None:
    """Olya hands these in, in turn in each group; each becomes a proposal."""
    stage = seats[0].stage
    before = stage.rows("SELECT count(*) FROM proposal")[0][0]
    for number, text in enumerate(texts):
        seat = seats[number % len(seats)]
        await stage.driver.say_many([Saying(seat.person, seat.chat, text)])
    await stage.driver.wait_until(
        lambda: stage.rows("SELECT count(*) FROM proposal")[0][0] == before + len(texts), timeout=60
    )
    await stage.settle()


async def a_day(stage: Journey) -> Seat:
    """20 notes and 14 tasks wait in three projects, 2 of them of what is known; Ann's direct chat."""
    team = await joined(stage)
    seats = await three_projects(stage, team)
    await handed_in(seats[:1], [f"/bug {text}" for text in KNOWN])
    for text in KNOWN:
        await team.direct.press(await team.direct.read(text), "Approve")
    await stage.settle()
    await handed_in(seats[:1], [f"/bug {text}" for text in KNOWN])
    await handed_in(seats, [f"{command} {text}" for command, text in (*TASKS, *IDEAS)])
    await handed_in(seats, [f"/decision {text}" for text in NOTES])
    return team.direct


async def test_a_day_of_three_projects_is_settled_after_stand_up(stage: Journey) -> None:
    """3 ideas go with a reason, 2 twins are merged, one task is edited by a reply, the rest is approved."""
    ann = counted(await a_day(stage))
    last = (await stage.driver.messages(ann.chat))[-1].id
    session = await ann.ask("/review", "1/34")
    session = await ann.taps(session, "🔎", "Feature · 3", "◂ Back")
    for reason in ("Not ours", "Too vague", "Not a task"):
        session = await ann.taps(session, "✖️ Reject", reason)
    session = await ann.taps(session, "All 31", "All…", "🔀 Merge 2", "Merge 2")
    await ann.say("make it high, due Friday", reply_to=session.id)
    session = await ann.see(session, "priority Medium → High")
    session = await ann.taps(session, "Apply & approve", "above 90 %", "Approve 28")
    assert "Done: 34 decided, nothing else waits" in session.text
    found = stage.rows(
        "SELECT status, kind, count(*) FROM proposal GROUP BY status, kind ORDER BY status, kind"
    )
    assert found == [
        ("approved", "atom", 20),
        ("approved", "task", 9 + 2),
        ("merged", "task", 2),
        ("rejected", "task", 3),
    ]
    assert stage.rows("SELECT count(*) FROM proposal WHERE reason IS NOT NULL") == [(3,)]
    cost = await ann.total(after=last)
    assert cost.taps <= MOST_TAPS
    assert cost.new <= MOST_NEW
    assert told("After stand-up") == cost


async def test_a_newcomer_sees_its_first_notes_within_two_minutes(stage: Journey) -> None:
    people = {handle: await stage.driver.person(name, handle) for handle, name in PEOPLE.items()}
    direct = counted(await owned(stage, people["ann"]))
    group = await stage.driver.group("Mobile", list(people.values()), "supergroup")
    began, last = stage.clock.now(), (await stage.driver.messages(direct.chat))[-1].id
    await stage.driver.add_bot(group, by=people["ann"], payload="new")
    seats = {handle: Seat(stage, one, group.id) for handle, one in people.items()}
    ann = counted(seats["ann"])
    await ann.open_chat("In direct chat", "I am reading for Mobile.")
    await talk(Team(group, ann, direct, seats))
    await direct.ask("/extract", "notes worth keeping")
    assert (stage.clock.now() - began).total_seconds() < FIRST_VALUE_SECONDS
    found = await direct.total(after=last)
    in_group = await ann.total(after=0)
    assert told("A newcomer") == Counts(found.taps + in_group.taps, found.written, found.new + in_group.new)


async def test_a_developers_question_is_answered_with_a_link_in_one_message(team: Team) -> None:
    stage, maxw = team.ann.stage, team.seats["maxw"]
    said = await maxw.say("We drop SMS codes because the provider charges too much")
    card = await captured(team, "/decision", reply_to=said)
    await team.direct.press(card, "Keep")
    await stage.settle()
    olya = counted(team.seats["olya"])
    last = (await stage.driver.messages(team.group.id))[-1].id
    answer = await olya.ask("/ask why did we drop SMS?", "drop SMS codes")
    assert f'/{said}"' in answer.html, "it leads to who said it"
    assert told("A developer") == await olya.total(after=last)


def told(who: str) -> Counts:
    """The figures of that row in the document."""
    row = next(line for line in EXPERIENCE.splitlines() if line.startswith(f"| {who}"))
    taps, written, new = (int(cell) for cell in re.findall(r"\| (\d+) (?=\|)", row))
    return Counts(taps, written, new)
