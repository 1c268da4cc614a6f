"""Putting things forward and deciding on them: captures, cards, panels, the session."""

import re

import pytest

from tests.journeys.conftest import BUG, captured, talk
from tests.journeys.seats import Team


@pytest.mark.parametrize(
    ("command", "heading"),
    [
        ("/bug", "🐞 Bug · Medium"),
        ("/idea", "✨ Feature · Medium"),
        ("/add", "🧹 Chore · Medium"),
        ("/decision", "⚖️ Decision"),
    ],
)
async def test_what_people_capture_waits_for_a_reviewer_and_is_acknowledged_by_a_reaction(
    team: Team, command: str, heading: str
) -> None:
    driver, olya = team.ann.stage.driver, team.seats["olya"]
    said = await team.seats["maxw"].say(BUG)
    card = await captured(team, command, reply_to=said)
    assert card.text.startswith(heading)
    assert f"❝ Max Weber 10:00: “{BUG}”" in card.text
    own = await captured(team, f"{command} the search is slow, it takes nine seconds")
    assert "the search is slow" in own.text
    eyes = [one.reactions[0].emoji for one in await driver.messages(team.group) if one.reactions]
    assert eyes == ["👀", "👀"]
    assert olya.person.name not in card.text


async def test_reactions_capture_and_leave_out_without_a_word(team: Team) -> None:
    stage, olya = team.ann.stage, team.seats["olya"]
    said = await team.seats["maxw"].say(BUG)
    await stage.settle()
    in_group = len(await stage.posts(team.group.id))
    await stage.driver.react(olya.person, team.group, said, "✍")
    card = await team.direct.read(BUG)
    await stage.driver.react(team.ann.person, team.group, said, "🙈")
    card = await team.direct.see(card, "its messages are gone")
    assert card.text.startswith(f"🧹 {BUG} · let go")
    assert len(await stage.posts(team.group.id)) == in_group


async def test_ignore_withdraws_what_rested_on_a_message(team: Team) -> None:
    said = await team.seats["maxw"].say(BUG)
    card = await captured(team, "/bug", reply_to=said)
    answer = await team.seats["olya"].ask("/ignore", reply_to=said)
    assert answer.text == "🙈 Left out. I will not use that message."
    await team.direct.see(card, "its messages are gone")
    assert (await team.direct.ask("/pending")).text.startswith("☕ Nothing waits for a decision")


async def test_an_edit_that_takes_the_quoted_words_back_withdraws_the_card(team: Team) -> None:
    said = await team.seats["maxw"].say(BUG)
    card = await captured(team, "/bug", reply_to=said)
    await team.ann.stage.driver.edit(team.seats["maxw"].person, team.group, said, "never mind")
    await team.direct.see(card, "its messages are gone")


async def test_a_task_is_edited_before_it_is_approved(team: Team) -> None:
    ann = team.direct
    card = await captured(team)
    card = await ann.tap(card, "Edit", "🔤 Title")
    card = await ann.tap(card, "🔤 Title", "Reply to this message with the new title.")
    await ann.say("The map stays blank in Lyon", reply_to=card.id)
    card = await ann.see(card, "The map stays blank in Lyon")
    card = await ann.tap(card, "Edit", "❗ Priority")
    card = await ann.tap(card, "❗ Priority", "How soon?")
    assert await ann.press(card, "Critical") == "Priority: Critical"
    card = await ann.see(card, "🐞 Bug · Critical")
    card = await ann.tap(card, "Edit", "📅 Due")
    card = await ann.tap(card, "📅 Due", "By when?")
    assert await ann.press(card, "Friday") == "Due: Fri 13 Nov"
    card = await ann.see(card, "📅 Fri 13 Nov")
    card = await ann.tap(card, "Edit", "👤 Owner")
    card = await ann.tap(card, "👤 Owner", "Who does it?")
    assert await ann.press(card, "Olya Marchenko") == "Owner: Olya Marchenko"
    card = await ann.see(card, "👤 Olya Marchenko? (asked)")
    assert await ann.press(card, "Approve") == "Approved → T-1"
    assert (await ann.see(card, "→ T-1")).text == (
        "✅ The map stays blank in Lyon → T-1 · approved by ann 10:00 (edited first)"
    )


