"""What cannot be used, a test a kind, each with the sentence the person reads."""

import base64
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from bot.sandbox.driver import ShownMessage
from core.domain.conversation import Extraction, Finding, Reading, Study, Suggestions, Usage
from core.domain.evidence import Quote
from core.domain.knowledge import AtomDraft, AtomType
from core.errors import AnalystFailed
from tests.journeys.conftest import BUG, captured, joined
from tests.journeys.seats import Seat, Team
from tests.journeys.staging import Journey, staged

GONE = "This message is too old for its buttons. /pending shows what waits."
LONG = "word " * 60


SENTENCES = (
    ("/extract 7x", "I cannot read “7x” as a span of time. Try 24h or 7d."),
    ("/run 0h", "I cannot read “0h” as a span of time. Try 24h or 7d."),
    (
        "/schedule extract 25:00",
        "I cannot read “25:00” as a time. Try 14:00, off, or a cron line such as 0 14 * * mon-fri",
    ),
    (
        "/schedule lunch 12:00",
        "I cannot read “lunch 12:00” as a time. Try 14:00, off, or a cron line such as 0 14 * * mon-fri",
    ),
    (
        "/digest nine",
        "I cannot read “nine” as a time. Try 14:00, off, or a cron line such as 0 14 * * mon-fri",
    ),
    ("/task T-99", "I know no task T-99. /tasks lists them."),
    ("/task soon", "I know no task soon. /tasks lists them."),
    ("/close R-9", "I know no run R-9. /runs lists them."),
    ("/close", "No runs yet. /extract reads new messages."),
    ("/cancel", "No runs yet. /extract reads new messages."),
    ("/resume", "No runs yet. /extract reads new messages."),
    ("/bug", "Reply /bug to a message, or write what it is about: /bug login fails on iOS"),
    ("/ignore", "Reply /ignore to the message that is to be left out."),
    ("/extract", "Nothing new to read. Try again when something was written."),
    ("/run", "No new or changed notes since last time. Read new messages first: /extract"),
    (
        "/undo",
        "There is nothing of yours to take back. A decision can be undone for a few minutes.",
    ),
    ("/frobnicate", "I do not know that command. /help lists those I do."),
    (
        "/project timezone Mars",
        "That is no time zone I know. Write it like this: /project timezone Europe/Berlin",
    ),
    (
        "/project language tlh",
        (
            "I speak English (en), Українська (uk), Русский (ru) so far. "
            "Choose one like this: /project language en"
        ),
    ),
    (f"/project rename {LONG}", "A name has at most 64 characters, yours has 299. Shorten it."),
    (
        f"/project description {LONG * 5}",
        "A description has at most 1,000 characters, yours has 1,499. Shorten it.",
    ),
    (
        "/project keywords",
        "Which keywords? Write them after the command: /project keywords login, push, store",
    ),
    ("/reviewers @nobody", "I know nobody called @nobody here yet. I do once they have written here."),
    ("/setup invite @nobody", "I know nobody called @nobody here yet. I do once they have written here."),
)
"""What somebody writes to the bot in direct chat, and what it answers."""


async def test_a_command_that_cannot_be_done_is_told_why(team: Team) -> None:
    told = [(written, (await team.direct.ask(written)).text) for written, _ in SENTENCES]
    assert [(written, text.replace("\u2060", "")) for written, text in told] == list(SENTENCES)


async def test_an_unknown_command_in_a_group_is_left_to_whom_it_is_meant_for(team: Team) -> None:
    before = len(await team.ann.stage.posts(team.group.id))
    await team.ann.say("/weather")
    await team.ann.say("/help@another_bot")
    await team.ann.stage.settle()
    assert len(await team.ann.stage.posts(team.group.id)) == before
    assert "I do not know that command" in (await team.ann.ask("/weather@triagram_bot")).text


