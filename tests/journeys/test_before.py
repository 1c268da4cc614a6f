"""What came before the bot: replies to old messages, forwards, exports sent in direct chat."""

import base64
import json

from bot.sandbox.driver import ShownMessage
from tests.journeys.conftest import owned
from tests.journeys.seats import Seat, Team
from tests.journeys.staging import TUESDAY, Journey

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
    await stage.settle()
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


def an_export(chat: int, *texts: str, kind: str = "private_supergroup") -> bytes:
    """`result.json` of a chat in which Olya said these."""
    said = [
        {
            "id": number,
            "type": "message",
            "date_unixtime": str(int(TUESDAY.timestamp()) - 9000 + number),
            "from": "Olya Marchenko",
            "from_id": "user77",
            "text": text,
        }
        for number, text in enumerate(texts, start=1)
    ]
    return json.dumps({"name": "Mobile", "type": kind, "id": chat, "messages": said}).encode()


async def sends(seat: Seat, content: bytes, name: str = "result.json", size: int = 0) -> int:
    """Send a file in direct chat; return the message's id."""
    encoded = base64.b64encode(content).decode()
    media = {"kind": "document", "file_name": name, "content": encoded, "size": size}
    return await seat.stage.driver.say(seat.person, seat.chat, "", media=media)


def bare(chat: int) -> int:
    """A supergroup's id as exports have it."""
    return -chat - 10**12


async def test_an_export_sent_in_direct_chat_joins_the_live_chat_and_is_read_on_a_tap(
    stage: Journey, team: Team
) -> None:
    texts = [f"report {number} crashes the app each time it is opened" for number in range(1, 8)]
    sent = await sends(team.direct, an_export(bare(team.group.id), *texts))
    answer = await team.direct.read("7 new messages for Mobile, of 7.", after=sent)
    assert stage.rows("SELECT DISTINCT chat_id, origin FROM message WHERE text NOT LIKE '/%'") == [
        (team.group.id, "imported")
    ]
    assert [one for one in await stage.posts(team.direct.chat) if one.id > sent] == [answer]
    assert await team.direct.press(answer, "Read them now") == "Shown below"
    notes = await team.direct.read("worth keeping")

    again = await sends(team.direct, an_export(bare(team.group.id), *texts))
    await team.direct.read("Nothing new for Mobile: I had all 7 messages already.", after=again)
    assert notes.id > sent


async def test_who_decides_in_several_projects_is_asked_which_one(stage: Journey, team: Team) -> None:
    await team.direct.ask("/project new Desktop", "Desktop")
    sent = await sends(team.direct, an_export(4242, OLD))
    asked = await team.direct.read("which project is this chat part of?", after=sent)
    assert sorted(asked.labels) == ["Desktop", "Mobile"]
    assert stage.rows("SELECT 1 FROM message WHERE origin = 'imported'") == []
    assert await team.direct.press(asked, "Desktop") == "Bringing it into Desktop"
    await team.direct.see(asked, "1 new message for Desktop")

    sent = await sends(team.direct, an_export(4242, OLD))
    asked = await team.direct.read("which project is this chat part of?", after=sent)
    await team.direct.tap(asked, "Mobile", "it is read for the project “Desktop”")


async def test_a_file_that_cannot_be_brought_in_is_told_what_to_send(stage: Journey, team: Team) -> None:
    for content, name, then in (
        (b"%PDF-1.7", "plan.pdf", "“plan.pdf” is no export of a chat. In Telegram Desktop"),
        (b"<html></html>", "result.json", "“result.json” cannot be read: it is the HTML export."),
        (b'{"name": "Mobile"}', "result.json", "it has no list of messages"),
        (an_export(4242, OLD)[:-60], "result.json", "the file stops in the middle"),
    ):
        sent = await sends(team.direct, content, name)
        answer = await team.direct.read(then, after=sent)
        assert any(way in answer.text for way in ("Machine-readable JSON", "export or copy it again"))
    assert stage.rows("SELECT 1 FROM message WHERE origin = 'imported'") == []


async def test_a_file_too_large_for_bots_is_answered_with_the_line_for_the_server(
    stage: Journey, team: Team
) -> None:
    sent = await sends(team.direct, b"{", size=20 * 1024 * 1024 + 1)
    answer = await team.direct.read("Files over 20 MB", after=sent)
    assert 'triagram import result.json --project "Mobile"' in answer.text
    assert await stage.driver.calls("getFile") == []


