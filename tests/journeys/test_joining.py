"""Coming in, moving and going: who is let in, what is read, what is kept."""

from tests.journeys.conftest import owned
from tests.journeys.seats import Seat, Team
from tests.journeys.staging import Journey

NEVER_STORED = "the password of the beehive is honey"


async def test_a_stranger_in_direct_chat_gets_one_sentence_and_is_not_kept(stage: Journey) -> None:
    bob = await stage.driver.person("Bob Stranger", "bob")
    seat = Seat(stage, bob, await stage.driver.private(bob, start=True))
    for text in ("hello", NEVER_STORED, "/tasks", "/start"):
        said = await seat.say(text)
        answer = await seat.read(after=said)
        assert answer.text == "I work for one team only and keep nothing of what you write."
    await stage.settle()
    assert stage.rows("SELECT * FROM person") == []
    assert stage.rows("SELECT * FROM message") == []
    assert NEVER_STORED not in stage.dump()


async def test_a_group_added_by_a_stranger_is_told_one_sentence_and_left(stage: Journey) -> None:
    bob = await stage.driver.person("Bob Stranger", "bob")
    group = await stage.driver.group("Beekeepers", [bob], "supergroup")
    await stage.driver.add_bot(group, by=bob, payload="new")
    await stage.driver.wait_until(lambda: _is_left(stage, group.id))
    await stage.settle()
    said = [one.text for one in await stage.posts(group.id) if not one.service]
    assert said == ["I was not invited here by my owner, so I store nothing and leave."]
    assert "Beekeepers" not in stage.dump()


async def _is_left(stage: Journey, group: int) -> bool:
    return any(one.params["chat_id"] == str(group) for one in await stage.driver.calls("leaveChat"))


async def test_whoever_the_owner_invites_may_add_the_bot_too(stage: Journey, team: Team) -> None:
    olya = team.seats["olya"]
    await olya.ask("/help", "I read along")
    assert (await team.direct.ask("/setup invite @olya")).text == (
        "🔑 Olya Marchenko may add me to groups too."
    )
    group = await stage.driver.group("Backend", [olya.person], "supergroup")
    await stage.driver.add_bot(group, by=olya.person, payload="new")
    await olya.at(group).read("May I read along in Backend?")


async def test_the_owners_link_works_once(stage: Journey, team: Team) -> None:
    assert await stage.app.owner_link() is None
    used = (await stage.driver.messages(team.direct.chat))[0].text.removeprefix("/start ")
    olya = team.seats["olya"].person
    direct = team.seats["olya"].at(await stage.driver.private(olya, start=True))
    await stage.driver.open_link(olya, used)
    await direct.read("This link was used already. The bot belongs to somebody.")
    await stage.driver.open_link(team.ann.person, used)
    await team.direct.read("This bot is yours now.")


async def test_the_link_setup_printed_is_good_after_run_printed_another(stage: Journey) -> None:
    ann = await stage.driver.person("Ann Keller", "ann")
    direct = Seat(stage, ann, await stage.driver.private(ann))
    first, second = await stage.app.owner_link(), await stage.app.owner_link()
    assert first != second
    await stage.driver.open_link(ann, first or "")
    await direct.read("This bot is yours now.")
    bob = await stage.driver.person("Bob Stranger", "bob")
    await stage.driver.open_link(bob, second or "")
    late = Seat(stage, bob, bob.id)
    assert (await late.read()).text == "This link was used already. The bot belongs to somebody."


async def test_an_anonymous_administrator_opens_the_chat_but_does_not_settle_by_command(
    stage: Journey, team: Team
) -> None:
    await stage.driver.promote(team.group, team.ann.person, anonymous=True)
    said = await team.ann.say("/bug the map is blank in Lyon")
    bug = await team.direct.read("the map is blank in Lyon")
    refused = await team.ann.ask("/extract")
    assert refused.text == (
        "You write as the group, so I cannot tell who decides. Switch “Remain anonymous” off for "
        "yourself, or decide in direct chat with me."
    )
    assert (await stage.driver.message(team.group, said)).sender == team.group.id
    assert await team.direct.press(bug, "Approve") == "Approved → T-1"


