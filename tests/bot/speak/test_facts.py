"""What Telegram says about a chat, asked through the sandbox."""

from typing import TYPE_CHECKING

import pytest

from core.domain.ids import ChatId, PersonId
from core.errors import NotFound, TelegramAway
from tests.bot.speak.conftest import Room

if TYPE_CHECKING:
    from collections.abc import Awaitable


async def test_administrators_are_listed_with_who_owns_and_who_is_faceless(room: Room) -> None:
    max_ = await room.driver.person("Max", "max")
    await room.driver.join(room.forum, max_)
    await room.driver.promote(room.forum, max_, anonymous=True)
    await room.driver.promote(room.forum, (await room.driver.bot())["id"])
    found = {one.name: one for one in await room.facts.administrators(room.forum)}
    assert found.keys() == {"Ann Lee", "Max", "Triagram"}
    assert (found["Ann Lee"].username, found["Ann Lee"].is_owner) == ("ann", True)
    assert (found["Max"].is_anonymous, found["Max"].is_owner, found["Max"].person_id) == (
        True,
        False,
        max_.id,
    )
    assert found["Triagram"].is_bot


async def test_a_member_is_one_who_is_in_the_chat_now(room: Room) -> None:
    ann, stranger = PersonId(room.ann.id), await room.driver.person("Stranger")
    assert await room.facts.is_member(room.forum, ann)
    assert not await room.facts.is_member(room.forum, PersonId(stranger.id))
    assert not await room.facts.is_member(room.forum, PersonId(123_456_789))
    await room.driver.join(room.forum, stranger)
    assert await room.facts.is_member(room.forum, PersonId(stranger.id))
    await room.driver.leave(room.forum, stranger)
    assert not await room.facts.is_member(room.forum, PersonId(stranger.id))


@pytest.mark.parametrize("on", [True, False])
async def test_the_bot_reads_everything_when_privacy_mode_is_off(room: Room, on: bool) -> None:  # noqa: FBT001 - a parametrised fact
    await room.driver.set_privacy(on=on)
    assert await room.facts.reads_everything() is not on


async def test_a_chat_the_bot_is_not_in_is_not_found(room: Room) -> None:
    await room.driver.remove_bot(room.group)
    for chat in (room.group, ChatId(-10012345)):
        with pytest.raises(NotFound):
            await room.facts.administrators(chat)
        with pytest.raises(NotFound):
            await room.facts.is_member(chat, PersonId(room.ann.id))


@pytest.mark.parametrize("kind", ["429", "502", "drop", "hang", "migrate"])
async def test_a_question_without_an_answer_is_telegram_away(room: Room, kind: str) -> None:
    questions: dict[str, Awaitable[object]] = {
        "getChatAdministrators": room.facts.administrators(room.group),
        "getChatMember": room.facts.is_member(room.group, PersonId(room.ann.id)),
    }
    if kind != "migrate":
        questions["getMe"] = room.facts.reads_everything()
    for method, question in questions.items():
        await room.driver.fault(kind, method=method, seconds=2.0)
        with pytest.raises(TelegramAway):
            await question
        await room.driver.clear_faults()
