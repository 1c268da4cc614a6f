"""A team's first day from joining to the digest, as it happens in the chat."""

import re

import pytest

from bot.sandbox.driver import Chat, Person, ShownMessage
from tests.databases import BOTH
from tests.journeys.conftest import PEOPLE, talk
from tests.journeys.seats import Seat, Team
from tests.journeys.staging import Journey


@pytest.mark.parametrize("stage_url", BOTH, indirect=True)
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

    setup = await ann.tap(setup, "Start reading", "What time is it where the team is?")
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
    # A group's progress is edited every ten seconds at most.
    await team.ann.stage.move(seconds=10)
    await team.ann.see(run, "Messages read")

    waiting = _number(r"(\d+) notes worth keeping · Mobile", notes.text)
    kept = _number(r"Keep (\d+) and find tasks", *notes.labels)
    taken_off = next(label for label in notes.labels if label.startswith("☑"))
    notes = await team.direct.tap(notes, taken_off, taken_off.replace("☑", "☐"))
    put_on = next(one for one in notes.labels if one.startswith("☐") and one[2:] != taken_off[2:])
    notes = await team.direct.tap(notes, put_on, put_on.replace("☐", "☑"))

    toast = await team.direct.press(notes, f"Keep {kept} and find tasks")
    assert toast == f"Kept {kept}. Looking for tasks…"
    session = await team.direct.see(notes, "surest first")
    assert session.labels[-1] == "↩️ Undo keeping the notes"
    listed = await team.direct.ask("/runs", "Runs · Mobile")
    assert f"{waiting - kept - 1} waiting · {kept} kept · 1 dropped" in listed.text

    first = _title(session)
    assert await team.direct.press(session, "Approve") == "Approved → T-1"
    assert first in (await team.direct.ask("/tasks", "1 open task")).text


async def _decides_card_by_card(team: Team) -> None:
    """A task rejected with a reason, one put off, one merged into T-1, one approved and undone."""
    waiting = await team.direct.ask("/pending", "wait for a decision")
    tasks = [line for line in waiting.text.splitlines() if line[:1] in "🐞✨🧹🔧"]
    first, second, *_ = [re.findall(r"P-\d+", line)[0] for line in tasks]
    await _rejects_and_says_why(team.direct, await _opened(team.direct, waiting, first))
    await _puts_off(team.direct, await _opened(team.direct, waiting, second))
    await _merges_a_report(team)
    await _approves_by_mistake(team)


async def _rejects_and_says_why(direct: Seat, card: ShownMessage) -> None:
    assert await direct.press(card, "Reject") == "Rejected"
    card = await direct.see(card, "rejected by ann")
    assert "Not a task" in card.labels
    assert await direct.press(card, "Too vague") == "Noted: too vague"
    assert (await direct.see(card, "(too vague)")).labels == ["↩️ Undo"]


async def _puts_off(direct: Seat, card: ShownMessage) -> None:
    card = await direct.tap(card, "Later", "Tomorrow 9:00")
    assert await direct.press(card, "Tomorrow 9:00") == "Back Wed 11 Nov 09:00"
    assert (await direct.see(card, "back Wed 11 Nov 09:00")).labels == ["⏰ Bring it back now"]


async def _merges_a_report(team: Team) -> None:
    direct, olya = team.direct, team.seats["olya"]
    title = (await direct.ask("/task T-1", "T-1")).text.splitlines()[1]
    said = await olya.say(f"/bug {title}: now on a tablet too")
    bug = await direct.read("by hand")
    assert (await olya.stage.driver.message(team.group, said)).reactions[0].emoji == "👀"
    picker = await direct.tap(bug, "Merge", "Merge it into which one?")
    assert any(re.match(r"T-1 · \d+ % · ", label) for label in picker.labels)
    preview = await direct.tap(picker, "T-1 ·", "which gains:")
    assert "1 message" in preview.text
    assert await direct.press(preview, "Merge into T-1") == "Merged into T-1"
    await direct.see(bug, "merged by ann")


async def _approves_by_mistake(team: Team) -> None:
    before = (await team.direct.stage.driver.messages(team.direct.chat))[-1].id
    await team.seats["olya"].say("/idea show the weather on the trip screen")
    idea = await team.direct.read("by hand", after=before)
    assert await team.direct.press(idea, "Approve") == "Approved → T-2"
    idea = await team.direct.see(idea, "→ T-2 · approved by ann")
    assert await team.direct.press(idea, "Undo") == "Taken back"
    await team.direct.see(idea, "by hand")
    assert "T-2" not in (await team.direct.ask("/tasks", "1 open task")).text


async def _closes(team: Team) -> None:
    """The run is closed with what was right; what nobody decided is left for later."""
    status = await team.direct.ask("/status", "Find tasks")
    assert "📋 1 open task" in status.text
    closing = await team.direct.ask("/close", "still wait for a decision")
    left = _number(r"leave (\d+) for later", *closing.labels)
    toast = await team.direct.press(closing, f"leave {left} for later")
    assert toast == f"R-2 is closed, {left} left for later"
    closed = await team.direct.see(closing, "R-2 is closed · Mobile")
    assert "1 of 2 were right (50 %)" in closed.text
    assert f"{left} left for later" in closed.text
    assert "Half were decided within" in closed.text


async def _reads_the_digest(team: Team) -> None:
    """At once for who asks; by itself the next morning where reviewers decide, not in the group."""
    digest = await team.direct.ask("/digest now", "📬 Mobile · Tue 10 Nov")
    assert "🆕 Tasks T-1" in digest.text
    assert len(digest.text.splitlines()) <= 12
    in_group = len(await team.ann.stage.posts(team.group.id))
    await team.ann.stage.move(hours=23, minutes=5)
    morning = await team.direct.read("📬 Mobile · Tue 10 Nov", after=digest.id)
    assert "🆕 Tasks T-1" in morning.text
    assert "🕓 Waiting" in morning.text
    await team.ann.stage.settle()
    assert len(await team.ann.stage.posts(team.group.id)) == in_group


async def _opened(seat: Seat, listed: ShownMessage, name: str) -> ShownMessage:
    """The card a list opens below itself."""
    before = (await seat.stage.driver.messages(seat.chat))[-1].id
    assert await seat.press(listed, name) == "Shown below"
    return await seat.read("Reject", after=before)


def _number(pattern: str, *texts: str) -> int:
    """The number a text names."""
    found = next((match for text in texts if (match := re.search(pattern, text))), None)
    assert found is not None, f"{pattern} is not in {texts}"
    return int(found[1])


def _title(session: ShownMessage) -> str:
    """The title of the card in front: the line below its heading."""
    lines = session.text.splitlines()
    return lines[next(at for at, line in enumerate(lines) if "●" in line) + 1]