async def test_a_number_two_projects_have_is_asked_about(stage: Journey, team: Team) -> None:
    other = await stage.driver.group("Backend", [team.ann.person], "supergroup")
    await stage.driver.add_bot(other, by=team.ann.person, payload="new")
    backend = team.ann.at(other)
    await backend.open_chat("In direct chat", "I am reading for Backend.")
    for seat, text in ((team.ann, BUG), (backend, "the search is slow")):
        before = (await stage.driver.messages(team.direct.chat))[-1].id
        await seat.say(f"/bug {text}")
        card = await team.direct.read("by hand", after=before)
        assert await team.direct.press(card, "Approve") == "Approved → T-1"
    asked = await team.direct.ask("/task T-1")
    assert asked.text == (
        "T-1 is in several projects: Backend, Mobile. Choose one with /project NAME, then ask again."
    )
    await team.direct.ask("/project Backend", "Backend")
    assert "the search is slow" in (await team.direct.ask("/task T-1")).text
    assert "the search is slow" in (await backend.ask("/task T-1")).text


async def test_a_press_on_an_older_text_settles_nothing_and_shows_the_new_one(team: Team) -> None:
    card = await captured(team)
    edit = await team.direct.tap(card, "Edit", "What should change?")
    edit = await team.direct.tap(edit, "Title", "with the new title")
    await team.direct.say("The map stays blank", reply_to=edit.id)
    await team.direct.see(card, "The map stays blank")
    assert await team.direct.press_data(card, "Approve") == (
        "This was an older text. The new one is shown now; please look again."
    )
    assert (await team.direct.ask("/tasks")).text == "📋 No open tasks · Mobile"


async def test_only_reviewers_settle_whatever_they_press(stage: Journey, team: Team) -> None:
    card = await captured(team)
    bob = await stage.driver.person("Bob Stranger", "bob")
    for person in (team.seats["olya"].person, bob):
        forged = Seat(stage, person, team.direct.chat)
        assert await forged.press_data(card, "Approve") == (
            "Only reviewers decide here. Ask @ann or /reviewers."
        )
    assert (await team.direct.ask("/tasks")).text == "📋 No open tasks · Mobile"


async def test_a_payload_counts_only_on_its_own_card(stage: Journey, team: Team) -> None:
    card, other = await captured(team), await team.ann.ask("/status")
    stolen = card.find_button("Approve")
    assert stolen is not None
    data = stolen.data or ""
    forged = (
        data,
        data.replace("a.", "x.", 1),
        "a.0..",
        "a",
        "💥" * 16,
        f"a.1..{base64.urlsafe_b64encode(UUID(int=7).bytes).decode().rstrip('=')}",
    )
    for payload in forged:
        query = await stage.driver.press_raw(team.ann.person, team.group, other.id, payload)
        assert await team.ann.answered(query) == GONE
    assert (await team.direct.ask("/tasks")).text == "📋 No open tasks · Mobile"


async def test_a_title_that_is_too_long_is_measured(team: Team) -> None:
    card = await captured(team)
    card = await team.direct.tap(card, "Edit", "What should change?")
    card = await team.direct.tap(card, "Title", "with the new title")
    told = await team.direct.ask(LONG, reply_to=card.id)
    assert told.text == "A title has at most 200 characters, yours has 299. Shorten it."


async def test_a_report_of_four_thousand_characters_still_makes_a_card(team: Team) -> None:
    card = await captured(team, "/bug " + "the map is blank & <b>bold</b> in Lyon. " * 100)
    assert card.text.startswith("🐞 Bug")
    assert await team.direct.press(card, "Approve") == "Approved → T-1"


async def test_malformed_updates_are_set_aside_and_the_stream_goes_on(stage: Journey, team: Team) -> None:
    chat = {"id": team.group.id, "type": "supergroup", "title": "Mobile"}
    broken: tuple[dict[str, Any], ...] = (
        {"message": "no object"},
        {"message": {"message_id": "x", "date": 0, "chat": chat, "text": "a"}},
        {"message": {"message_id": 7, "date": 0, "chat": {"id": "no number"}, "text": "a"}},
        {"callback_query": {"id": 5}},
        {"something_new": {"of": "next year"}},
        {},
    )
    await stage.driver.updates_raw(broken)
    assert "📊 Mobile" in (await team.ann.ask("/status")).text
    await stage.settle()
    stage.aside = len(stage.rows("SELECT update_id FROM incoming WHERE status = 'aside'"))
    assert stage.aside >= 3


async def test_a_second_consumer_of_the_token_is_named_in_the_log(stage: Journey, team: Team) -> None:
    told = "another program uses this bot's token: stop it, or revoke the token in @BotFather"
    stage.logged.append(told)
    stage.refused.append("getUpdates 409")
    thief = await stage.app.hearing.get_updates(timeout=0)
    assert thief is not None
    await stage.driver.wait_until(lambda: any(one["event"] == told for one in stage.logs))
    assert "📊 Mobile" in (await team.ann.ask("/status")).text


