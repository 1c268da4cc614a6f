"""Answers and days in a model's words: each sentence cites, and nobody reads what they may not."""

import asyncio
from uuid import UUID

import pytest

from bot.view.html import plain
from core.domain.advice import Claim, Material, Told
from core.domain.evidence import Evidence
from core.domain.ids import ChatId, Kind, Ref
from core.domain.knowledge import AtomType
from core.domain.message import Message
from core.domain.person import Binding, Chat, ChatKind, ChatState
from core.domain.showing.spot import Place, Spot
from core.domain.showing.view import DigestCard
from core.domain.showing.view_known import AnswerCard
from core.errors import AnalystFailed, BudgetReached, Failing
from core.ports.meter import Part
from core.services.agents import consulting
from core.settings import LlmSettings
from tests.builders import GROUP, PROJECT, a_message, a_quote
from tests.house import ANN, DIRECT, REVIEWER, House
from tests.services.daily.conftest import an_atom, digests_shown, keep
from tests.services.showing.conftest import Screen, screen_of
from tests.services.test_agents import FakeAnalysts, with_models

SECRET = ChatId(-1007)
"""A chat that Ann is in and the group is not."""
SHIP = a_message(1, "we ship 2.4 on Thursday")
HIDDEN = a_message(2, "ship nothing, the store is on fire", chat_id=SECRET)
IN_GROUP = Place(GROUP)
LLM = LlmSettings(analyst="llm", model="openai:gpt-5-mini")


@pytest.fixture
def models() -> FakeAnalysts:
    return FakeAnalysts()


@pytest.fixture
async def screen(house: House, models: FakeAnalysts) -> Screen:
    """A house whose notes are worded by a model: one said in the group, one in a chat Ann alone is in."""
    with_models(house, models, llm=LLM)
    async with house.transactions() as tx:
        await tx.chats.put(Chat(SECRET, ChatKind.SUPERGROUP, "Secret", state=ChatState.READING))
        await tx.chats.bind(Binding(SECRET, PROJECT))
        await tx.messages.add_many([SHIP, HIDDEN])
        await tx.people.put_membership(SECRET, ANN, is_member=True, at=house.clock.now())
    house.facts.members |= {(GROUP, ANN), (SECRET, ANN)}
    await known(house, 1, SHIP, "Ship 2.4 on Thursday")
    await known(house, 2, HIDDEN, "Ship nothing")
    return screen_of(house)


async def known(house: House, number: int, message: Message, title: str) -> None:
    evidence = Evidence((a_quote(message),))
    atom = an_atom(number, AtomType.DECISION, house, title=title, evidence=evidence)
    await keep(house, atom)
    async with house.transactions() as tx:
        await tx.search.put_text(Ref(Kind.ATOM, atom.id), PROJECT, title, "")


def saying(text: str, number: int, words: str) -> Told:
    return Told((Claim(text, Ref(Kind.ATOM, UUID(int=300 + number)), words),))


def given(models: FakeAnalysts) -> list[str]:
    asked = models.adviser.asked[-1]
    assert isinstance(asked, Material)
    return [item.title for item in asked.items]


async def answered(screen: Screen, place: Place = DIRECT) -> tuple[Spot, AnswerCard]:
    view = await screen.do.asking.ask(PROJECT, "when do we ship", place)
    await screen.deliver()
    async with screen.house.transactions.reading() as tx:
        spots = [await tx.spots.list_about(ref.id) for ref in (*view.cited, *view.wording.given)]
    found = {spot.id: spot for some in spots for spot in some if isinstance(spot.view, AnswerCard)}
    return next(iter(found.values())), view


def text_of(screen: Screen, place: Place = DIRECT) -> str:
    return plain(screen.standing(place.chat_id)[-1].card.html)


async def test_an_answer_is_worded_and_cites_who_said_it(screen: Screen, models: FakeAnalysts) -> None:
    models.adviser.words = lambda _: saying("On Thursday, after the store.", 1, "ship 2.4 on Thursday")
    _, view = await answered(screen)
    assert view.cited == (Ref(Kind.ATOM, UUID(int=301)),)
    assert "On Thursday, after the store." in text_of(screen)
    assert "we ship 2.4 on Thursday" in text_of(screen)
    assert "store is on fire" not in text_of(screen)


async def test_a_model_is_given_only_what_may_be_read_where_it_is_asked(
    screen: Screen, models: FakeAnalysts
) -> None:
    models.adviser.words = lambda _: saying("Nothing ships.", 2, "the store is on fire")
    await answered(screen, DIRECT)
    assert sorted(given(models)) == ["Ship 2.4 on Thursday", "Ship nothing"]
    assert "Nothing ships." in text_of(screen)
    _, view = await answered(screen, IN_GROUP)
    assert given(models) == ["Ship 2.4 on Thursday"]
    assert not view.wording.sentences
    assert "Nothing ships." not in text_of(screen, IN_GROUP)
    assert "did not answer" in text_of(screen, IN_GROUP)


async def test_who_left_a_chat_reads_no_sentence_made_of_it(screen: Screen, models: FakeAnalysts) -> None:
    models.adviser.words = lambda _: saying("On Thursday.", 1, "on Thursday")
    spot, _ = await answered(screen)
    async with screen.house.transactions() as tx:
        await tx.people.put_membership(SECRET, ANN, is_member=False, at=screen.house.clock.now())
        await screen.do.placing.turn(tx, await tx.spots.get(spot.id), spot.view)
    await screen.deliver()
    assert "💬" not in text_of(screen)
    assert "Ship 2.4 on Thursday" in text_of(screen)


