"""/ask, /search and /topic in the chat: answered with sources, as of a day, changed by reviewers."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.view.html import plain
from bot.view.payload import Verb
from core.domain.evidence import Evidence
from core.domain.ids import Kind, Ref
from core.domain.knowledge import Atom, AtomType, Link, LinkType, Topic
from core.domain.showing.view import Notice
from core.domain.showing.view_known import AnswerCard, FoundList, NoteCard, TopicCard
from core.domain.task import Task, TaskDraft
from tests.bot.hear.conftest import ANN, GROUP, MAX, OLYA, Room, direct
from tests.builders import PROJECT, a_message, a_quote

SPRING = datetime(2026, 4, 1, 12, tzinfo=UTC)
LOGIN, STORE = (
    Topic(UUID(int=900 + n), PROJECT, n, name, SPRING) for n, name in ((1, "Login"), (2, "Store"))
)


def note(number: int, title: str, topic: Topic, **more: object) -> Atom:
    quote = a_quote(a_message(number, title, sent_at=SPRING))
    fields: dict[str, object] = {"valid_from": SPRING, "created_at": SPRING, **more}
    return Atom(
        UUID(int=910 + number), PROJECT, number, AtomType.DECISION, title, title, 0.9,
        topic=Ref(Kind.TOPIC, topic.id), evidence=Evidence((quote,)), **fields,  # pyright: ignore[reportArgumentType]
    )  # fmt: skip


OLD = note(1, "Ship on Wednesday", STORE, valid_until=SPRING + timedelta(days=9))
NEW = note(
    2, "Ship on Thursday", STORE, valid_from=SPRING + timedelta(days=9),
    links=(Link(LinkType.CONTRADICTS, Ref(Kind.ATOM, OLD.id)),),
)  # fmt: skip
DROP = note(3, "Drop SMS codes", LOGIN)
TASK = Task(
    UUID(int=930), PROJECT, 1, TaskDraft("Renew certificate"), SPRING,
    evidence=Evidence((a_quote(a_message(4, "renew it", sent_at=SPRING)),)),
)  # fmt: skip


@pytest.fixture(autouse=True)
async def known(room: Room) -> None:
    async with room.transactions() as tx:
        for topic in (LOGIN, STORE):
            await tx.knowledge.add_topic(topic)
        for atom in (OLD, NEW, DROP):
            await tx.knowledge.add_atom(atom)
            await tx.search.put_text(Ref(Kind.ATOM, atom.id), PROJECT, atom.title, atom.content)
        await tx.tasks.add(TASK)
        await tx.search.put_text(Ref(Kind.TASK, TASK.id), PROJECT, TASK.draft.title, "")


async def told(room: Room, *kinds: type) -> str:
    await room.deliver()
    return plain(room.shown(await room.last(*kinds)).card.html)


async def asked(room: Room, text: str) -> str:
    await room.say(text, by=OLYA)
    return await told(room, AnswerCard)


async def test_an_answer_cites_what_is_in_force_with_a_link_to_who_said_it(room: Room) -> None:
    text = await asked(room, "/ask when do we Ship")
    assert "N-2 Ship on Thursday" in text
    assert "N-1" not in text
    assert "https://t.me/c/" in room.shown(await room.last(AnswerCard)).card.html


async def test_as_of_a_day_answers_from_what_held_then(room: Room) -> None:
    text = await asked(room, "/ask Ship as of 2026-04-05")
    assert "N-1 Ship on Wednesday" in text
    assert "N-2" not in text
    assert "I do not know" in await asked(room, "/ask Ship as of 2026-03-01")


async def test_what_is_not_known_is_said_so(room: Room) -> None:
    assert "I do not know" in await asked(room, "/ask which colour is the logo")


async def test_an_answer_finds_what_rests_on_a_message_with_the_words(room: Room) -> None:
    await room.say("the certificate is expensive", by=OLYA)
    said = await room.stored(GROUP, room.messages)
    assert said is not None
    silent = Atom(
        UUID(int=977), PROJECT, 7, AtomType.PROBLEM, "It is expensive", "", 0.9, SPRING, SPRING,
        evidence=Evidence((a_quote(said),)),
    )  # fmt: skip
    async with room.transactions() as tx:
        await tx.knowledge.add_atom(silent)
    assert "N-7" in await asked(room, "/ask is certificate expensive")


async def test_a_note_opens_from_its_answer_and_shows_what_it_replaced(room: Room) -> None:
    await asked(room, "/ask Ship")
    await room.tap(await room.last(AnswerCard), Verb.OPEN, "N-2", by=OLYA)
    text = await told(room, NoteCard)
    assert "Speaks against N-1 “Ship on Wednesday”" in text
    await room.tap(await room.last(NoteCard), Verb.OPEN, "N-1", by=OLYA)
    assert "Held from" in await told(room, NoteCard)


async def test_a_search_finds_notes_tasks_and_messages(room: Room) -> None:
    await room.say("the certificate is gone", by=OLYA)
    await room.say("/search certificate Ship", by=OLYA)
    text = await told(room, FoundList)
    assert all(one in text for one in ("N-1", "N-2", "T-1", "the certificate is gone"))
    assert "4 found" in text


async def test_who_is_not_in_the_chat_finds_and_is_answered_nothing(room: Room) -> None:
    room.facts.members.discard((GROUP, 1))
    async with room.transactions() as tx:
        await tx.people.put_membership(GROUP, ANN["id"], is_member=False, at=room.clock.now())
    await room.say("/ask Ship", by=ANN, chat=direct(ANN))
    assert "I do not know" in await told(room, AnswerCard)
    await room.say("/search Ship", by=ANN, chat=direct(ANN))
    assert "Nothing found" in await told(room, FoundList)
    await room.say("/topic Store", by=ANN, chat=direct(ANN))
    assert "Thursday" not in await told(room, TopicCard)


@pytest.mark.parametrize("text", ["/ask", "/search"])
async def test_without_words_the_command_says_how_it_is_used(room: Room, text: str) -> None:
    await room.say(text)
    view = (await room.last(Notice)).view
    assert isinstance(view, Notice)
    assert view.key.endswith("-what")


async def topic(room: Room, said: str = "/topic store") -> str:
    await room.say(said, by=ANN)
    return await told(room, TopicCard)


async def test_a_subject_is_found_by_name_or_number_and_shows_its_notes(room: Room) -> None:
    assert "2 notes" in await topic(room)
    assert "Drop SMS" in await topic(room, "/topic S-1")
    await room.say("/topic nothing such")
    assert isinstance((await room.last(Notice)).view, Notice)


async def test_a_subject_is_renamed_by_a_reply(room: Room) -> None:
    await topic(room)
    card = await room.last(TopicCard)
    await room.tap(card, Verb.EDIT)
    await room.deliver()
    card = await room.last(TopicCard)
    replied = {"message_id": card.message_id, "date": 0, "chat": {"id": GROUP, "type": "supergroup"},
               "from": {"id": 42, "is_bot": True, "first_name": "Triagram"}, "text": "x"}  # fmt: skip
    await room.say("App  Store", by=ANN, reply_to_message=replied)
    assert "App Store" in await told(room, TopicCard)
    await room.tap(card, Verb.HISTORY)
    assert "renamed" in await told(room, TopicCard)


async def test_a_merged_subject_gives_its_notes_and_takes_them_back(room: Room) -> None:
    await topic(room)
    card = await room.last(TopicCard)
    await room.tap(card, Verb.MERGE)
    await room.tap(card, Verb.PICK, "S-1")
    assert "Part of “Login” now" in await told(room, TopicCard)
    assert "3 notes" in await topic(room, "/topic login")
    await room.tap(card, Verb.BRING_BACK)
    assert "1 note" in await topic(room, "/topic login")
    assert "2 notes" in await topic(room)


async def test_an_archived_subject_is_known_by_name_but_leaves_the_list(room: Room) -> None:
    await topic(room)
    await room.tap(await room.last(TopicCard), Verb.ARCHIVE)
    assert "Archived" in await topic(room)
    async with room.transactions.reading() as tx:
        assert [one.name for one in await tx.knowledge.list_topics(PROJECT)] == ["Login"]


@pytest.mark.parametrize("verb", [Verb.EDIT, Verb.MERGE, Verb.ARCHIVE])
async def test_only_reviewers_change_subjects(room: Room, verb: Verb) -> None:
    await topic(room)
    assert "Only reviewers" in await room.tap(await room.last(TopicCard), verb, by=MAX)
    async with room.transactions.reading() as tx:
        assert len(await tx.knowledge.list_topics(PROJECT)) == 2
