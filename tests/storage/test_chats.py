"""Installation, projects, chats and people."""

from dataclasses import replace

import pytest

from core.domain.ids import ChatId, Kind, MessageId, PersonId, ThreadId
from core.domain.message import Author
from core.domain.person import Binding, ChatKind, ChatState, Installation, Role
from core.domain.showing.spot import Delivery, Urgency
from core.errors import NameTaken, NotFound, Stale
from storage.unit_of_work import SqlTransactions
from tests.storage.making import (
    CHAT,
    NOON,
    a_chat,
    a_message,
    a_person,
    a_project,
    a_spot,
    minutes,
    new_id,
    stored_project,
)

NEW = ChatId(-100999)


async def test_the_one_installation_is_swapped_by_revision(
    transactions: SqlTransactions,
) -> None:
    async with transactions() as tx:
        assert await tx.installations.find() is None
        first = await tx.installations.put(Installation(5, claims=("x", "y")))
        owned = await tx.installations.put(replace(first, owner_id=PersonId(1), claims=()))
        assert await tx.installations.find() == owned
        with pytest.raises(Stale):
            await tx.installations.put(replace(first, owner_id=PersonId(2)))


async def test_a_project_comes_back_whole(transactions: SqlTransactions) -> None:
    project = a_project(keywords=("login",), glossary={"a": "b"}, digest_paused_until=NOON)
    async with transactions() as tx:
        await tx.projects.add(project)
    async with transactions.reading() as tx:
        assert await tx.projects.get(project.id) == project


async def test_a_missing_project_is_not_found(transactions: SqlTransactions) -> None:
    async with transactions.reading() as tx:
        with pytest.raises(NotFound, match="project"):
            await tx.projects.get(new_id())
        assert await tx.projects.find_by_name("nothing") is None


@pytest.mark.parametrize("name", ["mobile", "MOBILE", "Mobile"])
async def test_project_names_differ_by_more_than_case(transactions: SqlTransactions, name: str) -> None:
    project = await stored_project(transactions, name="Mobile")
    async with transactions() as tx:
        assert await tx.projects.find_by_name(name) == project
        with pytest.raises(NameTaken):
            await tx.projects.add(a_project(name=name))


async def test_case_is_folded_beyond_ascii(transactions: SqlTransactions) -> None:
    await stored_project(transactions, name="Мобильный")
    async with transactions.reading() as tx:
        assert await tx.projects.find_by_name("МОБИЛЬНЫЙ") is not None


async def test_renaming_to_a_taken_name_is_refused(transactions: SqlTransactions) -> None:
    await stored_project(transactions, name="Mobile")
    other = await stored_project(transactions, name="Web")
    async with transactions() as tx:
        with pytest.raises(NameTaken):
            await tx.projects.save(replace(other, name="mobile"))