async def test_not_to_know_is_an_answer(screen: Screen) -> None:
    await screen.do.asking.ask(PROJECT, "when do we ship", DIRECT)
    await screen.deliver()
    assert "I do not know" in text_of(screen)
    assert "⚠️" not in text_of(screen)


@pytest.mark.parametrize(
    "claim",
    [
        Claim("On Monday.", Ref(Kind.ATOM, UUID(int=301)), "on Monday"),
        Claim("On Thursday.", None, "on Thursday"),
        Claim("On Thursday.", Ref(Kind.TASK, UUID(int=301)), "on Thursday"),
        Claim("x" * 301, Ref(Kind.ATOM, UUID(int=301)), "on Thursday"),
    ],
)
async def test_an_answer_none_of_whose_citations_hold_is_none(
    screen: Screen, models: FakeAnalysts, claim: Claim
) -> None:
    models.adviser.words = lambda _: Told((claim,))
    _, view = await answered(screen)
    assert view.is_without_model
    assert len(view.cited) == 2, "as the rules cite"


async def test_where_the_model_fails_the_rules_answer_and_say_so(
    screen: Screen, models: FakeAnalysts
) -> None:
    models.adviser.failures = [AnalystFailed(Failing.AWAY)]
    await answered(screen)
    assert "did not answer" in text_of(screen)
    assert "Ship 2.4 on Thursday" in text_of(screen)
    assert ("failed", Part.ADVISING, AnalystFailed) in screen.house.meter.counts


async def test_nobody_waits_for_ever(
    screen: Screen, models: FakeAnalysts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consulting, "PATIENCE_SECONDS", 0.01)
    models.adviser.meanwhile = lambda: asyncio.sleep(30)
    _, view = await answered(screen)
    assert view.is_without_model


async def test_what_the_budget_does_not_allow_is_not_asked(screen: Screen, models: FakeAnalysts) -> None:
    models.adviser.is_free, models.adviser.cost = False, 1_000.0
    _, view = await answered(screen)
    assert view.is_without_model
    assert models.adviser.asked == []
    assert ("failed", Part.ADVISING, BudgetReached) in screen.house.meter.counts


async def test_with_the_rules_nobody_is_asked(screen: Screen, models: FakeAnalysts) -> None:
    with_models(screen.house, models, llm=LlmSettings())
    plain_screen = screen_of(screen.house)
    _, view = await answered(plain_screen)
    assert models.adviser.asked == []
    assert not view.is_without_model
    assert len(view.cited) == 2


async def test_what_was_made_of_forgotten_words_goes_with_them(
    screen: Screen, models: FakeAnalysts
) -> None:
    models.adviser.words = lambda _: saying("On Thursday.", 1, "on Thursday")
    spot, _ = await answered(screen)
    await screen.do.forgetting.forget_messages([HIDDEN.key])
    await screen.deliver()
    async with screen.house.transactions.reading() as tx:
        left = (await tx.spots.get(spot.id)).view
    assert isinstance(left, AnswerCard)
    assert left.wording.sentences == ()
    assert "💬" not in text_of(screen)


async def test_a_day_is_told_to_each_place_in_words_made_of_what_may_be_read_there(
    screen: Screen, models: FakeAnalysts
) -> None:
    models.adviser.words = lambda _: saying("The release has its day.", 1, "on Thursday")
    await screen.do.digests.share(PROJECT, REVIEWER)
    screen.house.clock.move(days=1)
    async with screen.house.transactions() as tx:
        for chat in (GROUP, SECRET):
            await tx.people.put_membership(chat, ANN, is_member=True, at=screen.house.clock.now())
    assert await screen.do.digests.send_due(PROJECT)
    asked = [one for one in models.adviser.asked if isinstance(one, Material)]
    assert sorted(sorted(item.title for item in one.items) for one in asked) == [
        ["Ship 2.4 on Thursday"],
        ["Ship 2.4 on Thursday", "Ship nothing"],
        ["Ship nothing"],
    ]
    assert not await screen.do.digests.send_due(PROJECT)
    assert len(models.adviser.asked) == 3, "a day that was told is not paid for again"
    screen.house.clock.move(hours=1)
    await screen.deliver()
    for place in (DIRECT, IN_GROUP):
        assert "The release has its day." in text_of(screen, place)
    assert "Ship nothing" not in text_of(screen, IN_GROUP)
    assert "The release has its day." not in text_of(screen, Place(SECRET))


@pytest.mark.parametrize("failure", [AnalystFailed(Failing.INVALID), None])
async def test_a_day_the_model_has_no_words_for_is_told_without(
    screen: Screen, models: FakeAnalysts, failure: AnalystFailed | None
) -> None:
    models.adviser.failures = [failure] if failure else []
    screen.house.clock.move(days=1)
    assert await screen.do.digests.send_due(PROJECT)
    [spot] = await digests_shown(screen.house)
    assert isinstance(spot.view, DigestCard)
    assert not spot.view.wording.sentences


async def test_what_is_kept_of_a_text_is_its_words_and_what_it_was_made_of(
    screen: Screen, models: FakeAnalysts
) -> None:
    models.adviser.words = lambda _: saying("On Thursday.", 1, "on Thursday")
    spot, view = await answered(screen)
    assert spot.view == view
    assert set(view.wording.given) == {Ref(Kind.ATOM, UUID(int=number)) for number in (301, 302)}
