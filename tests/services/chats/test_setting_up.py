"""Projects, people, links: the steps of setting up that no chat is needed for."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.ids import ChatId, PersonId, ThreadId
from core.domain.person import Actor, Binding, Chat, ChatKind, Person, Project, ReviewPlace, Role
from core.domain.showing.spot import Place
from core.errors import Ambiguous, BadText, NameTaken, NoProject, NotAnAdministrator, NotFound, NotOwner
from core.services.chats.founding import NAME_LIMIT, Part, Plan
from core.services.chats.joining import NEW_PROJECT, Joined, Membership, read_token, token_for
from core.services.chats.people import CLAIMS
from core.services.chats.setting_up import Tap
from tests.builders import GROUP, PROJECT, a_project
from tests.house import DIRECT, REVIEWER, House

ANN = PersonId(1)
STRANGER = PersonId(99)


@given(st.uuids(), st.sampled_from(Part))
def test_a_links_word_says_what_it_was_made_from(project_id: UUID, part: Part) -> None:
    token = token_for(project_id, part)
    assert read_token(token) == (part, project_id)
    assert len(token) <= 64
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


@given(st.text(max_size=70))
def test_any_other_word_says_nothing_or_only_what_a_made_one_would(word: str) -> None:
    read = read_token(word)
    if read is not None and word != NEW_PROJECT:
        assert read[1] is not None


async def test_a_name_that_is_taken_gets_a_number_unless_it_was_asked_for(house: House) -> None:
    async with house.transactions() as tx:
        founded = await house.do.joining.founding.found(tx, Plan("mobile", ANN))
        assert founded.name == "mobile 2"
        with pytest.raises(NameTaken):
            await house.do.joining.founding.found(tx, Plan("MOBILE", ANN, is_exact=True))


@pytest.mark.parametrize(("title", "name"), [("", "Project"), ("  a \n b ", "a b"), ("x" * 200, "x" * 60)])
async def test_any_title_makes_a_name(house: House, title: str, name: str) -> None:
    async with house.transactions() as tx:
        founded = await house.do.joining.founding.found(tx, Plan(title, ANN))
    assert founded.name == name
    assert len(founded.name) <= NAME_LIMIT


@pytest.mark.parametrize(
    ("language", "zone"), [("uk", "Europe/Kyiv"), ("de-AT", "Europe/Berlin"), ("en", "UTC"), ("", "UTC")]
)
async def test_the_time_zone_is_guessed_from_the_language(house: House, language: str, zone: str) -> None:
    async with house.transactions() as tx:
        assert (await house.do.joining.founding.found(tx, Plan("Web", ANN, language))).timezone == zone


async def test_a_topics_binding_goes_before_its_chats(house: House) -> None:
    async with house.transactions() as tx:
        await tx.projects.add(a_project(id=UUID(int=9), name="Web"))
        await tx.chats.bind(Binding(GROUP, UUID(int=9), ThreadId(5)))
    projects = house.do.projects
    assert (await projects.current(GROUP, ThreadId(5), None)).name == "Web"
    assert (await projects.current(GROUP, ThreadId(6), None)).name == "Mobile"
    assert (await projects.current(GROUP, None, None)).name == "Mobile"
    with pytest.raises(NoProject):
        await projects.current(ChatId(-404), None, None)


async def test_a_direct_chat_has_the_chosen_or_the_only_project(house: House) -> None:
    projects = house.do.projects
    direct = ChatId(ANN)
    assert (await projects.current(direct, None, ANN)).name == "Mobile"
    with pytest.raises(NoProject):
        await projects.current(ChatId(STRANGER), None, STRANGER)
    async with house.transactions() as tx:
        await tx.projects.add(a_project(id=UUID(int=9), name="Web"))
        await tx.people.set_role(UUID(int=9), ANN, Role.MEMBER)
    with pytest.raises(Ambiguous):
        await projects.current(direct, None, ANN)
    assert await projects.find_current(direct, None, ANN) is None
    await projects.choose("web", ANN, DIRECT)
    assert (await projects.current(direct, None, ANN)).name == "Web"


async def test_who_talks_in_a_source_chat_takes_part(house: House) -> None:
    async with house.transactions() as tx:
        await tx.people.put_membership(GROUP, PersonId(7), is_member=True, at=house.clock.now())
        await tx.people.put_membership(GROUP, PersonId(8), is_member=False, at=house.clock.now())
    names = [[one.name for one in await house.do.projects.list_of(PersonId(n))] for n in (7, 8)]
    assert names == [["Mobile"], []]


async def test_here_moves_the_review_room_and_direct_leaves_it(house: House) -> None:
    other = ChatId(-5)
    async with house.transactions() as tx:
        await tx.chats.put(Chat(other, ChatKind.GROUP, "Room"))
        await tx.chats.bind(Binding(other, PROJECT, is_source=False, is_review=True))
        project = await tx.projects.get(PROJECT)
        await house.do.projects.founding.set_place(tx, project, ReviewPlace.HERE, Place(GROUP), ANN)
        rooms = {
            one.chat_id: (one.is_source, one.is_review)
            for one in await tx.chats.bindings_of_project(PROJECT)
        }
        assert rooms == {other: (False, False), GROUP: (True, True)}
        project = await tx.projects.get(PROJECT)
        moved = await house.do.projects.founding.set_place(tx, project, ReviewPlace.HERE, DIRECT, ANN)
        assert moved.place is ReviewPlace.DIRECT


async def test_the_first_naming_keeps_administrators_and_owners_stay(house: House) -> None:
    async with house.transactions() as tx:
        project = await tx.projects.get(PROJECT)
        await tx.projects.save(project.configured(has_named_reviewers=False))
        await tx.people.put_administrators(GROUP, [ANN, PersonId(8)], house.clock.now())
    assert await house.do.projects.toggle_reviewer(PROJECT, PersonId(7), REVIEWER) == ("Olya", True)
    assert await house.do.projects.toggle_reviewer(PROJECT, ANN, REVIEWER) == ("Ann", True)
    async with house.transactions.reading() as tx:
        roles = await tx.people.roles_of(PROJECT)
    assert roles == {ANN: Role.OWNER, PersonId(7): Role.REVIEWER, PersonId(8): Role.REVIEWER}


@pytest.mark.parametrize("text", ["", " ", "x" * 1001])
async def test_descriptions_and_keywords_have_bounds(house: House, text: str) -> None:
    with pytest.raises(BadText):
        await house.do.projects.describe(PROJECT, text, REVIEWER, DIRECT)
    with pytest.raises(BadText):
        await house.do.projects.set_keywords(PROJECT, text, REVIEWER, DIRECT)


async def test_only_those_invited_make_projects(house: House) -> None:
    with pytest.raises(NotOwner):
        await house.do.projects.create("Web", REVIEWER, DIRECT, "en")


async def test_a_claim_is_kept_only_as_its_hash(house: House) -> None:
    token = await house.do.people.new_claim()
    assert token is not None
    async with house.transactions.reading() as tx:
        installation = await tx.installations.find()
    assert installation is not None
    assert token not in str(installation)


async def test_one_of_the_newest_links_makes_the_owner_and_ends_the_others(house: House) -> None:
    people = house.do.people
    made = [await people.new_claim() for _ in range(CLAIMS + 1)]
    oldest, earlier, newest = (str(made[at]) for at in (0, 1, -1))
    ann, eve = Person(ANN, "Ann"), Person(STRANGER, "Eve")
    assert not await people.claim(oldest, eve, DIRECT, "link")
    assert await people.claim(earlier, ann, DIRECT, "link")
    assert await people.claim(earlier, ann, DIRECT, "link"), "the owner opens the link again"
    assert not await people.claim(newest, eve, DIRECT, "link")
    assert await people.is_welcome(ANN)
    assert not await people.is_welcome(STRANGER)


async def test_only_people_it_knows_can_be_invited(house: House) -> None:
    token = await house.do.people.new_claim()
    assert token is not None
    await house.do.people.claim(token, Person(ANN, "Ann"), DIRECT, "link")
    with pytest.raises(NotFound):
        await house.do.people.invite(STRANGER, ANN)
    await house.do.people.invite(PersonId(7), ANN)
    assert await house.do.people.is_welcome(PersonId(7))


async def test_a_card_of_another_kind_takes_no_tap(house: House) -> None:
    await house.do.placing.tell(DIRECT, "ignored")
    spot_id = UUID(int=house.ids.count)
    with pytest.raises(NotFound):
        await house.do.setting_up.start_reading(Tap(spot_id, REVIEWER))


async def test_setup_is_for_administrators_and_reviewers(house: House) -> None:
    chat = Chat(GROUP, ChatKind.SUPERGROUP, "Mobile")
    with pytest.raises(NotAnAdministrator):
        await house.do.joining.show(chat, Actor(PersonId(7), "@olya"), Place(GROUP))
    await house.do.joining.show(chat, REVIEWER, Place(GROUP))


async def test_leaving_an_unknown_chat_changes_nothing(house: House) -> None:
    chat = Chat(ChatId(-404), ChatKind.GROUP, "Never met")
    left = await house.do.joining.bot_status(Membership(chat, ANN, is_in=False))
    assert left is Joined.LEFT
    async with house.transactions.reading() as tx:
        assert await tx.chats.find(chat.id) is None
    await house.do.joining.refresh(chat)
    async with house.transactions.reading() as tx:
        assert await tx.chats.find(chat.id) is None
        projects: list[Project] = await tx.projects.list_all()
    assert [one.name for one in projects] == ["Mobile"]