async def test_plain_words_are_shown_as_a_difference_and_approved_with_one_tap(team: Team) -> None:
    ann = team.direct
    card = await captured(team)
    await ann.say("looks right to me", reply_to=card.id)
    await ann.say("make it high, due Friday, give it to Olya", reply_to=card.id)
    asked = await ann.see(card, "Apply & approve")
    assert asked.text.splitlines() == [
        "✏️ Change P-1 the map is blank in Lyon?",
        "• priority Medium → High",
        "• owner → Olya Marchenko",
        "• due → Fri 13 Nov",
    ]
    assert await ann.press(asked, "Apply & approve") == "Approved → T-1"
    await ann.see(card, "approved by ann 10:00 (edited first)")
    task = await ann.ask("/task T-1")
    assert "🐞 Bug · High" in task.text
    assert "👤 Olya Marchenko? (asked)   📅 Fri 13 Nov" in task.text


async def test_a_reason_in_ones_own_words_is_given_by_reply(team: Team) -> None:
    card = await captured(team)
    await team.direct.press(card, "Reject")
    assert await team.direct.press(await team.direct.see(card, "Other…"), "Other…") == (
        "Reply to this message with the reason"
    )
    await team.direct.say("Lyon is closed on Mondays", reply_to=card.id)
    await team.direct.see(card, "(“Lyon is closed on Mondays”)")


async def test_what_was_put_off_comes_back_by_itself(team: Team) -> None:
    card = await captured(team)
    card = await team.direct.tap(card, "Later", "In 1 hour")
    assert await team.direct.press(card, "In 1 hour") == "Back 11:00"
    await team.direct.see(card, "back 11:00")
    assert (await team.direct.ask("/review")).text.startswith("☕ Nothing waits for a decision.")
    await team.ann.stage.move(minutes=61)
    assert "✅ Approve" in (await team.direct.see(card, "Approve")).labels
    assert BUG in (await team.direct.ask("/review")).text


async def test_undo_is_over_after_ten_minutes(team: Team) -> None:
    card = await captured(team)
    await team.direct.press(card, "Approve")
    settled = await team.direct.see(card, "approved by ann")
    await team.ann.stage.move(minutes=10)
    refused = await team.direct.press(settled, "Undo")
    assert refused == "That can be undone for 10 minutes only. Change the task itself instead: /tasks"
    assert (await team.direct.ask("/undo")).text == (
        "There is nothing of yours to take back. A decision can be undone for a few minutes."
    )


async def test_a_search_finds_what_the_five_nearest_do_not_show(team: Team) -> None:
    first = await captured(team, "/bug coupons are counted twice at the checkout")
    await team.direct.press(first, "Approve")
    card = await captured(team)
    picker = await team.direct.tap(card, "Merge", "Merge")
    await team.direct.say("coupons", reply_to=picker.id)
    picker = await team.direct.see(card, "Found for “coupons”:")
    preview = await team.direct.tap(picker, "T-1", "which gains:")
    assert await team.direct.press(preview, "Merge into T-1") == "Merged into T-1"
    merged = await team.direct.see(card, "merged by ann")
    assert await team.direct.press(merged, "Undo") == "Taken back"
    await team.direct.see(card, BUG)


async def test_a_session_approves_the_sure_ones_at_once_and_takes_them_back(team: Team) -> None:
    ann = team.direct
    for text in ("/bug coupons are counted twice", "/idea a dark theme for the map", f"/bug {BUG}"):
        await captured(team, text)
    session = await ann.ask("/review tasks", "1/3")
    session = await ann.tap(session, "▸", "2/3")
    session = await ann.tap(session, "Approve the 3 above 90 %", "Approve these 3 at once?")
    assert await ann.press(session, "Approve 3") == "3 approved"
    session = await ann.see(session, "🎉 Done: 3 decided")
    assert len((await ann.ask("/tasks", "3 open tasks")).text.splitlines()) == 4
    assert await ann.press(session, "Undo the 3") == "Taken back"
    session = await ann.see(session, "1/3")
    assert "No open tasks" in (await ann.ask("/tasks")).text