TROUBLES = (
    ("olya", "login is dead on my iPhone again, tapping the button shows no error"),
    ("ivan_p", "the staging server is slow since the last deploy, a search takes 9 seconds"),
    ("maxw", "The nightly build keeps failing because the device farm is out of disk space"),
    ("tombaker", "Two customers asked for a dark theme this week"),
    ("lena", "The app crashes when I rotate the tablet on the trip details screen"),
    ("ivan_p", "The payment provider turns off the old API on 30 November, we must migrate"),
    ("priya", "Who owns the push certificate? It expires next month"),
    ("olya", "OK, decided: we ship 2.4 on Wednesday"),
    ("tombaker", "Release notes are still missing, somebody needs to write them"),
)
"""Nine matters, a day apart."""
UNREADABLE = ("nightly build", "payment provider", "Release notes")


class Failing:
    """Finds one note a conversation; three of them it cannot read until it is mended."""

    name, model, seconds_per_batch = "failing", "failing-1", 0.1
    sends_text_away, is_free, reads_earlier_talk = False, True, False

    def __init__(self) -> None:
        self.is_mended = False

    prompts, temperature = (), None

    def price(self, conversations: object) -> Usage:
        return Usage(cost_usd=0.0)

    def price_of_notes(self, groups: object) -> Usage:
        return Usage(cost_usd=0.0)

    def most(self, asked: object) -> Usage:
        return Usage(cost_usd=0.0)

    async def extract(self, reading: Reading) -> Extraction:
        said = reading.conversation.messages[0]
        if not self.is_mended and any(part in said.text for part in UNREADABLE):
            raise AnalystFailed("timeout", "the model did not answer in 60 s")
        quote = Quote(said.key, said.text, said.author.name, said.sent_at)
        note = AtomDraft(AtomType.PROBLEM, said.text, said.text)
        return Extraction((), (Finding(note, 0.8, "said so", (quote,)),))

    async def propose(self, study: Study) -> Suggestions:
        return Suggestions()


@pytest.fixture
async def failed(tmp_path: Path) -> AsyncGenerator[tuple[Team, Failing]]:
    """Nine conversations hours apart have been read, three of them in vain."""
    analyst = Failing()
    async with staged(tmp_path, analyst=analyst) as stage:
        team = await joined(stage)
        for index, (speaker, text) in enumerate(TROUBLES):
            at = stage.clock.now() - timedelta(days=len(TROUBLES) - index)
            await stage.driver.say(team.seats[speaker].person, team.group, text, at=at)
        await stage.settle()
        yield team, analyst


async def _stopped(team: Team) -> ShownMessage:
    """The run's card once every batch has been tried as often as it may."""
    card = await team.direct.ask("/extract", "R-1")

    async def look() -> bool:
        await team.ann.stage.move(seconds=2)
        now = await team.ann.stage.driver.message(team.direct.chat, card.id)
        return "stopped half-way" in now.text

    await team.ann.stage.driver.wait_until(look, timeout=25)
    card = await team.direct.see(card, "stopped half-way")
    assert card.text == (
        "⚠️ Reading stopped half-way · Mobile · R-1\n"
        "6 of 9 conversations done and saved\n"
        "The model took too long (the model did not answer in 60 s). Resume asks it again; "
        "llm.timeout_seconds gives it more time."
    )
    assert card.labels == ["🔄 Resume", "Close with 6"]
    return card


async def test_a_model_that_fails_loses_nothing_and_the_rest_is_resumed(
    failed: tuple[Team, Failing],
) -> None:
    team, analyst = failed
    card = await _stopped(team)
    analyst.is_mended = True
    assert await team.direct.press(card, "Resume") == "R-1 goes on"
    assert "9 notes worth keeping" in (await team.direct.read("find tasks")).text


async def test_a_run_that_failed_half_way_is_closed_with_what_is_saved(
    failed: tuple[Team, Failing],
) -> None:
    team, _ = failed
    card = await _stopped(team)
    assert await team.direct.press(card, "Close with 6") == "R-1 ends with what is saved"
    assert "6 notes worth keeping" in (await team.direct.read("find tasks")).text