async def test_only_reviewers_bring_in_a_whole_chat(stage: Journey, team: Team) -> None:
    olya = team.seats["olya"]
    await olya.ask("/help", "I read along")
    direct = olya.at(await stage.driver.private(olya.person, start=True))
    sent = await sends(direct, an_export(4242, OLD))
    await direct.read("Only reviewers can bring in a whole chat.", after=sent)
    assert await stage.driver.calls("getFile") == []


async def test_telegram_away_an_export_waits_and_comes_in_later(stage: Journey, team: Team) -> None:
    await stage.driver.fault(502, method="getFile", times=1)
    stage.refused.append("getFile 502")
    sent = await sends(team.direct, an_export(4242, OLD))
    await team.direct.read("1 new message for Mobile, of 1.", after=sent)


async def a_basic_group(stage: Journey, place: str) -> tuple[Seat, Seat]:
    """Ann's direct chat, and her seat in a basic group that is read and decided on at `place`."""
    ann = await stage.driver.person("Ann Keller", "ann")
    group = await stage.driver.group("Mobile", [ann], "group")
    direct, seat = await owned(stage, ann), Seat(stage, ann, group.id)
    await stage.driver.add_bot(group, by=ann, payload="new")
    await seat.open_chat(place, "I am reading for Mobile.")
    return direct, seat


async def upgraded(seat: Seat) -> Seat:
    """The same person in the supergroup that the group becomes."""
    return seat.at(await seat.stage.driver.migrate(seat.chat))


async def test_a_group_upgraded_later_keeps_its_cards_and_only_new_messages_have_an_address(
    stage: Journey,
) -> None:
    direct, seat = await a_basic_group(stage, "In direct chat")
    said = await seat.say("the map is blank in Lyon")
    await seat.say("/bug", reply_to=said)
    old = await direct.read("by hand")
    moved = await upgraded(seat)
    said = await moved.say("the search is slow, it takes nine seconds")
    await moved.say("/bug", reply_to=said)
    new = await direct.read("the search is slow")
    assert f"https://t.me/c/{bare(moved.chat)}/{said}" in new.html
    old = await direct.tap(old, "⋯", "Show in chat")
    assert await direct.press(old, "Show in chat") == (
        "I cannot point at the message here; this is what was said"
    )
    old = await direct.tap(await direct.see(old, "rests on 1 message"), "Back", "Approve")
    assert "t.me/c/" not in old.html
    assert await direct.press(old, "Approve") == "Approved → T-1"
    assert "the map is blank in Lyon" in (await moved.ask("/tasks")).text


async def test_exports_from_before_and_after_an_upgrade_are_read_together(stage: Journey) -> None:
    direct, seat = await a_basic_group(stage, "In direct chat")
    texts = [f"report {number} crashes the app each time it is opened" for number in range(1, 4)]
    await sends(direct, an_export(-seat.chat, *texts[:2], kind="private_group"))
    await direct.read("2 new messages for Mobile, of 2.")
    moved = await upgraded(seat)
    await sends(direct, an_export(bare(moved.chat), *texts[2:]))
    await direct.read("1 new message for Mobile, of 1.")
    brought_in = stage.rows("SELECT chat_id FROM message WHERE origin = 'imported'")
    assert [chat for (chat,) in brought_in].count(moved.chat) == 1
    await direct.ask("/extract", "worth keeping")
    assert stage.rows("SELECT count(*) FROM message WHERE batch_id IS NOT NULL") == [(3,)]


async def test_cards_that_stood_in_the_group_before_it_was_upgraded_are_decided_on_after(
    stage: Journey,
) -> None:
    _, seat = await a_basic_group(stage, "Here")
    stage.rooms.add(seat.chat)
    await seat.say("/bug the map is blank in Lyon")
    await seat.read("by hand")
    moved = await upgraded(seat)
    stage.rooms.add(moved.chat)
    listed = await moved.ask("/pending", "the map is blank in Lyon")
    await moved.press(listed, "P-1")
    card = await moved.read("by hand", after=listed.id)
    assert await moved.press(card, "Approve") == "Approved → T-1"
    await moved.see(card, "→ T-1")