async def test_a_save_of_an_older_revision_is_stale(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    async with transactions() as tx:
        saved = await tx.projects.save(replace(project, language="uk"))
        assert saved.revision == project.revision + 1
        with pytest.raises(Stale):
            await tx.projects.save(replace(project, language="ru"))
    async with transactions.reading() as tx:
        assert await tx.projects.get(project.id) == saved
        assert await tx.projects.list_all() == [saved]


async def test_numbers_count_up_by_project_and_kind(transactions: SqlTransactions) -> None:
    one, other = await stored_project(transactions), await stored_project(transactions)
    async with transactions() as tx:
        numbers = [await tx.projects.next_number(one.id, Kind.TASK) for _ in range(3)]
        assert numbers == [1, 2, 3]
        assert await tx.projects.next_number(one.id, Kind.RUN) == 1
        assert await tx.projects.next_number(other.id, Kind.TASK) == 1
        with pytest.raises(NotFound):
            await tx.projects.next_number(new_id(), Kind.TASK)


async def test_a_chat_is_put_and_replaced(transactions: SqlTransactions) -> None:
    chat = a_chat(open_to=frozenset({NEW}), left_at=NOON, added_by=PersonId(3))
    async with transactions() as tx:
        await tx.chats.put(chat)
        assert await tx.chats.get(CHAT) == chat
        await tx.chats.put(replace(chat, title="Other"))
        assert (await tx.chats.list_ids([CHAT, NEW])) == {CHAT: replace(chat, title="Other")}
        with pytest.raises(NotFound):
            await tx.chats.get(NEW)


async def test_a_thread_may_be_bound_beside_its_chat(transactions: SqlTransactions) -> None:
    project, other = await stored_project(transactions), await stored_project(transactions)
    whole = Binding(CHAT, project.id)
    thread = Binding(CHAT, other.id, ThreadId(5), is_source=False, is_review=True)
    async with transactions() as tx:
        await tx.chats.put(a_chat())
        for binding in (thread, replace(whole, is_review=True), whole):
            await tx.chats.bind(binding)
        assert await tx.chats.bindings_of_chat(CHAT) == [whole, thread]
        assert await tx.chats.bindings_of_project(other.id) == [thread]
        await tx.chats.unbind(CHAT, None)
        assert await tx.chats.bindings_of_chat(CHAT) == [thread]


async def test_gone_chats_are_listed_once_their_time_is_over(transactions: SqlTransactions) -> None:
    async with transactions() as tx:
        for id_, left in ((1, NOON), (2, NOON - minutes(5)), (3, NOON + minutes(5))):
            await tx.chats.put(a_chat(id=ChatId(-id_)).gone(left))
        await tx.chats.put(a_chat(id=ChatId(-4), state=ChatState.READING, left_at=NOON - minutes(9)))
        gone = await tx.chats.list_gone(NOON + minutes(1))
    assert [chat.id for chat in gone] == [-2, -1]


async def _migrate(transactions: SqlTransactions) -> None:
    """Twice, as Telegram may tell it twice."""
    for _ in range(2):
        async with transactions() as tx:
            await tx.chats.migrate(CHAT, NEW)


async def test_a_supergroup_is_read_as_the_group_it_was(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    async with transactions() as tx:
        await tx.chats.put(a_chat(kind=ChatKind.GROUP))
        await tx.chats.put(a_chat(id=NEW, title="Team!", state=ChatState.WAITING))
        await tx.chats.bind(Binding(CHAT, project.id))
        await tx.messages.add_many([a_message(1)])
    await _migrate(transactions)
    async with transactions() as tx:
        chat = await tx.chats.get(NEW)
        assert (chat.state, chat.title, chat.kind) == (ChatState.READING, "Team!", ChatKind.SUPERGROUP)
        assert (await tx.chats.get(CHAT)).migrated_to == NEW
        assert await tx.chats.bindings_of_project(project.id) == [Binding(NEW, project.id)]
        await tx.messages.add_many([a_message(1, chat_id=NEW)])
        assert await tx.messages.count_unread(project.id) == 2


async def test_a_migration_told_again_takes_nothing_back(transactions: SqlTransactions) -> None:
    async with transactions() as tx:
        await tx.chats.put(a_chat(kind=ChatKind.GROUP))
    await _migrate(transactions)
    async with transactions() as tx:
        changed = replace(await tx.chats.get(NEW), language="uk", reads_all_threads=False)
        await tx.chats.put(changed)
    await _migrate(transactions)
    async with transactions.reading() as tx:
        assert await tx.chats.get(NEW) == changed
        with pytest.raises(NotFound):
            await tx.chats.migrate(ChatId(-31), NEW)


async def test_what_telegram_said_of_a_group_holds_afterwards(
    transactions: SqlTransactions,
) -> None:
    one, other = PersonId(1), PersonId(2)
    async with transactions() as tx:
        await tx.chats.put(a_chat(kind=ChatKind.GROUP))
        await tx.people.put_administrators(CHAT, [one], NOON)
        await tx.people.put_membership(CHAT, one, is_member=True, at=NOON)
        await tx.people.put_membership(CHAT, other, is_member=True, at=NOON)
        await tx.people.put_membership(NEW, other, is_member=False, at=NOON)
    await _migrate(transactions)
    async with transactions.reading() as tx:
        assert await tx.people.administrators(NEW) == (frozenset({one}), NOON)
        assert await tx.people.administrators(CHAT) == (frozenset(), None)
        assert await tx.people.membership(NEW, one) == (True, NOON)
        assert await tx.people.membership(NEW, other) == (False, NOON)


async def test_cards_and_what_is_not_said_yet_follow_to_the_supergroup(
    transactions: SqlTransactions,
) -> None:
    shown = a_spot(
        message_id=MessageId(4), delivery=Delivery.SHOWN, painted=1, painted_hash="h", urgency=Urgency.CARD
    )
    answer = a_spot(message_id=MessageId(6), delivery=Delivery.SHOWN, painted=1, painted_hash="h")
    waiting = a_spot(reply_to=MessageId(3))
    dropped = a_spot(message_id=MessageId(5), delivery=Delivery.DROPPED, painted=1)
    async with transactions() as tx:
        await tx.chats.put(a_chat(kind=ChatKind.GROUP))
        for spot in (shown, answer, waiting, dropped):
            await tx.spots.add(spot)
    await _migrate(transactions)
    async with transactions.reading() as tx:
        moved = await tx.spots.get(shown.id)
        assert (moved.chat_id, moved.message_id, moved.painted_hash) == (NEW, None, "")
        assert await tx.spots.get(waiting.id) == replace(waiting, chat_id=NEW, reply_to=None)
        assert await tx.spots.get(dropped.id) == dropped
        assert (await tx.spots.get(answer.id)).delivery is Delivery.DROPPED


async def test_people_are_found_by_user_name_without_case(transactions: SqlTransactions) -> None:
    ann = a_person(1, "Ann", username="Ann_B", current_project=new_id())
    async with transactions() as tx:
        await tx.people.put(ann)
        assert await tx.people.find(PersonId(1)) == ann
        assert await tx.people.find_by_username("@ann_b") == ann
        assert await tx.people.find(PersonId(2)) is None
        assert await tx.people.list_ids([PersonId(1), PersonId(2)]) == {1: ann}


async def test_a_user_name_is_the_last_ones_who_had_it(transactions: SqlTransactions) -> None:
    async with transactions() as tx:
        await tx.people.put(a_person(1, "Ann", username="boss"))
        await tx.people.put(a_person(2, "Max", username="Boss"))
        found = await tx.people.find_by_username("boss")
        assert found is not None
        assert found.id == 2
        assert (await tx.people.list_ids([PersonId(1)]))[PersonId(1)].username is None


async def test_a_role_is_replaced_and_all_are_listed(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    async with transactions() as tx:
        await tx.people.set_role(project.id, PersonId(1), Role.OWNER)
        await tx.people.set_role(project.id, PersonId(2), Role.REVIEWER)
        await tx.people.set_role(project.id, PersonId(2), Role.MEMBER)
        assert await tx.people.roles_of(project.id) == {1: Role.OWNER, 2: Role.MEMBER}


async def test_what_telegram_said_is_replaced_by_what_it_says_now(transactions: SqlTransactions) -> None:
    async with transactions() as tx:
        await tx.people.put_administrators(CHAT, [PersonId(2), PersonId(1)], NOON)
        await tx.people.put_administrators(CHAT, [PersonId(3)], NOON + minutes(1))
        assert await tx.people.administrators(CHAT) == (frozenset({3}), NOON + minutes(1))
        assert await tx.people.membership(CHAT, PersonId(1)) is None


async def test_only_those_who_wrote_in_the_projects_chats_answer_to_their_name(
    transactions: SqlTransactions,
) -> None:
    project = await stored_project(transactions)
    people = [
        a_person(1, "Olya", username="Olga"),
        a_person(2, "Max"),
        a_person(3, "Max"),
        a_person(4, "Silent"),
        a_person(5, "olga"),
    ]
    async with transactions() as tx:
        await tx.chats.put(a_chat())
        await tx.chats.put(a_chat(id=NEW))
        await tx.chats.bind(Binding(CHAT, project.id))
        for person in people:
            await tx.people.put(person)
        spoke = [a_message(n, author=Author("as then", PersonId(n))) for n in (1, 2, 3, 5)]
        elsewhere = a_message(9, chat_id=NEW, author=Author("as then", PersonId(4)))
        await tx.messages.add_many([*spoke, elsewhere])
        found = await tx.people.list_by_names(project.id, ["OLYA", "olga", "max", "silent", "nobody"])
    assert {name: person.id for name, person in found.items()} == {"olya": 1, "olga": 1}
