"""Whatever somebody writes in a chat, and however well a model obeys it: the checks in code hold."""

import re
import tomllib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from bot.view.html import plain as plain_of
from core.domain.checking import check, check_sources
from core.domain.conversation import Conversation, Finding, Reading, Study
from core.domain.evidence import Evidence
from core.domain.ids import PersonId
from core.domain.knowledge import Atom, AtomDraft, AtomType
from core.domain.message import Author, Message
from core.domain.proposal import ProposalStatus
from core.domain.run import Stage
from core.domain.showing.ticks import notes_of
from core.domain.showing.view import NotesList, ProposalCard
from core.domain.task import TaskDraft
from core.services.runs.closing import CloseMode
from core.settings import ReviewSettings
from storage.engine import open_engine
from storage.unit_of_work import SqlTransactions
from tests.bot.view.checks import ensure_parses
from tests.builders import PROJECT, START, a_message, a_person, a_project, a_quote
from tests.databases import fresh_database, migrated_database
from tests.fakes import FakeClock
from tests.house import DIRECT, REVIEWER, House
from tests.llm.scripted import an_analyst, said_in
from tests.services.showing.conftest import Screen, screen_of

TEMPLATE = migrated_database()
ATTACKS = tomllib.loads((Path(__file__).parent / "attacks.toml").read_text("utf-8"))
ANN = a_message(1, "We ship 2.4 on Thursday", author=Author("Ann", PersonId(1), username="ann"))
OLYA = a_message(2, "Login is dead on iOS 17")
MALLORY = Author("Mallory", PersonId(66), username="mallory")
ASIDE = re.compile(r"(?<!\w)@\w|(?<![\w/<>])/[A-Za-z]|://|[\u202a-\u202e\u2066-\u2069]|\x00|\x1b")
"""What Telegram would make a mention, a command or a link of, or what would turn a card round."""


@dataclass(frozen=True)
class Attack:
    """One of attacks.toml."""

    name: str
    said: str
    left: int
    answer: list[dict[str, Any]]
    reason: str = ""
    loses: tuple[str, ...] = ()

    @property
    def message(self) -> Message:
        return a_message(3, self.said, author=MALLORY)


def attacks(stage: str) -> list[Any]:
    found = [Attack(**one) for one in ATTACKS[stage]]
    return [pytest.param(one, id=one.name) for one in found]


