"""A team lives with a task in its group: steps, comments, and a file to take along."""

from tests.journeys.conftest import BUG, captured
from tests.journeys.seats import Team


async def test_a_task_gets_its_steps_and_a_comment_on_its_card_and_goes_along_as_a_file(team: Team) -> None:
    ann, olya, stage = team.direct, team.seats["olya"], team.ann.stage
    card = await captured(team, f"/bug {BUG}")
    assert await ann.press(card, "Approve") == "Approved → T-1"
    task = await olya.ask("/task T-1", "T-1")
    await olya.say("only after an update, I think", reply_to=task.id)
    task = await olya.see(task, "💬")
    assert "only after an update" in task.text
    more = await olya.tap(task, "⋯", "☑ Steps…")
    steps = await olya.tap(more, "☑ Steps…", "Reply to this message")
    await olya.say("ask the vendor", reply_to=steps.id)
    steps = await olya.see(steps, "ask the vendor")
    assert await olya.press(steps, "☐ 1") == "T-1: 1 of 1 steps done"
    formats = await ann.ask("/export", "as a file")
    assert await ann.press(formats, "CSV") == "Here it comes."
    await stage.settle()
    sent = (await stage.driver.messages(ann.chat))[-1]
    assert sent.media is not None
