"""The less usual ways a bot comes into a group, and what a group goes through with it."""

from pathlib import Path

import pytest

from bot.config import demo_config
from bot.main import World, open_app
from bot.running import running
from bot.sandbox.driver import Chat, Driver
from bot.sandbox.server import serve
from tests.journeys.conftest import BUG, captured, owned
from tests.journeys.seats import Seat, Team
from tests.journeys.staging import Journey, MovedClock, Unpaced

TALK = "SELECT text FROM message WHERE text NOT LIKE '/%' ORDER BY text"


async def another_group(stage: Journey, team: Team, title: str) -> Chat:
    """Ann adds the bot to another group of hers, and the word of the link is lost."""
    group = await stage.driver.group(title, [team.ann.person, team.seats["olya"].person], "supergroup")
    await stage.driver.add_bot(group, by=team.ann.person)
    return group


async def test_the_link_asks_for_the_least_of_administrators_rights(stage: Journey, team: Team) -> None:
    link = await team.direct.follow(await team.direct.ask("/setup"), "Add to a group")
    assert link == f"https://t.me/{(await stage.driver.bot())['username']}?startgroup=new&admin=manage_chat"


async def test_a_lost_payload_is_asked_for_and_a_second_group_is_part_of_the_project(
    stage: Journey, team: Team
) -> None:
    ann = team.ann.at(await another_group(stage, team, "Backend"))
    setup = await ann.read("May I read along in Backend?")
    setup = await ann.tap(setup, "Start reading", "which project is this chat part of?")
    assert setup.labels[:3] == ["🆕 New project", "Part of Mobile", "Review room for Mobile"]
    await ann.tap(setup, "Part of Mobile", "I am reading for Mobile.")
    await team.seats["olya"].at(ann.chat).say(f"/bug {BUG}")
    card = await team.direct.read(BUG)
    assert await team.direct.press(card, "Approve") == "Approved → T-1"
    assert BUG in (await ann.ask("/tasks")).text
    # Being of one project makes nobody of one group a reader of the other.
    assert BUG not in (await team.ann.ask("/tasks")).text


async def test_a_lost_payload_may_have_meant_a_project_of_its_own(stage: Journey, team: Team) -> None:
    ann = team.ann.at(await another_group(stage, team, "Backend"))
    setup = await ann.tap(await ann.read("May I read"), "Start reading", "which project")
    await ann.tap(setup, "New project", "1 of 3")
    assert stage.rows("SELECT name FROM project ORDER BY name") == [("Backend",), ("Mobile",)]


async def test_a_lost_payload_may_have_meant_a_review_room(stage: Journey, team: Team) -> None:
    room = await another_group(stage, team, "Deciders")
    stage.rooms.add(room.id)
    ann = team.ann.at(room)
    setup = await ann.tap(await ann.read("May I read"), "Start reading", "which project")
    await ann.tap(setup, "Review room for Mobile", "I am reading for Mobile.")
    await team.seats["olya"].say(f"/bug {BUG}")
    await ann.read(BUG)
    await ann.say("what reviewers say among themselves")
    await stage.settle()
    assert stage.rows(TALK) == []


async def test_an_adder_who_is_no_administrator_leaves_the_opening_to_one(
    stage: Journey, team: Team
) -> None:
    olya = team.seats["olya"]
    await olya.ask("/help", "I read along")
    await team.direct.ask("/setup invite @olya")
    group = await stage.driver.group("Backend", [team.ann.person, olya.person], "supergroup")
    await stage.driver.add_bot(group, by=olya.person, admin=False, payload="new")
    setup = await olya.at(group).read("May I read along in Backend?")
    assert "administrator" in await olya.at(group).press(setup, "Start reading")
    await olya.at(group).say("said before anybody opened it")
    await team.ann.at(group).tap(setup, "Start reading", "1 of 3")
    await stage.settle()
    assert stage.rows(TALK) == []


async def test_a_linked_channel_is_an_author_like_any_other(stage: Journey, team: Team) -> None:
    ann = team.ann
    channel = await stage.driver.channel("Mobile news", ann.person, linked_to=team.group)
    await stage.driver.say(ann.person, team.group, "version 2.4 is in the store", as_chat=channel.id)
    await stage.driver.wait_until(lambda: stage.rows(TALK))
    assert stage.rows(TALK) == [("version 2.4 is in the store",)]


