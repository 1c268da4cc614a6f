"""Leaving out, forgetting, taking along: no byte of the words is left, and nothing shows them."""

import json
from pathlib import Path

from sqlalchemy.engine import make_url

from core.domain.ids import ChatId, PersonId
from tests.journeys.conftest import BUG, TUESDAY, captured
from tests.journeys.seats import Seat, Team, has, told
from tests.journeys.staging import Journey

MARKED = (
    "the zanzibarview crashes when the quokkafile is opened",
    "we decided to ship the narwhalbuild on Thursday",
    "the tapirqueue is broken since the update, who can fix it?",
)
WORDS = ("zanzibar", "quokka", "narwhal", "tapir", "axolotl", "pangolin", "wombat", "okapi")
"""Words only Olya says, in any form of file: lower case, as ASCII."""


def left_in(stage: Journey) -> list[str]:
    """Which of the words stand anywhere in the files of the database, deleted pages and log included."""
    data = b"".join(
        path.read_bytes().lower() for path in _files(Path(str(make_url(stage.database_url).database)))
    )
    return [word for word in WORDS if word.encode() in data]


def _files(main: Path) -> list[Path]:
    return sorted(main.parent.glob(f"{main.name}*"))


async def shown_anywhere(stage: Journey, team: Team) -> list[str]:
    """The bot's messages, in the group and in every chat it ever spoke in, that show one of the words."""
    said = await stage.driver.calls("sendMessage")
    chats = {team.group.id, *(int(one.params["chat_id"]) for one in said if one.status == 200)}
    posts = [one for chat in sorted(chats) for one in await stage.posts(chat)]
    return [told(one) for one in posts if any(word in told(one).lower() for word in WORDS)]


async def forgotten(stage: Journey, team: Team) -> None:
    """Everything due is painted, and nothing is left."""
    await stage.settle(1.0)

    async def clean() -> bool:
        return not left_in(stage) and not await shown_anywhere(stage, team)

    try:
        await stage.driver.wait_until(clean, timeout=40)
    except Exception:
        assert await shown_anywhere(stage, team) == []
        assert left_in(stage) == []
        raise


async def direct_of(stage: Journey, team: Team, name: str) -> Seat:
    """Somebody's direct chat with the bot, started."""
    person = team.seats[name].person
    return team.seats[name].at(await stage.driver.private(person, start=True))


async def forget_me(stage: Journey, team: Team, name: str) -> None:
    """They confirm it in direct chat."""
    direct = await direct_of(stage, team, name)
    card = await direct.ask("/forget me", "Forget ")
    toast = await direct.press(card, "Yes, forget me")
    assert toast.startswith("Forgotten: "), toast


async def said_everywhere(stage: Journey, team: Team) -> int:
    """Olya's words go through every path: talk, edit, captures, merge, run, lists; her first message."""
    olya = team.seats["olya"]
    first = await olya.say(MARKED[0])
    edited = await olya.say("the axolotlpage hangs")
    await stage.driver.edit(olya.person, team.group.id, edited, "the pangolinpage hangs for minutes")
    for text in MARKED[1:]:
        await olya.say(text)
    await team.seats["maxw"].say("the export button does nothing on the settings page, please fix it")
    for number, text in enumerate(
        ("/bug the wombatscreen is blank", "/idea an okapifilter for the map"), 1
    ):
        card = await captured(team, text)
        assert await team.direct.press(card, "Approve") == f"Approved → T-{number}"
    again = await captured(team, "/bug the wombatscreen is blank in Paris too")
    again = await team.direct.tap(again, "Merge", "Merge it into which one?")
    again = await team.direct.tap(again, "T-1", "which gains:")
    assert (await team.direct.press(again, "Merge into T-1")).startswith("Merged")
    await team.ann.ask("/extract", "R-1")
    await stage.settle(1.0)
    for command in ("/tasks", "/pending", "/digest now", "/review"):
        await team.direct.ask(command)
    await stage.settle()
    return first


async def test_after_forget_me_no_byte_of_the_words_is_left_and_no_message_shows_them(
    stage: Journey, team: Team
) -> None:
    first = await said_everywhere(stage, team)
    assert set(left_in(stage)) >= {"zanzibar", "quokka", "narwhal", "tapir", "wombat", "okapi"}
    assert await shown_anywhere(stage, team)
    await forget_me(stage, team, "olya")
    await forgotten(stage, team)
    olya, max_ = team.seats["olya"], team.seats["maxw"]
    await stage.driver.edit(olya.person, team.group.id, first, f"{MARKED[0]} again")
    await max_.say("/add", reply_to=first)
    await team.direct.ask("/undo")
    await forgotten(stage, team)
    assert has(await team.direct.ask("/tasks"), "T-1")


async def test_a_copy_made_before_learns_by_ids_alone_what_was_forgotten_since(
    stage: Journey, team: Team
) -> None:
    olya = team.seats["olya"]
    await olya.say(MARKED[0])
    await captured(team, "/bug the wombatscreen is blank in Lyon")
    await stage.settle()
    at = stage.clock.now()
    await forget_me(stage, team, "olya")
    async with stage.app.transactions.reading() as tx:
        made = await tx.deletions.list_since(at)
    assert [one.person_id for one in made] == [olya.person.id]
    assert await stage.app.use_cases.forgetting.forget_again(made) == 0
    await forgotten(stage, team)


