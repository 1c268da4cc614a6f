"""The demo's chat through both stages: what a newcomer sees comes from its words."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from core.domain.checking import check
from core.domain.conversation import Finding, Reading, Recalled, Study
from core.domain.knowledge import Atom, AtomDraft, LinkType, Topic
from core.domain.message import Message
from core.domain.task import Category, Due, Priority, TaskDraft
from core.rules.analyst import RuleAnalyst
from core.rules.conversations import RuleConversations
from core.rules.noise import RuleNoise
from core.settings import AnalysisSettings
from tests.rules.chat import Sample, kept, sample, topic

SETTINGS = AnalysisSettings()


@dataclass
class Played:
    """What both stages found."""

    topics: list[Topic]
    notes: list[Finding[AtomDraft]]
    atoms: list[Atom]
    tasks: list[Finding[TaskDraft]]


async def play(analyst: RuleAnalyst, chat: Sample) -> Played:
    """Both stages, every note kept, as a reviewer in a hurry would."""
    played = Played([], [], [], [])
    shown = {message.key: message for message in chat.messages}
    for conversation in RuleConversations(SETTINGS).split(sifted(chat)):
        reading = Reading(
            chat.project, conversation, tuple(played.topics), Recalled(atoms=tuple(played.atoms))
        )
        extraction = await analyst.extract(reading)
        for finding in extraction.topics:
            played.topics.append(topic(len(played.topics) + 1, finding.content.name))
        new = frozenset(message.key for message in conversation.messages)
        assert not any(check(finding, shown, new).dropped for finding in extraction.atoms)
        assert all(quote.text in shown[quote.key].text for one in extraction.atoms for quote in one.quotes)
        played.notes += extraction.atoms
        for finding in extraction.atoms:
            of = next(one for one in played.topics if one.name == finding.topic)
            played.atoms += kept([finding], of, first=len(played.atoms) + 1)
    for of in played.topics:
        atoms = [atom for atom in played.atoms if atom.topic is not None and atom.topic.id == of.id]
        keys = frozenset(key for atom in atoms for key in atom.evidence.keys)
        messages = tuple(message for message in chat.messages if message.key in keys)
        others = tuple(atom for atom in played.atoms if atom not in atoms)
        study = Study(chat.project, tuple(atoms), messages, of, others, chat.people)
        found = (await analyst.propose(study)).tasks
        assert not any(check(finding, shown, keys).dropped for finding in found)
        played.tasks += found
    return played


def sifted(chat: Sample) -> list[Message]:
    """What the prefilter leaves."""
    signals = RuleNoise().signal(chat.messages, chat.project)
    return [
        message
        for message, signal in zip(chat.messages, signals, strict=True)
        if signal >= SETTINGS.noise_below or message.reply_to is not None
    ]


def the_login_bug(played: Played) -> Finding[TaskDraft]:
    return next(one for one in played.tasks if one.content.title.startswith("Login is dead"))


async def test_both_stages_find_subjects_notes_and_tasks(analyst: RuleAnalyst) -> None:
    played = await play(analyst, sample())
    assert len(played.topics) >= 3
    assert len(played.notes) >= 8
    assert len({finding.content.type for finding in played.notes}) >= 4
    assert len(played.tasks) >= 4
    assert len({finding.content.title for finding in played.tasks}) == len(played.tasks)


async def test_the_login_bug_has_its_quotes_date_and_taker(analyst: RuleAnalyst) -> None:
    bug = the_login_bug(await play(analyst, sample()))
    assert bug.content.category is Category.BUG
    assert bug.content.priority in {Priority.HIGH, Priority.CRITICAL}
    assert len({quote.key for quote in bug.quotes}) >= 2
    assert bug.content.due == Due(date(2026, 11, 13), "before Friday's demo")
    assert bug.content.assignee is not None
    assert (bug.content.assignee.name, bug.content.assignee.has_agreed) == ("Max Weber", True)


async def test_the_changed_decision_takes_back_the_first_and_only_it_becomes_work(
    analyst: RuleAnalyst,
) -> None:
    played = await play(analyst, sample())
    first, second = (atom for atom in played.atoms if atom.title.startswith("Ship 2.4"))
    assert [(link.type, link.target.id) for link in second.links] == [(LinkType.CONTRADICTS, first.id)]
    (task,) = (one for one in played.tasks if one.content.title.startswith("Ship 2.4"))
    assert task.content.due == Due(date(2026, 11, 12), "on Thursday")


async def test_small_talk_becomes_nothing(analyst: RuleAnalyst) -> None:
    played = await play(analyst, sample())
    titles = [finding.content.title for finding in played.notes]
    titles += [finding.content.title for finding in played.tasks]
    words = {word for title in titles for word in title.casefold().split()}
    assert not words & {"ramen", "pizza", "coffee", "morning", "football", "cat"}


@pytest.mark.parametrize(
    ("number", "text", "field", "value"),
    [
        (
            7,
            "It must be fixed before Thursday's call",
            "due",
            Due(date(2026, 11, 12), "before Thursday's call"),
        ),
        (7, "It annoys the client", "due", None),
        (8, "oh dear", "assignee", None),
    ],
)
async def test_changing_a_message_changes_the_task(
    analyst: RuleAnalyst, number: int, text: str, field: str, value: object
) -> None:
    changed = the_login_bug(await play(analyst, sample({number: text})))
    assert getattr(changed.content, field) == value


async def test_without_the_report_there_is_no_login_bug(analyst: RuleAnalyst) -> None:
    played = await play(analyst, sample(dict.fromkeys((4, 5, 6, 7, 8, 9, 37, 38), "")))
    assert not any(one.content.title.startswith("Login is dead") for one in played.tasks)


async def test_a_chat_of_bots_finds_nothing(analyst: RuleAnalyst) -> None:
    chat = sample()
    bots = tuple(replace(message, author=replace(message.author, is_bot=True)) for message in chat.messages)
    assert sifted(replace(chat, messages=tuple(replace(bot, reply_to=None) for bot in bots))) == []


def test_about_a_third_of_the_words_are_left_out() -> None:
    chat = sample()
    assert 0.5 <= len(sifted(chat)) / len(chat.messages) <= 0.9
