"""What happens by the clock: runs, digests, pauses; each once."""

from tests.journeys.conftest import a_task, captured, talk
from tests.journeys.seats import Team
from tests.journeys.staging import Journey


async def test_a_schedule_is_shown_changed_and_kept(team: Team) -> None:
    ann = team.direct
    shown = await ann.ask("/schedule")
    assert "📖 Read new messages: 14:00 on workdays, next 14:00" in shown.text
    changed = await ann.ask("/schedule extract 16:30")
    assert "📖 Read new messages: 16:30 on workdays, next 16:30" in changed.text
    assert "🔎 Find tasks: only by hand" in (await ann.ask("/schedule tasks off")).text
    assert (await ann.ask("/digest 08:15")).text == (
        "📬 The digest comes at 08:15 on workdays, when something happened."
    )
    assert (await ann.ask("/digest off")).text == (
        "🔕 No digest any more. /digest now shows one at any time."
    )
    assert "📬 Digest: off" in (await ann.ask("/schedule")).text


async def test_new_messages_are_read_at_their_hour_without_a_word_in_the_group(
    stage: Journey, team: Team
) -> None:
    await talk(team)
    in_group = len(await stage.posts(team.group.id))
    await stage.move(hours=4)
    notes = await team.direct.read("find tasks")
    assert "run of 14:00" in notes.text
    assert len(await stage.posts(team.group.id)) == in_group
    runs = await team.direct.ask("/runs")
    assert runs.text.splitlines()[1].startswith("🕓 R-1 Read new messages 14:00")


async def test_what_nobody_decided_is_left_for_later_when_the_next_run_is_due(
    stage: Journey, team: Team
) -> None:
    await talk(team)
    await stage.move(hours=4)
    await team.direct.read("find tasks")
    await team.seats["olya"].say("the search is dead again, every query ends with an error 500")
    await stage.move(days=1)
    told = await team.direct.read("R-1 was closed to start the next one")
    assert "left for later in /pending." in told.text


async def test_a_digest_comes_once_on_workdays_and_only_when_something_happened(
    stage: Journey, team: Team
) -> None:
    await a_task(team)
    await stage.move(hours=23)
    digest = await team.direct.read("📬 Mobile · Tue 10 Nov")
    await stage.move(hours=1)
    await stage.move(days=1)
    await stage.settle(1.5)
    digests = [one for one in await stage.posts(team.direct.chat) if one.text.startswith("📬")]
    assert [one.id for one in digests] == [digest.id]


async def test_an_owner_shares_the_digest_with_the_group_where_nobodys_queue_is_told(
    stage: Journey, team: Team
) -> None:
    await a_task(team)
    await captured(team, "/idea a dark theme for the map")
    digest = await team.direct.ask("/digest now", "Waiting 1 proposal")
    assert await team.direct.press(digest, "Also in the group") == "The digest now also comes to the group"
    await stage.move(hours=23)
    shared = await team.ann.read("📬 Mobile")
    assert "T-1" in shared.text
    assert "Waiting" not in shared.text
    assert await team.seats["olya"].press(shared, "👎") == "Thank you"


async def test_a_digest_pauses_for_a_week(stage: Journey, team: Team) -> None:
    await a_task(team)
    digest = await team.direct.ask("/digest now", "📬")
    assert await team.direct.press(digest, "Pause a week") == "No digest for a week"
    await stage.move(hours=23)
    await stage.settle(1.5)
    assert [one.id for one in await stage.posts(team.direct.chat) if "📬" in one.text] == [digest.id]


async def test_runs_pause_when_nobody_decides_for_five_workdays_and_say_so_once(
    stage: Journey, team: Team
) -> None:
    await captured(team)
    await team.seats["olya"].say("the search is dead again, every query ends with an error 500")
    await stage.settle()
    await stage.move(days=9, hours=4)
    paused = await team.direct.read("so I stopped reading by myself")
    assert paused.labels == ["▶️ Review"]
    await stage.move(days=1)
    await stage.settle(1.5)
    said = [one for one in await stage.posts(team.direct.chat) if "stopped reading" in one.text]
    assert len(said) == 1


async def test_what_waited_over_night_comes_in_one_message_whose_numbers_show_each_thing(
    stage: Journey, team: Team
) -> None:
    await a_task(team)
    await team.seats["olya"].say("the search is dead again, every query ends with an error 500")
    await team.direct.ask("/schedule extract 21:00")
    await team.direct.ask("/digest 22:00")
    await stage.settle()
    before = (await stage.posts(team.direct.chat))[-1].id
    await stage.move(hours=11, minutes=30)
    await stage.driver.wait_until(lambda: stage.rows("SELECT 1 FROM run WHERE status = 'completed'"))
    await stage.move(hours=1)
    await stage.driver.wait_until(lambda: stage.rows("SELECT 1 FROM spot WHERE view LIKE '%DigestCard%'"))
    await stage.settle()
    assert [one for one in await stage.posts(team.direct.chat) if one.id > before] == []
    await stage.move(hours=11)
    morning = await team.direct.read("2 things since I last wrote", after=before)
    assert "1 note worth keeping" in morning.text
    await team.direct.press(morning, "1")
    await team.direct.read("every query ends", after=morning.id)


async def test_stats_are_a_picture_with_its_words_and_in_words_alone_before_anything_was_decided(
    team: Team,
) -> None:
    assert "there is nothing to measure yet" in (await team.direct.ask("/stats")).text
    await a_task(team)
    shown = await team.direct.ask("/stats", "How I am doing")
    assert "1 of 1 was right: 100 % (surely between 21 and 100 %)" in shown.text
    assert shown.media is not None
    assert shown.media["kind"] == "photo"