async def test_whoever_is_left_out_is_never_stored_until_taken_in_again(stage: Journey, team: Team) -> None:
    olya = team.seats["olya"]
    card = await olya.ask("/privacy", "Leave me out")
    assert await olya.press(card, "Leave me out") == "You are left out. I no longer read what you write."
    await olya.say(MARKED[0])
    await stage.settle()
    assert left_in(stage) == []
    direct = await direct_of(stage, team, "olya")
    card = await direct.ask("/privacy", "You are left out")
    assert await direct.press(card, "Take me in again") == "I read what you write again"
    await olya.say(MARKED[0])
    await stage.settle()
    assert "zanzibar" in left_in(stage)


async def test_whoever_is_quoted_takes_their_words_back_from_a_card_and_others_cannot(
    stage: Journey, team: Team
) -> None:
    olya = team.seats["olya"]
    said = await olya.say(MARKED[0])
    await stage.settle()
    direct = await direct_of(stage, team, "olya")
    await team.ann.ask("/reviewers @ann @olya", "Who decides")
    theirs = await captured(team, "/bug", reply_to=said)
    theirs = await team.direct.tap(theirs, "⋯", "Remove my words")
    assert await team.direct.press(theirs, "Remove my words") == "You are not quoted here."
    hers = await direct.tap(await direct.read("by hand"), "⋯", "Remove my words")
    hers = await direct.tap(hers, "Remove my words", "This cannot be undone.")
    assert await direct.press(hers, "Yes, remove them") == "Forgotten: 1 message."
    await forgotten(stage, team)


async def test_a_reply_to_ones_own_message_has_it_forgotten(stage: Journey, team: Team) -> None:
    olya = team.seats["olya"]
    said = await olya.say(MARKED[0])
    await captured(team, "/bug", reply_to=said)
    assert (await olya.ask("/forget", reply_to=said)).text == "🗑 Forgotten."
    await forgotten(stage, team)


async def test_nobody_else_has_a_message_forgotten(stage: Journey, team: Team) -> None:
    said = await team.seats["olya"].say(MARKED[0])
    refused = await team.seats["maxw"].ask("/forget", reply_to=said)
    assert refused.text.startswith("Only who wrote a message can have it forgotten.")
    await stage.settle()
    assert "zanzibar" in left_in(stage)


async def test_what_is_kept_of_a_person_comes_as_one_document(stage: Journey, team: Team) -> None:
    await team.seats["olya"].say(MARKED[0])
    await team.seats["maxw"].say("nothing of mine is in her file")
    await stage.settle()
    direct = await direct_of(stage, team, "olya")
    await direct.say("/export my data")
    sent = await stage.driver.wait_until(lambda: _documents(stage), timeout=40)
    assert sent == [("my-data.json", direct.chat)]
    data = await stage.app.use_cases.exporting.collect(PersonId(direct.person.id))
    assert [one["text"] for one in json.loads(json.dumps(data))["messages"]] == [MARKED[0]]


async def _documents(stage: Journey) -> list[tuple[str, int]]:
    calls = await stage.driver.calls("sendDocument")
    return [("my-data.json", int(one.params["chat_id"])) for one in calls if one.status == 200]


async def test_a_chat_that_was_left_is_purged_to_the_last_byte(stage: Journey, team: Team) -> None:
    await team.seats["olya"].say(MARKED[0])
    await stage.settle()
    async with stage.app.transactions() as tx:
        chat = await tx.chats.get(ChatId(team.group.id))
        await tx.chats.put(chat.gone(TUESDAY))
    await stage.move(days=8)
    await stage.settle(1.0)
    await forgotten(stage, team)


async def test_a_decision_on_words_that_were_taken_back_is_not_undone(team: Team) -> None:
    said = await team.seats["maxw"].say(BUG)
    card = await captured(team, "/bug", reply_to=said)
    assert await team.direct.press(card, "Approve") == "Approved → T-1"
    await team.seats["maxw"].ask("/forget", reply_to=said)
    card = await team.direct.see(card, "🙈")
    assert await team.direct.press(card, "Undo") == (
        "What P-1 rested on was removed since, so this decision stays. /tasks changes tasks."
    )
    assert "T-1" in (await team.direct.ask("/tasks")).text


async def test_what_somebody_who_is_left_out_said_is_not_stored_as_others_forward_it_in_the_group(
    team: Team,
) -> None:
    stage, maxw, olya = team.ann.stage, team.seats["maxw"], team.seats["olya"]
    [setup] = [one for one in await stage.posts(team.group.id) if "I am reading for" in one.text]
    await maxw.press(setup, "Leave me out")
    other = await stage.driver.group("Elsewhere", [maxw.person, olya.person], "supergroup")
    said = await stage.driver.say(maxw.person, other, BUG)
    await stage.driver.forward(olya.person, team.group, other, [said])
    await olya.say("and these are words of mine")
    await stage.settle()
    assert "and these are words of mine" in stage.dump()
    assert BUG not in stage.dump()