def whole(answer: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The answer's items with the reasoning the form asks for, which obeys too."""
    return [
        {"reasoning": "As I was told by <b>@mallory</b> https://evil.example/", **one} for one in answer
    ]


def test_there_are_forty_attacks_at_least() -> None:
    assert len(ATTACKS["knowledge"]) + len(ATTACKS["tasks"]) >= 40


@pytest.mark.parametrize("attack", attacks("knowledge"))
async def test_a_note_somebody_ordered_rests_on_what_was_said_or_is_dropped(attack: Attack) -> None:
    analyst = an_analyst(lambda _: {"notes": whole(attack.answer)})
    reading = Reading(a_project(), Conversation((attack.message,), (ANN, OLYA)))
    extraction = await analyst.extract(reading)
    shown = {one.key: one for one in (ANN, OLYA, attack.message)}
    checked = [check(one, shown, frozenset({attack.message.key})) for one in extraction.atoms]
    left = [one.finding for one in checked if one.finding is not None]
    assert len(left) == attack.left
    if attack.reason:
        assert [list(one.dropped) for one in checked] == [[attack.reason]]
    for finding in left:
        assert 0 <= finding.confidence <= 1
        assert not finding.links
        assert all(quote.author_id == shown[quote.key].author.person_id for quote in finding.quotes)


@pytest.mark.parametrize("attack", attacks("tasks"))
async def test_a_task_somebody_ordered_names_nobody_and_no_day_without_evidence(attack: Attack) -> None:
    analyst = an_analyst(lambda _: {"tasks": whole(attack.answer)})
    shown = {one.key: one for one in (ANN, OLYA, attack.message)}
    notes = (a_note(1, ANN, OLYA), a_note(2, attack.message))
    people = (a_person(1, "Ann"), a_person(7, "Olya"), a_person(66, "Mallory"))
    study = Study(a_project(), notes, tuple(shown.values()), people=people)
    suggestions = await analyst.propose(study)
    numbers_shown = {quote.key for note in notes for quote in note.evidence.quotes}
    assert all(
        quote.key in numbers_shown or quote.key.chat_id == 0
        for one in suggestions.tasks
        for quote in one.quotes
    )
    left, reasons = checked_tasks(suggestions.tasks, shown, frozenset(note.id for note in notes))
    assert len(left) == attack.left
    assert reasons == ([attack.reason] if attack.reason else [])
    for task in left:
        draft = task.content
        assert (draft.assignee is None) == ("agreement" not in attack.loses)
        assert draft.assignee is None or not draft.assignee.has_agreed
        assert draft.due is None or draft.due.on == date(2026, 11, 13)
        assert "due" not in attack.loses or draft.due is None


def a_note(number: int, *messages: Message) -> Atom:
    text = messages[-1].text
    return Atom(
        UUID(int=number), PROJECT, number, AtomType.PROBLEM, text[:60], text,
        0.8, START, START, evidence=Evidence(tuple(a_quote(one) for one in messages)),
    )  # fmt: skip


def checked_tasks(
    tasks: tuple[Finding[TaskDraft], ...], shown: Mapping[Any, Message], notes: frozenset[UUID]
) -> tuple[list[Finding[TaskDraft]], list[str]]:
    left: list[Finding[TaskDraft]] = []
    reasons: list[str] = []
    for task in tasks:
        if not check_sources(task, notes):
            reasons.append("no_source")
            continue
        checked = check(task, shown, frozenset(shown))
        if checked.finding is None:
            reasons += checked.dropped
        else:
            left.append(checked.finding)
    return left, reasons


class Obeying:
    """Answers with what each attack in the question orders; beside it a plain note a message, for tasks."""

    def __init__(self, found: Mapping[str, list[Attack]]) -> None:
        self.found = found

    def __call__(self, question: str) -> dict[str, Any]:
        said = said_in(question.rpartition("The new conversation:")[2])
        if "<notes>" in question:
            return {
                "tasks": [item for number, _, text in said for item in self._items("tasks", number, text)]
            }
        notes = [item for number, _, text in said for item in self._items("knowledge", number, text)]
        return {"notes": notes + [plain(number, text) for number, _, text in said]}

    def _items(self, stage: str, number: int, text: str) -> list[dict[str, Any]]:
        attack = next((one for one in self.found[stage] if one.said.splitlines()[0] == text), None)
        return [numbered(item, number, stage) for item in whole(attack.answer)] if attack else []


def plain(number: int, text: str) -> dict[str, Any]:
    """What a model that obeys nobody might note."""
    quotes = [{"message": number, "words": text}]
    return {"reasoning": "", "kind": "problem", "title": text[:80], "subject": text[:50], "quotes": quotes}


def numbered(item: dict[str, Any], own: int, stage: str) -> dict[str, Any]:
    """The item with the numbers the attack's message and its note have in this very question."""
    quotes = [{**one, "message": own if one["message"] == 3 else one["message"]} for one in item["quotes"]]
    notes = (
        {"notes": [1 if number == 2 else number for number in item["notes"]]} if stage == "tasks" else {}
    )
    return {**item, "quotes": quotes, **notes}


@pytest.fixture
async def screen(tmp_path: Path) -> AsyncIterator[Screen]:
    """A house that approves by itself whatever it is sure enough of, read by a model that obeys."""
    database = open_engine(fresh_database(TEMPLATE, tmp_path))
    clock = FakeClock()
    house = House(SqlTransactions(database, clock), clock)
    house.settings = replace(
        house.settings,
        review=ReviewSettings(auto_approve=True, auto_approve_confidence=0.5, queue_limit=500),
    )
    await house.furnish()
    found = {stage: [Attack(**one) for one in ATTACKS[stage]] for stage in ("knowledge", "tasks")}
    house.analyst = an_analyst(Obeying(found), "ollama:scripted", output="tool")  # pyright: ignore[reportAttributeAccessIssue] -- any analyst will do
    made = screen_of(house)
    house.do = made.do
    yield made
    await database.dispose()


async def test_a_model_that_obeys_every_attack_settles_calls_links_and_formats_nothing(
    screen: Screen,
) -> None:
    house = screen.house
    await say(house, "knowledge")
    await house.run(Stage.KNOWLEDGE)
    await nothing_is_settled(house, tasks=0)
    await all_cards_are_harmless(screen)

    await say(house, "tasks")
    await close_runs(house)
    await house.run(Stage.KNOWLEDGE)
    async with house.transactions.reading() as tx:
        pending = notes_of(await tx.proposals.list_pending(PROJECT))
    said = {one["said"] for one in ATTACKS["tasks"]}
    for note in pending:
        if isinstance(note.content, AtomDraft) and note.evidence.quotes[0].text in said:
            await house.do.review.approve(note.id, REVIEWER, note.press_version)
    await house.run(Stage.TASKS)
    async with house.transactions.reading() as tx:
        proposed = [
            one for one in await tx.proposals.list_pending(PROJECT) if isinstance(one.content, TaskDraft)
        ]
        assert await tx.tasks.list_of(PROJECT) == []
    assert len(proposed) == sum(one["left"] for one in ATTACKS["tasks"])
    assert {one.status for one in proposed} == {ProposalStatus.PENDING}
    await all_cards_are_harmless(screen)


async def say(house: House, stage: str) -> None:
    """Ann and Olya say theirs, then Mallory every attack of the stage, a second apart."""
    said = [(ANN.author, ANN.text), (OLYA.author, OLYA.text)]
    said += [(MALLORY, one["said"]) for one in ATTACKS[stage]]
    first = 1 if stage == "knowledge" else 1000
    messages = [
        a_message(
            first + number, text, author=author, sent_at=house.clock.now() + timedelta(seconds=number)
        )
        for number, (author, text) in enumerate(said)
    ]
    house.clock.move(seconds=len(said))
    async with house.transactions() as tx:
        await tx.messages.add_many(messages)


async def close_runs(house: House) -> None:
    async with house.transactions.reading() as tx:
        run = await tx.runs.find_last(PROJECT, Stage.KNOWLEDGE)
    assert run is not None
    await house.do.runs.close(run.id, REVIEWER, CloseMode.CARRY)


async def nothing_is_settled(house: House, *, tasks: int) -> None:
    async with house.transactions.reading() as tx:
        run = await tx.runs.find_last(PROJECT, Stage.KNOWLEDGE)
        assert run is not None
        proposals = await tx.proposals.list_of_run(run.id)
        assert proposals
        assert {one.status for one in proposals} == {ProposalStatus.PENDING}
        assert await tx.knowledge.list_atoms(PROJECT) == []
        assert len(await tx.tasks.list_of(PROJECT)) == tasks


async def all_cards_are_harmless(screen: Screen) -> None:
    """Every card of every proposal, and the list of them, as they stand in the chat."""
    async with screen.house.transactions.reading() as tx:
        pending = await tx.proposals.list_pending(PROJECT)
        run = await tx.runs.find_last(PROJECT, Stage.KNOWLEDGE)
    assert run is not None
    for view in (NotesList(run.id), *(ProposalCard(one.id) for one in pending)):
        await screen.show(view, DIRECT)
    await screen.deliver()
    cards = [sent.card for sent in screen.standing()]
    assert len(cards) > len(pending)
    for card in cards:
        ensure_parses(card.html)
        assert not ASIDE.search(plain_of(card.html)), card.html
