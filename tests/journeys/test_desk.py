"""The review desk in the chat: a morning in one message, what is reshaped, what an answer says."""

import re

from bot.sandbox.driver import ShownMessage
from tests.journeys.conftest import BUG, captured
from tests.journeys.seats import Seat, Team

LONG = "/bug the map is blank in Lyon. The search finds nothing in Lyon. The legend is gone"


async def taps(ann: Seat, session: ShownMessage, *labels: str) -> ShownMessage:
    """Press one button after another on the same message."""
    for label in labels:
        await ann.press(session, label)
        await ann.stage.settle()
        session = await ann.stage.driver.message(ann.chat, session.id)
    return session


async def test_a_morning_is_settled_in_one_message(team: Team) -> None:
    ann = team.direct
    for text in (
        "/bug coupons are counted twice",
        "/idea a dark theme",
        f"/bug {BUG}",
        "/idea a watch app",
    ):
        await captured(team, text)
    session = await ann.ask("/review", "1/4")
    before = len(await team.ann.stage.driver.messages(ann.chat))
    session = await taps(ann, session, "🔎", "Feature · 2", "◂ Back")
    assert (
        session.text.startswith("1/2 ▸ · surest first · 🔎 only Feature") or "only Feature" in session.text
    )
    session = await taps(ann, session, "All…")
    assert session.labels[:3] == ["✅ Approve 2", "✖️ Reject 2", "🧹 Let 2 go"]
    session = await taps(ann, session, "✖️ Reject 2")
    assert session.text.splitlines()[0] == "✖️ Reject these 2 at once?"
    assert len(session.text.splitlines()) == 3
    session = await taps(ann, session, "✖️ Reject 2")
    assert "2 rejected at once" in session.text
    session = await taps(ann, session, "↩️ Undo the 2")
    assert "1/2 ▸" in session.text
    session = await taps(ann, session, "All…", "✖️ Reject 2", "✖️ Reject 2", "All 2")
    session = await taps(ann, session, "All…", "✅ Approve 2", "✅ Approve 2")
    assert "🎉 Done: 4 decided" in session.text
    assert len(await team.ann.stage.driver.messages(ann.chat)) == before
    statuses = team.ann.stage.rows("SELECT status, count(*) FROM proposal GROUP BY status ORDER BY status")
    assert statuses == [("approved", 2), ("rejected", 2)]


async def test_a_card_is_split_with_its_parts_as_toggles_and_one_undo(team: Team) -> None:
    ann = team.direct
    card = await captured(team, LONG)
    more = await ann.tap(card, "⋯", "✂️ Split…")
    parts = await ann.tap(more, "✂️ Split…", "Those unticked stay together")
    assert [line[:4] for line in parts.text.splitlines()[1:]] == ["☑ 1.", "☑ 2.", "☑ 3."]
    parts = await ann.tap(parts, "☑ 3", "☐ 3.")
    assert await ann.press(parts, "✂️ Split into 3") == "Split into 3"
    settled = await ann.see(card, "replaced")
    await team.ann.stage.settle()
    shown = [one.text for one in await team.ann.stage.driver.messages(ann.chat, after=card.id)]
    assert len([text for text in shown if "by hand" in text]) == 3
    assert await ann.press(settled, "Undo") == "Taken back"
    await ann.see(card, "✅ Approve")


async def test_a_question_becomes_a_task_and_a_merge_is_taken_out_again(team: Team) -> None:
    ann = team.direct
    note = await captured(team, "/decision who owns the push certificate")
    more = await ann.tap(note, "⋯", "📋 Make it a task")
    assert re.fullmatch(r"P-\d+ is a task to decide on", await ann.press(more, "📋 Make it a task"))
    first = await ann.read("who owns the push certificate", after=note.id)
    assert await ann.press(first, "Approve") == "Approved → T-1"
    twin = await captured(team, "/bug nobody renews the push certificate")
    picker = await ann.tap(twin, "Merge", "before you confirm")
    preview = await ann.tap(picker, "T-1", "which gains:")
    assert await ann.press(preview, "Merge into T-1") == "Merged into T-1"
    await team.ann.stage.move(minutes=60 * 30)
    task = await ann.ask("/task T-1", "1 proposal merged in")
    task = await taps(ann, task, "⋯", "🔀 Merged into it (1)")
    button = next(label for label in task.labels if label.startswith("↩️ Take out"))
    assert "waits for a decision again" in await ann.press(task, button)
    await ann.see(twin, "✅ Approve")


async def test_an_answer_that_says_done_asks_and_one_tap_makes_it_so(team: Team) -> None:
    ann, maxw = team.direct, team.seats["maxw"]
    said = await maxw.say(BUG)
    card = await captured(team, "/bug", reply_to=said)
    assert await ann.press(card, "Approve") == "Approved → T-1"
    in_group = len(await team.ann.stage.posts(team.group.id))
    await maxw.say("fixed in #42", reply_to=said)
    await team.ann.stage.settle()
    await team.ann.stage.move(minutes=60 * 3)
    asked = await ann.read("Somebody says it is done.")
    assert "fixed in #42" in asked.text
    assert await ann.press(asked, "✅ Done") == "T-1: done"
    assert len(await team.ann.stage.posts(team.group.id)) == in_group
