"""What came before the bot: replies to old messages, forwards, exports sent in direct chat."""

from bot.sandbox.driver import ShownMessage
from tests.journeys.conftest import owned
from tests.journeys.seats import Seat, Team
from tests.journeys.staging import Journey

OLD = "we decided to ship version 2.4 on Thursday, not on Wednesday"
NEVER_STORED = "the password of the beehive is honey"
KEPT = "SELECT author_name, text FROM message WHERE text NOT LIKE '/%' ORDER BY sent_at"


async def an_old_group(stage: Journey, *texts: str) -> tuple[Seat, Seat, list[int]]:
    """Ann's group in which these were said before the bot came: her seat, her direct chat, their ids."""
    ann = await stage.driver.person("Ann Keller", "ann")
    olya = await stage.driver.person("Olya Marchenko", "olya")
    group = await stage.driver.group("Mobile", [ann, olya], "supergroup")
    seat = Seat(stage, ann, group.id)
    said = [await Seat(stage, olya, group.id).say(text) for text in texts]
    direct = await owned(stage, ann)
    await stage.driver.add_bot(group, by=ann, payload="new")
    await seat.open_chat("In direct chat", "I am reading for Mobile.")
    return seat, direct, said


async def test_a_reply_puts_a_message_from_before_in_front_of_the_reviewers(stage: Journey) -> None:
    seat, direct, [old] = await an_old_group(stage, OLD)
    await seat.say("/decision", reply_to=old)
    card = await direct.read("by hand")
    assert OLD in card.text
    assert "Olya Marchenko" in card.text
    assert (await stage.driver.message(seat.chat, old)).reactions[0].emoji == "👀"
    assert stage.rows(KEPT) == [("Olya Marchenko", OLD)]
    assert await direct.press(card, "Keep") == "Kept"


async def test_a_mark_on_a_message_never_seen_is_shrugged_at_and_the_way_told_once(stage: Journey) -> None:
    seat, direct, olds = await an_old_group(stage, OLD, "the map is blank in Lyon")
    for old in olds:
        await stage.driver.react(seat.person, seat.chat, old, "✍")
        await stage.settle()
        marks = (await stage.driver.message(seat.chat, old)).reactions
        assert {one.emoji for one in marks} == {"✍", "🤷"}
    hints = [one for one in await stage.posts(direct.chat) if "Reply /add" in one.text]
    assert len(hints) == 1
    assert stage.rows(KEPT) == []


async def test_a_burst_of_forwards_is_kept_and_answered_by_one_message_with_a_way_on(
    stage: Journey,
) -> None:
    texts = [f"the export of report {number} crashes the app every time" for number in range(12)]
    _, direct, olds = await an_old_group(stage, *texts)
    answer = await forwarded(direct, olds, "12 messages kept for Mobile")
    assert answer.labels == ["📖 Read them now"]
    assert stage.rows(KEPT) == [("Olya Marchenko", text) for text in texts]
    answers = [one for one in await stage.posts(direct.chat) if one.text.startswith("📥")]
    assert len(answers) == 1

    assert await direct.press(answer, "Read them now") == "Shown below"
    await direct.read("worth keeping")


async def forwarded(direct: Seat, messages: list[int], then: str, **more: bool) -> ShownMessage:
    """Forward these from the group Ann created last and read the answer."""
    stage = direct.stage
    source = min(chat for (chat,) in stage.rows("SELECT id FROM chat WHERE id < 0"))
    await stage.driver.forward(direct.person, direct.chat, source, messages, **more)
    return await direct.read(then)


async def test_forwarded_again_nothing_is_stored_twice_and_others_join(stage: Journey) -> None:
    _, direct, olds = await an_old_group(stage, OLD, "the map is blank in Lyon")
    await forwarded(direct, olds[:1], "1 message kept")
    await forwarded(
        direct, olds, "2 messages kept for Mobile; its reviewers can read what I make of it. 1 I"
    )
    assert len(stage.rows(KEPT)) == 2
    await stage.move(minutes=5)
    await forwarded(direct, olds, "Nothing new kept for Mobile. 2 I had already.")
    assert len(stage.rows(KEPT)) == 2


async def test_of_more_than_a_hundred_forwards_the_rest_is_refused_kindly(stage: Journey) -> None:
    _, direct, olds = await an_old_group(stage, *(f"old message number {number}" for number in range(103)))
    await forwarded(direct, olds[:100], "100 messages kept")
    answer = await forwarded(direct, olds[100:], "I take 100 at a time, so 3 more were not kept")
    assert "result.json" in answer.text
    assert len(stage.rows(KEPT)) == 100


async def test_who_left_and_who_is_a_bot_is_not_forwarded_in_by_others(stage: Journey, team: Team) -> None:
    olya, ann = team.seats["olya"], team.ann
    [setup] = [one for one in await stage.posts(team.group.id) if "I am reading for" in one.text]
    said = await olya.say(NEVER_STORED)
    await olya.press(setup, "Leave me out")
    later = await olya.say(f"once more: {NEVER_STORED}")
    await forwarded(team.direct, [later], "1 left out: of bots, or of people I do not read.")
    await stage.move(minutes=5)
    answer = await forwarded(team.direct, [later], "Nothing new kept", hidden=True)
    assert "1 left out" in answer.text
    assert "once more" not in stage.dump()
    assert said < later
    assert ann.person.id == team.direct.person.id


async def test_a_forward_that_reads_like_a_command_is_only_words(stage: Journey) -> None:
    _, direct, olds = await an_old_group(stage, "/project rename Hacked", OLD)
    await forwarded(direct, olds, "2 messages kept for Mobile")
    assert stage.rows("SELECT name FROM project") == [("Mobile",)]


async def test_forwarded_words_are_shown_to_reviewers_and_never_in_a_group(stage: Journey) -> None:
    seat, direct, [old] = await an_old_group(stage, "the login button does nothing on the iPhone of Max")
    await forwarded(direct, [old], "1 message kept")
    await stage.driver.forward(direct.person, direct.chat, seat.chat, [old])
    copy = (await stage.driver.messages(direct.chat))[-1].id
    await direct.say("/bug", reply_to=copy)
    card = await direct.read("by hand")
    assert "Olya Marchenko" in card.text
    assert await direct.press(card, "Approve") == "Approved → T-1"
    assert "the login button" in (await direct.ask("/tasks", "1 open task")).text
    assert "the login button" not in (await seat.ask("/tasks")).text


async def test_a_post_of_a_channel_nobody_opened_stays_with_who_forwarded_it(stage: Journey) -> None:
    ann = await stage.driver.person("Ann Keller", "ann")
    group = await stage.driver.group("Mobile", [ann], "supergroup")
    channel = await stage.driver.channel("Mobile news", ann)
    post = await stage.driver.say(ann, channel, OLD)
    direct = await owned(stage, ann)
    await stage.driver.add_bot(group, by=ann, payload="new")
    await Seat(stage, ann, group.id).open_chat("In direct chat", "I am reading for Mobile.")
    await stage.driver.forward(ann, direct.chat, channel, [post])
    await direct.read("1 message kept")
    [(chat, author)] = stage.rows("SELECT chat_id, author_name FROM message WHERE origin = 'imported'")
    assert (chat, author) == (ann.id, "Mobile news")