async def test_in_a_forum_only_the_topics_where_read_here_was_said_are_read(stage: Journey) -> None:
    ann = await stage.driver.person("Ann Keller", "ann")
    forum = await stage.driver.group("Mobile", [ann], "forum")
    bugs = await stage.driver.topic(forum, "Bugs")
    lunch = await stage.driver.topic(forum, "Lunch")
    await owned(stage, ann)
    await stage.driver.add_bot(forum, by=ann, payload="new")
    seat = Seat(stage, ann, forum.id)
    setup = await seat.open_chat("In direct chat", "Which forum topics do I read?")
    await seat.tap(setup, "Only where someone says /read here", "I am reading for Mobile.")
    at_bugs, at_lunch = seat.at(forum, bugs), seat.at(forum, lunch)
    assert (await at_bugs.ask("/read here")).text == "👀 I read here from now on."
    await at_bugs.say("the map is blank in Lyon")
    await at_lunch.say("pizza or ramen?")
    await seat.say("said in General")
    await stage.settle()
    kept = "SELECT text FROM message WHERE text NOT LIKE '/%'"
    assert stage.rows(kept) == [("the map is blank in Lyon",)]

    assert (
        await at_bugs.ask("/read off")
    ).text == "🙈 I no longer read here. /read here takes it up again."
    await at_bugs.say("nobody shall read this")
    await stage.settle()
    assert len(stage.rows(kept)) == 1


async def test_a_basic_group_that_becomes_a_supergroup_keeps_everything(stage: Journey) -> None:
    ann = await stage.driver.person("Ann Keller", "ann")
    group = await stage.driver.group("Mobile", [ann])
    direct, seat = await owned(stage, ann), Seat(stage, ann, group.id)
    await stage.driver.add_bot(group, by=ann, payload="new")
    await seat.open_chat("In direct chat", "I am reading for Mobile.")
    await seat.say("/bug the map is blank in Lyon")
    bug = await direct.read("the map is blank in Lyon")
    assert await direct.press(bug, "Approve") == "Approved → T-1"

    moved = seat.at(await stage.driver.migrate(group))
    assert "the map is blank in Lyon" in (await moved.ask("/tasks")).text
    await moved.say("the search is slow too, it takes nine seconds")
    await stage.settle()
    said = stage.rows("SELECT chat_id, text FROM message WHERE text NOT LIKE '/%'")
    assert said == [(moved.chat, "the search is slow too, it takes nine seconds")]
    assert [one.text.split("\n")[0] for one in await stage.posts(moved.chat)] == ["📋 1 open task · Mobile"]


async def test_a_group_upgraded_before_anybody_answered_is_asked_again(stage: Journey) -> None:
    ann = await stage.driver.person("Ann Keller", "ann")
    group = await stage.driver.group("Mobile", [ann])
    await owned(stage, ann)
    await stage.driver.add_bot(group, by=ann, payload="new")
    await Seat(stage, ann, group.id).read("May I read along in Mobile?")
    moved = Seat(stage, ann, (await stage.driver.migrate(group)).id)
    await moved.open_chat("In direct chat", "I am reading for Mobile.")
    await moved.say("the search is slow, it takes nine seconds")
    await stage.driver.wait_until(lambda: stage.rows("SELECT text FROM message"))


async def test_removed_the_bot_stops_and_back_in_time_it_goes_on_with_what_it_knew(
    stage: Journey, team: Team
) -> None:
    await team.ann.say("/bug the map is blank in Lyon")
    bug = await team.direct.read("the map is blank in Lyon")
    assert await team.direct.press(bug, "Approve") == "Approved → T-1"
    await stage.driver.remove_bot(team.group)
    await team.ann.say(NEVER_STORED)
    await stage.move(days=2)
    await stage.driver.add_bot(team.group, by=team.ann.person)
    setup = await team.ann.read("I was here before.")
    await team.ann.tap(setup, "Continue", "I am reading for Mobile.")
    assert "the map is blank in Lyon" in (await team.ann.ask("/tasks")).text
    assert NEVER_STORED not in stage.dump()


