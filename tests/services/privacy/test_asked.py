"""What somebody asked stands in its answer until they ask to be forgotten, or it has grown old."""

from datetime import timedelta

from core.domain.ids import ChatId, MessageId, MessageKey, PersonId
from core.domain.showing.spot import Place, Spot
from core.domain.showing.view_known import AnswerCard, FoundList
from tests.builders import GROUP, PROJECT
from tests.databases import BOTH
from tests.house import House
from tests.services.privacy.test_retention import privacy_of

DATABASES = BOTH

OLYA, MAX = PersonId(7), PersonId(8)
PRIVATE = "who knows of my operation"


async def asked(house: House, asker: PersonId, place: Place) -> list[Spot]:
    views = (AnswerCard(PROJECT, PRIVATE, asker=asker), FoundList(PROJECT, PRIVATE, asker=asker))
    async with house.transactions() as tx:
        return [await house.do.placing.show(tx, view, place) for view in views]


async def words(house: House, spots: list[Spot]) -> list[str]:
    async with house.transactions.reading() as tx:
        views = [(await tx.spots.get(spot.id)).view for spot in spots]
    return [getattr(view, "question", "") or getattr(view, "query", "") for view in views]


async def test_a_question_goes_with_whoever_asked_it_and_nobody_elses(house: House) -> None:
    hers, his = await asked(house, OLYA, Place(GROUP)), await asked(house, MAX, Place(GROUP))
    house.clock.move(seconds=5)
    await house.do.forgetting.forget_person(OLYA)
    assert await words(house, hers) == ["", ""]
    assert await words(house, his) == [PRIVATE, PRIVATE]


async def test_a_question_asked_in_direct_chat_goes_too(house: House) -> None:
    spots = await asked(house, OLYA, Place(ChatId(OLYA), OLYA))
    await house.do.forgetting.forget_person(OLYA)
    assert await words(house, spots) == ["", ""]


async def test_a_question_goes_with_the_message_that_asked_it(house: House) -> None:
    spots = await asked(house, OLYA, Place(GROUP, reply_to=MessageId(77)))
    await house.do.forgetting.forget_messages([MessageKey(GROUP, MessageId(78))])
    assert await words(house, spots) == [PRIVATE, PRIVATE]
    await house.do.forgetting.forget_messages([MessageKey(GROUP, MessageId(77))])
    assert await words(house, spots) == ["", ""]


async def test_a_question_grows_old_like_any_word(house: House) -> None:
    spots = await asked(house, OLYA, Place(GROUP))
    days = house.settings.privacy.retention_days
    house.clock.move(seconds=timedelta(days=days - 1).total_seconds())
    await privacy_of(house).retain()
    assert await words(house, spots) == [PRIVATE, PRIVATE]
    house.clock.move(days=2)
    await privacy_of(house).retain()
    assert await words(house, spots) == ["", ""]
