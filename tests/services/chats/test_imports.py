"""Exports that are sent: who may, where they go, what is stored, and how an import goes on."""

from dataclasses import replace
from uuid import UUID

import pytest

from core.domain.ids import ChatId, PersonId
from core.domain.message import Origin
from core.domain.person import Chat, ChatKind, Person, Project, Role
from core.domain.showing.spot import Place
from core.domain.showing.view import Notice, View
from core.domain.showing.view_setup import ImportCard, ImportStep
from core.errors import BadExport, NotFound, TelegramAway
from core.services.access.readership import Readership
from core.services.chats.imports import MOST_BYTES, OPEN, SentFile
from tests.builders import PROJECT, a_message, a_project
from tests.fakes import FakeExport, FakeExports
from tests.house import ANN, DIRECT, House

SENT = SentFile("file-1", "result.json", 1000)
OLD = Chat(ChatId(-1005), ChatKind.SUPERGROUP, "Old chat", is_imported=True)
OTHER = a_project(id=UUID(int=7), name="Desktop")


def an_export(count: int = 3, **more: object) -> FakeExport:
    said = [a_message(number, chat_id=OLD.id, origin=Origin.IMPORTED) for number in range(1, count + 1)]
    return replace(FakeExport(OLD, said), **more)


def given(house: House, found: FakeExport | Exception) -> None:
    assert isinstance(house.ports.exports, FakeExports)
    house.ports.exports.files["file-1"] = found


async def offer(house: House, sent: SentFile = SENT, person_id: PersonId = ANN) -> View:
    """Send a file; return how it is answered."""
    await house.do.imports.offer(sent, person_id, DIRECT)
    return (await views(house))[-1]


async def views(house: House) -> list[View]:
    async with house.transactions.reading() as tx:
        return [(await tx.spots.get(UUID(int=number))).view for number in range(1, house.ids.count + 1)]


async def answer(house: House) -> ImportCard:
    view = (await views(house))[-1]
    assert isinstance(view, ImportCard)
    return view


async def test_a_reviewers_file_is_brought_into_their_only_project(house: House) -> None:
    given(house, an_export())
    assert isinstance(await offer(house), ImportCard)
    assert await house.do.imports.step()
    card = await answer(house)
    assert (card.step, card.read, card.new, card.percent) == (ImportStep.DONE, 3, 3, 100)
    assert not await house.do.imports.step()
    async with house.transactions.reading() as tx:
        assert await tx.messages.count_unread(PROJECT) == 3


async def test_sent_again_it_adds_nothing(house: House) -> None:
    given(house, an_export())
    for _ in range(2):
        await offer(house)
        await house.do.imports.step()
    card = await answer(house)
    assert (card.read, card.new) == (3, 0)


@pytest.mark.parametrize(
    ("sent", "person_id", "key"),
    [
        (SENT, PersonId(7), "import-reviewers-only"),
        (replace(SENT, size=MOST_BYTES + 1), ANN, "import-too-large"),
        (replace(SENT, name="messages.html"), ANN, "import-not-an-export"),
        (replace(SENT, name=""), ANN, "import-not-an-export"),
    ],
)
async def test_what_cannot_be_brought_in_is_said_at_once(
    house: House, sent: SentFile, person_id: PersonId, key: str
) -> None:
    view = await offer(house, sent, person_id)
    assert isinstance(view, Notice)
    assert view.key == key
    assert not await house.do.imports.step()


async def two_projects(house: House) -> Project:
    async with house.transactions() as tx:
        await tx.projects.add(OTHER)
        await tx.people.set_role(OTHER.id, ANN, Role.OWNER)
    return OTHER


async def test_of_several_projects_it_waits_for_the_choice(house: House) -> None:
    other = await two_projects(house)
    given(house, an_export())
    view = await offer(house)
    assert isinstance(view, ImportCard)
    assert view.step is ImportStep.ASKING
    assert not await house.do.imports.step()
    async with house.transactions.reading() as tx:
        [spot] = await tx.spots.list_about(OPEN)
    for index, who in ((0, PersonId(7)), (2, ANN)):
        with pytest.raises(NotFound):
            await house.do.imports.choose(spot.id, index, who)
    assert await house.do.imports.choose(spot.id, view.projects.index(other.id), ANN) == other
    await house.do.imports.step()
    assert (await answer(house)).project_id == other.id


async def test_a_chat_of_another_project_is_refused_naming_it(house: House) -> None:
    other = await two_projects(house)
    await house.do.intake.store_archive(other.id, OLD, an_export().said)
    given(house, an_export())
    view = await offer(house)
    assert isinstance(view, ImportCard)
    async with house.transactions.reading() as tx:
        [spot] = await tx.spots.list_about(OPEN)
    await house.do.imports.choose(spot.id, view.projects.index(PROJECT), ANN)
    await house.do.imports.step()
    card = await answer(house)
    assert card.step is ImportStep.REFUSED
    assert "Desktop" in card.problem


async def test_what_is_no_export_is_refused_with_the_way_to_mend_it(house: House) -> None:
    given(house, BadExport("result.json", "it is the HTML export", "export it as JSON"))
    await offer(house)
    assert await house.do.imports.step()
    card = await answer(house)
    assert (card.step, card.problem, card.mend) == (
        ImportStep.REFUSED,
        "it is the HTML export",
        "export it as JSON",
    )


async def test_cut_short_it_goes_on_where_it_stood_with_its_counts(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.services.chats.imports.CHUNK", 2)
    given(house, an_export(5, breaks={4: TelegramAway("gone")}))
    await offer(house)
    with pytest.raises(TelegramAway):
        await house.do.imports.step()
    card = await answer(house)
    assert (card.step, card.read, card.new) == (ImportStep.READING, 4, 4)
    given(house, an_export(5))
    assert await house.do.imports.step()
    card = await answer(house)
    assert (card.step, card.read, card.new) == (ImportStep.DONE, 5, 5)


async def test_words_of_a_chat_only_a_file_vouches_for_are_for_who_sent_it(house: House) -> None:
    async with house.transactions() as tx:
        await tx.people.put(Person(PersonId(8), "Max", "max"))
        await tx.people.set_role(PROJECT, PersonId(8), Role.REVIEWER)
    given(house, an_export())
    await offer(house, person_id=ANN)
    await house.do.imports.step()
    readership = Readership(house.transactions, house.clock, house.facts)
    async with house.transactions.reading() as tx:
        for who, sees in ((ANN, {OLD.id}), (PersonId(8), set[ChatId]())):
            place = Place(ChatId(who), reader_id=who)
            assert await readership.readable(tx, place, [OLD.id]) == sees