async def test_taken_back_a_chat_may_start_clean(stage: Journey, team: Team) -> None:
    await team.seats["olya"].say("the map is blank in Lyon")
    await stage.driver.wait_until(lambda: stage.rows("SELECT text FROM message"))
    await stage.driver.remove_bot(team.group)
    await stage.driver.add_bot(team.group, by=team.ann.person)
    setup = await team.ann.read("I was here before.")
    await team.ann.tap(setup, "Start clean", "May I read along in Mobile?")
    assert "the map is blank" not in stage.dump()
    setup = await team.ann.tap(setup, "Start reading", "which project is this chat part of?")
    await team.ann.tap(setup, "Part of Mobile", "I am reading for Mobile.")


async def test_a_chat_left_for_good_is_purged(stage: Journey, team: Team) -> None:
    await team.seats["olya"].say("the map is blank in Lyon")
    await stage.settle()
    assert "the map is blank" in stage.dump()
    await stage.driver.remove_bot(team.group)
    await stage.settle()
    await stage.move(days=9)
    await stage.driver.wait_until(lambda: "the map is blank" not in stage.dump())


async def test_whoever_taps_leave_me_out_is_no_longer_read(stage: Journey, team: Team) -> None:
    olya = team.seats["olya"]
    [setup] = [one for one in await stage.posts(team.group.id) if "I am reading for" in one.text]
    assert await olya.press(setup, "Leave me out") == "You are left out. I no longer read what you write."
    await olya.say(NEVER_STORED)
    await team.seats["maxw"].say("the map is blank in Lyon")
    await stage.driver.wait_until(lambda: stage.rows("SELECT text FROM message"))
    assert stage.rows("SELECT text FROM message") == [("the map is blank in Lyon",)]
    assert await olya.press(setup, "Leave me out") == "I read what you write again"
    assert NEVER_STORED not in stage.dump()


async def test_reviewers_may_decide_in_a_room_of_their_own(stage: Journey, team: Team) -> None:
    at_room = await _room_of_their_own(stage, team)
    await team.seats["olya"].say("/bug the map is blank in Lyon")
    bug = await at_room.read("the map is blank in Lyon")
    assert await at_room.press(bug, "Approve") == "Approved → T-1"
    await at_room.see(bug, "approved by ann")


async def test_a_chat_is_opened_to_a_review_room_by_its_own_administrator(
    stage: Journey, team: Team
) -> None:
    """Olya administers Backend, which is part of Ann's project; Ann decides in a room of her own."""
    olya = team.seats["olya"]
    backend = await stage.driver.group("Backend", [olya.person, team.ann.person], "supergroup")
    await stage.driver.add_bot(backend, by=team.ann.person)
    there = olya.at(backend)
    setup = await there.read("May I read along in Backend?")
    setup = await there.tap(setup, "Start reading", "which project is this chat part of?")
    await there.tap(setup, "Part of Mobile", "I am reading for Mobile.")
    at_room = await _room_of_their_own(stage, team)
    question = await there.read("May “Mobile deciders” read what is said in Backend?")
    await there.say("/bug the search is slow")
    bug = await at_room.read("1 item from another chat is not shown here.")
    assert "once an administrator of that chat says so: /settings there" in bug.text
    assert "may read this chat" in await there.press(question, "Let “Mobile deciders” read this chat")
    await at_room.see(bug, "the search is slow")
    card = await there.ask("/settings", "Reviewers decide:")
    assert "no longer read" in await there.press(card, "“Mobile deciders” shall not read this chat")
    await at_room.see(bug, "1 item from another chat is not shown here.")


async def _room_of_their_own(stage: Journey, team: Team) -> Seat:
    """Ann's seat in the review room she makes of a new group."""
    card = await team.direct.ask("/project", "Reviewers decide:")
    await team.direct.press(card, "In a review room")
    link = await team.direct.follow(await team.direct.read("Add me to a group", after=card.id), "Add to a")
    room = await stage.driver.group("Mobile deciders", [team.ann.person], "supergroup")
    stage.rooms.add(room.id)
    await stage.driver.open_link(team.ann.person, link, chat=room)
    at_room = team.ann.at(room)
    setup = await at_room.read("May I read along in Mobile deciders?")
    await at_room.tap(setup, "Start reading", "I am reading for Mobile.")
    return at_room