async def test_a_session_begins_by_reading_what_is_unread(team: Team) -> None:
    await talk(team)
    session = await team.direct.ask("/review")
    assert session.text == "☕ Nothing waits for a decision."
    button = next(label for label in session.labels if re.match(r"📖 \d+ unread messages: read and", label))
    await team.direct.press(session, button)
    await team.direct.read("find tasks")


async def test_what_a_reviewer_pressed_first_counts_and_the_other_is_told_who_and_when(team: Team) -> None:
    stage, olya = team.ann.stage, team.seats["olya"]
    await olya.ask("/help", "I read along")
    at_home = olya.at(await stage.driver.private(olya.person, start=True))
    assert "☑ Olya Marchenko" in (await team.direct.ask("/reviewers @olya")).labels
    mine = await captured(team)
    theirs = await at_home.read(BUG)
    assert await team.direct.press(mine, "Approve") == "Approved → T-1"
    assert await at_home.press_data(theirs, "Reject") == "Already approved by @ann at 10:00"
    await at_home.see(theirs, "approved by ann")


async def test_knowing_more_about_a_card_changes_nothing(team: Team) -> None:
    card = await captured(team)
    more = await team.direct.tap(card, "⋯", "Captured by hand")
    sources = await team.direct.tap(more, "Sources (1)", "rests on 1 message")
    assert BUG in sources.text
    back = await team.direct.tap(sources, "Back", "Approve")
    more = await team.direct.tap(back, "⋯", "History")
    history = await team.direct.tap(more, "History", "what happened")
    assert "Olya Marchenko captured it" in history.text or "olya captured it" in history.text


async def test_a_session_offers_the_reasons_of_what_it_rejected_beside_the_next_card(team: Team) -> None:
    await captured(team, "/bug coupons are counted twice at the checkout")
    await captured(team)
    session = await team.direct.ask("/review tasks")
    first, second = ("coupons", "Lyon") if "coupons" in session.text else ("Lyon", "coupons")
    assert await team.direct.press(session, "Reject") == "Rejected"
    session = await team.direct.see(session, "Not a task")
    assert session.text.startswith("✖️")
    assert first in session.text.splitlines()[0]
    assert second in "".join(session.text.splitlines()[1:])
    assert await team.direct.press(session, "Not a task") == "Noted: not a task"
    session = await team.direct.see(session, "(not a task)")
    assert "Not a task" not in session.labels
    await team.direct.press(session, "Approve")
    session = await team.direct.see(session, "Done: 2 decided")
    assert "rejected by" not in session.text
    assert team.ann.stage.rows("SELECT reason FROM proposal WHERE status = 'rejected'") == [("not_a_task",)]


async def test_a_session_takes_its_last_rejection_back_and_stands_there_again(team: Team) -> None:
    await captured(team, "/bug coupons are counted twice at the checkout")
    await captured(team)
    session = await team.direct.ask("/review tasks")
    title = session.text.splitlines()[2]
    await team.direct.press(session, "Reject")
    session = await team.direct.see(session, "Undo")
    assert await team.direct.press(session, "Undo") == "Taken back"
    session = await team.direct.see(session, "/2 ▸")
    assert title in session.text
    assert "Undo" not in "".join(session.labels)


async def test_a_reason_in_ones_own_words_is_given_by_reply_to_the_session(team: Team) -> None:
    await captured(team)
    session = await team.direct.ask("/review tasks")
    await team.direct.press(session, "Reject")
    session = await team.direct.see(session, "Other…")
    assert await team.direct.press(session, "Other…") == "Reply to this message with the reason"
    session = await team.direct.see(session, "in your own words")
    await team.direct.say("Lyon is closed on Mondays", reply_to=session.id)
    await team.direct.see(session, "(“Lyon is closed on Mondays”)")
