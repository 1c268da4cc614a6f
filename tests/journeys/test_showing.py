"""`⋯ → Show`: the message a card rests on, pointed at where it was said, and taken away again."""

from bot.sandbox.driver import Chat, ShownMessage
from tests.journeys.conftest import BUG, PEOPLE, owned
from tests.journeys.seats import Seat, Team
from tests.journeys.staging import Journey

SAID = f"sorry, but {BUG} <again> 🗺"


async def in_a_basic_group(stage: Journey, place: str) -> tuple[Seat, Seat, Seat]:
    """Ann in direct chat, Ann and Olya in a basic group whose reviewers decide at `place`."""
    ann, olya = [await stage.driver.person(PEOPLE[handle], handle) for handle in ("ann", "olya")]
    group = await stage.driver.group("Mobile", [ann, olya], "group")
    direct = await owned(stage, ann)
    await stage.driver.add_bot(group, by=ann, payload="new")
    seat = Seat(stage, ann, group.id)
    await seat.open_chat(place, "I am reading for Mobile.")
    return direct, seat, Seat(stage, olya, group.id)


async def opened(seat: Seat, card: ShownMessage) -> ShownMessage:
    return await seat.tap(card, "⋯", "Show in chat")


async def test_in_a_basic_group_show_answers_the_message_with_a_quote(stage: Journey) -> None:
    _, ann, olya = await in_a_basic_group(stage, "Here")
    stage.rooms.add(ann.chat)
    said = await olya.say(SAID)
    await olya.say("/bug", reply_to=said)
    card = await ann.read("by hand")
    assert "↗" not in card.text
    card = await opened(ann, card)
    assert await ann.press(card, "Show in chat") == "Shown below"
    shown = await ann.read("Olya", after=card.id)
    assert (shown.reply_to, shown.quote) == (said, SAID)
    assert shown.text == "☝️ Olya Marchenko 10:00, for P-1"
    assert shown.is_silent


async def test_show_points_from_the_direct_chat_into_the_group_once_and_is_taken_away(
    stage: Journey,
) -> None:
    direct, ann, olya = await in_a_basic_group(stage, "In direct chat")
    said = await olya.say(SAID)
    await olya.say("/bug", reply_to=said)
    card = await opened(direct, await direct.read("by hand"))
    toasts = [await direct.press(card, "Show in chat") for _ in range(3)]
    assert toasts == ["Shown below", *["It is shown below already"] * 2]
    shown = await direct.read("Olya", after=card.id)
    assert (shown.reply_chat, shown.quote) == (ann.chat, SAID)
    await stage.settle()
    assert len([one for one in await stage.posts(direct.chat) if one.quote]) == 1
    await stage.move(minutes=11)
    await gone(direct, shown)
    assert await direct.press(card, "Show in chat") == "Shown below"


async def test_a_task_is_shown_as_its_card_was(team: Team) -> None:
    said = await team.seats["maxw"].say(BUG)
    await team.seats["olya"].say("/bug", reply_to=said)
    await team.direct.press(await team.direct.read("by hand"), "Approve")
    card = await team.ann.ask("/task T-1")
    card = await opened(team.ann, card)
    assert await team.seats["olya"].press(card, "Show in chat") == "Shown below"
    shown = await team.ann.read("Max", after=card.id)
    assert (shown.reply_to, shown.quote) == (said, BUG)


async def test_words_that_are_taken_back_do_not_stay_in_a_quote(team: Team) -> None:
    said = await team.seats["maxw"].say(BUG)
    await team.seats["olya"].say("/bug", reply_to=said)
    card = await opened(team.direct, await team.direct.read("by hand"))
    await team.direct.press(card, "Show in chat")
    shown = await team.direct.read("Max", after=card.id)
    await team.seats["maxw"].ask("/forget", "", reply_to=said)
    await gone(team.direct, shown)


async def test_a_message_deleted_in_telegram_is_told_in_words(stage: Journey) -> None:
    direct, ann, olya = await in_a_basic_group(stage, "In direct chat")
    said = await olya.say(BUG)
    await olya.say("/bug", reply_to=said)
    card = await opened(direct, await direct.read("by hand"))
    await stage.driver.delete(olya.person, Chat(ann.chat, "Mobile", "group"), said)
    stage.refused.append("message to be replied not found")
    await direct.press(card, "Show in chat")
    shown = await direct.read("The message itself I cannot show here.", after=card.id)
    assert f"❝ Olya Marchenko 10:00: “{BUG}”" in shown.text


async def gone(seat: Seat, message: ShownMessage) -> None:
    """Until the bot has deleted it."""

    async def look() -> bool:
        return all(one.id != message.id for one in await seat.stage.posts(seat.chat))

    await seat.stage.driver.wait_until(look, timeout=40)
