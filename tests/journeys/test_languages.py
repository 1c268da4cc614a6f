"""Whom the bot speaks to in which language: a person in theirs, a group in its own."""

import pytest

from tests.journeys.conftest import owned
from tests.journeys.seats import Seat
from tests.journeys.staging import Journey


@pytest.mark.parametrize(
    ("code", "asked", "helped"),
    [
        ("en", "May I read along in Mobile?", "I read along, keep what the team decides"),
        ("uk-UA", "Можна мені читати Mobile разом з вами?", "Я читаю разом з вами"),
        ("ru", "Можно мне читать Mobile вместе с вами?", "Я читаю вместе с вами"),
        ("tlh", "May I read along in Mobile?", "I read along, keep what the team decides"),
        (None, "May I read along in Mobile?", "I read along, keep what the team decides"),
    ],
)
async def test_a_group_is_spoken_to_in_the_language_of_who_adds_the_bot(
    stage: Journey, code: str | None, asked: str, helped: str
) -> None:
    ann = await stage.driver.person("Ann Lee", "ann", code)
    direct = Seat(stage, ann, await stage.driver.private(ann))
    await stage.driver.open_link(ann, await stage.app.owner_link() or "")
    await stage.settle()
    group = await stage.driver.group("Mobile", [ann], "supergroup")
    await stage.driver.add_bot(group, by=ann, payload="new")
    await direct.at(group).read(asked)
    await direct.ask("/help", helped)


async def test_a_person_is_answered_in_direct_chat_in_their_own_language(stage: Journey) -> None:
    ann = await stage.driver.person("Ann Lee", "ann", "en")
    olya = await stage.driver.person("Olya Marchenko", "olya", "uk")
    direct = await owned(stage, ann)
    group = await stage.driver.group("Mobile", [ann, olya], "supergroup")
    await stage.driver.add_bot(group, by=ann, payload="new")
    await direct.at(group).open_chat("In direct chat", "I am reading for Mobile.")
    await direct.at(group).say("who can look at the map?")
    await Seat(stage, olya, group.id).say("I can, tomorrow")
    hers = Seat(stage, olya, await stage.driver.private(olya, start=True))
    await hers.ask("/tasks", "Відкритих задач немає · Mobile")
    await hers.at(group).ask("/tasks", "No open tasks · Mobile")
    await direct.at(group).ask("/project language uk", "налаштування")
    await hers.at(group).ask("/tasks", "Відкритих задач немає · Mobile")