async def test_a_group_upgraded_in_the_middle_of_set_up_goes_on_where_it_was(stage: Journey) -> None:
    ann = await stage.driver.person("Ann Keller", "ann")
    group = await stage.driver.group("Mobile", [ann])
    await owned(stage, ann)
    await stage.driver.add_bot(group, by=ann, payload="new")
    seat = Seat(stage, ann, group.id)
    setup = await seat.tap(await seat.read("May I read"), "Start reading", "1 of 3")
    await seat.tap(setup, "UTC", "2 of 3")
    moved = seat.at(await stage.driver.migrate(group))
    setup = await moved.tap(await moved.read("2 of 3"), "Done", "3 of 3")
    await moved.tap(setup, "In direct chat", "I am reading for Mobile.")
    await moved.say("the search is slow, it takes nine seconds")
    await stage.driver.wait_until(lambda: stage.rows(TALK))


async def test_twenty_topics_and_general_are_read_as_they_speak(stage: Journey) -> None:
    ann = await stage.driver.person("Ann Keller", "ann")
    forum = await stage.driver.group("Mobile", [ann], "forum")
    topics = [await stage.driver.topic(forum, f"Topic {number}") for number in range(20)]
    await owned(stage, ann)
    await stage.driver.add_bot(forum, by=ann, payload="new")
    seat = Seat(stage, ann, forum.id)
    setup = await seat.open_chat("In direct chat", "Which forum topics do I read?")
    await seat.tap(setup, "All forum topics", "I am reading for Mobile.")
    for topic in topics:
        await seat.at(forum, topic).say("the map is blank in Lyon")
    await seat.say("said in General")
    await stage.settle()
    said = stage.rows("SELECT thread_id, count(*) FROM message GROUP BY thread_id")
    assert len(said) == 21
    assert (None, 1) in said


async def test_back_after_the_grace_period_nothing_is_known_any_more(stage: Journey, team: Team) -> None:
    await team.seats["olya"].say("the map is blank in Lyon")
    await stage.settle()
    await stage.driver.remove_bot(team.group)
    await stage.settle()
    await stage.move(days=9)
    await stage.driver.wait_until(lambda: not stage.rows(TALK))
    before = (await stage.posts(team.group.id))[-1].id
    await stage.driver.add_bot(team.group, by=team.ann.person)
    await team.ann.read("May I read along in Mobile?", after=before)
    assert "the map is blank" not in stage.dump()


async def test_while_nobody_who_decides_can_be_reached_the_group_is_told_once_with_the_link(
    stage: Journey, team: Team
) -> None:
    await stage.driver.block_bot(team.ann.person)
    await stage.settle()
    olya = team.seats["olya"]
    await olya.say(f"/bug {BUG}")
    await stage.settle()
    await stage.move(minutes=31)
    asked = await team.ann.read("Something waits for a decision.")
    await olya.say("/idea a dark theme for the map")
    await stage.settle()
    await stage.move(minutes=31)
    await stage.settle()
    assert len([one for one in await stage.posts(team.group.id) if "Something waits" in one.text]) == 1
    await stage.driver.block_bot(team.ann.person, blocked=False)
    await stage.driver.open_link(team.ann.person, await team.ann.follow(asked, "Open direct chat"))
    assert BUG in (await team.direct.read("1/2 ▸")).text


async def test_review_in_the_group_opens_the_reviewers_direct_chat_at_the_session(
    stage: Journey, team: Team
) -> None:
    await captured(team)
    status = await team.ann.ask("/status")
    link = await team.ann.press(status, "Review")
    assert link.endswith("?start=review")
    await stage.driver.open_link(team.ann.person, link)
    assert BUG in (await team.direct.read("1/1")).text


@pytest.mark.parametrize(("hours", "times"), [(12, 0), (72, 1)])
async def test_after_more_than_a_day_away_reviewers_are_told_once(
    tmp_path: Path, hours: float, times: int
) -> None:
    clock = MovedClock()
    async with serve(has_limits=False, clock=lambda: clock.now().timestamp()) as address:
        config = demo_config(address.url, address.token, tmp_path)
        async with Driver(address.url) as driver:
            ann = await driver.person("Ann Keller", "ann")
            group = await driver.group("Mobile", [ann], "supergroup")
            direct = await driver.private(ann)
            for start in range(3):
                async with open_app(config, World(clock, Unpaced())) as app, running(app):
                    await driver.wait_polling()
                    if start == 0:
                        await driver.open_link(ann, await app.owner_link() or "")
                        await driver.wait_message(direct, containing="This bot is yours now.")
                        await driver.add_bot(group, by=ann, payload="new")
                        await driver.wait_message(group, containing="May I read")
                    await driver.wait_quiet(2.0)
                if start == 0:
                    clock.move(hours=hours)
            away = [one.text for one in await driver.messages(direct, from_bot=True) if "away" in one.text]
    assert len(away) == times
    assert all("I was away for 3 days" in text for text in away)
