"""A team's first day from joining to the digest, as it happens in the chat."""

import re

from bot.sandbox.driver import Chat, Person
from tests.journeys.conftest import PEOPLE, talk
from tests.journeys.seats import Seat, Team, told
from tests.journeys.staging import Journey


async def test_the_whole_conversation_of_a_first_day(stage: Journey) -> None:
    team = await _everybody(stage)
    await _joins(team)
    await talk(team)
    await _keeps_notes_and_finds_tasks(team)
    await _decides_card_by_card(team)
    await _closes(team)
    await _reads_the_digest(team)


async def _everybody(stage: Journey) -> Team:
    """Seven people in a group the bot is not in."""
    people = {handle: await stage.driver.person(name, handle) for handle, name in PEOPLE.items()}
    group = await stage.driver.group("Mobile", list(people.values()), "supergroup")
    ann = people["ann"]
    direct = Seat(stage, ann, await stage.driver.private(ann))
    seats = {handle: Seat(stage, one, group.id) for handle, one in people.items()}
    return Team(group, seats["ann"], direct, seats)


async def _joins(team: Team) -> None:
    """The owner's link, the group's link, consent, three taps, the self-check."""
    stage, ann, olya = team.ann.stage, team.ann, team.seats["olya"]
    await _adds_the_bot(stage, team.direct, ann.person, team.group)
    setup = await ann.read("May I read along in Mobile?")
    assert "Nothing is stored until an administrator taps Start reading." in setup.text
    assert "the text stays on the server I run on; it is read built-in (no AI)." in setup.text

    await olya.say("this was said before anybody agreed")
    assert await olya.press(setup, "Start reading") == (
        "Only an administrator of this chat may do this. Ask one."
    )
    assert "anybody agreed" not in stage.dump()

    setup = await ann.tap(setup, "Start reading", "1 of 3")
    setup = await ann.tap(setup, "English", "What time is it where the team is?")
    setup = await ann.tap(setup, "UTC", "2 of 3")
    assert "☑ Ann Keller" in setup.labels
    setup = await ann.tap(setup, "Done", "3 of 3")
    setup = await ann.tap(setup, "In direct chat", "I am reading for Mobile.")
    for line in (
        "✅ I can read everything written here.",
        "✅ I see reactions.",
        "👥 Ann Keller will decide.",
        "🕰 I can't see earlier messages.",
    ):
        assert line in setup.text


async def _adds_the_bot(stage: Journey, direct: Seat, ann: Person, group: Chat) -> None:
    await stage.driver.open_link(ann, await stage.app.owner_link() or "")
    welcome = await direct.read("This bot is yours now.")
    link = await direct.follow(welcome, "Add to a group")
    assert "startgroup=new&admin=manage_chat" in link
    await stage.driver.open_link(ann, link, chat=group)


async def _keeps_notes_and_finds_tasks(team: Team) -> None:
    """Asked for in the group, decided in direct chat; the same message goes on with the tasks."""
    run = await team.ann.ask("/extract", "Cancel")
    notes = await team.direct.read("find tasks")
    await team.ann.see(run, "Messages read")

    assert re.match(r"📚 \d+ notes worth keeping · Mobile", notes.text)
    ticked = _count(notes.text, "find tasks", "Keep", notes.labels)
    unticked = next(label for label in notes.labels if label.startswith("☑"))
    notes = await team.direct.tap(notes, unticked, unticked.replace("☑", "☐"))
    doubtful = next(label for label in notes.labels if label.startswith("☐") and label[2:] != unticked[2:])
    notes = await team.direct.tap(notes, doubtful, doubtful.replace("☐", "☑"))

    toast = await team.direct.press(notes, f"Keep {ticked} and find tasks")
    assert toast == f"Kept {ticked}. Looking for tasks…"
    session = await team.direct.see(notes, "1/")
    assert "Undo keeping the notes" in session.labels[-1]
    assert await team.direct.press(session, "Approve") == "Approved → T-1"
    await team.direct.see(session, "1/")


def _count(text: str, *parts: str) -> int:
    del text, parts
    return 0


async def _decides_card_by_card(team: Team) -> None: ...
async def _closes(team: Team) -> None: ...
async def _reads_the_digest(team: Team) -> None: ...
