"""A card with charts is a picture with its words below, on the wire and in every later edit."""

from typing import Any

from bot.sandbox.driver import ShownMessage
from bot.view.charts import WIDTH, drawn
from core.ports.chat import Bar, Button, Card, Chart, Fate
from tests.bot.speak.conftest import HandClock, Room

BANDS = Chart("Right, by how sure I was", (Bar("very sure", 95, "19 of 20"), Bar("guessing", 0, "0 of 3")))
WEEKS = Chart(
    "Week by week", tuple(Bar(f"{day} Nov", 10.0 * day, "") for day in range(1, 9)), is_over_time=True
)
PICTURE = Card("<b>How I am doing</b>", ((Button("Close", payload="x"),),), charts=(BANDS, WEEKS))


def kind_of(shown: ShownMessage) -> str:
    return shown.media["kind"] if shown.media else ""


async def sent(room: Room, card: Card) -> Any:
    outcome = await room.messenger.send(room.group, card, thread_id=None, reply_to=None)
    assert outcome.fate is Fate.SENT
    return outcome.message_id


async def edited(room: Room, clock: HandClock, message_id: Any, card: Card) -> None:
    clock.now += 60
    assert (await room.messenger.edit(room.group, message_id, card)).fate is Fate.SENT


async def test_it_is_sent_as_a_photo_with_caption_and_buttons(room: Room) -> None:
    shown = await room.driver.message(room.group, await sent(room, PICTURE))
    assert (shown.text, kind_of(shown)) == ("How I am doing", "photo")
    assert [[one.text for one in row] for row in shown.buttons] == [["Close"]]
    [call] = [one for one in await room.driver.calls() if one.method == "sendPhoto"]
    [photo] = call.result["photo"]
    assert photo["width"] == 2 * WIDTH


async def test_an_edit_gives_it_another_picture_and_words_alone_become_its_caption(
    room: Room, clock: HandClock
) -> None:
    await room.driver.limits(on=False)
    message_id = await sent(room, PICTURE)
    await edited(room, clock, message_id, Card("Newer", charts=(BANDS,)))
    await edited(room, clock, message_id, Card("Withheld"))
    shown = await room.driver.message(room.group, message_id)
    assert (shown.text, kind_of(shown), shown.buttons) == ("Withheld", "photo", ())


async def test_a_text_can_become_a_picture(room: Room, clock: HandClock) -> None:
    message_id = await sent(room, Card("Nothing yet"))
    await edited(room, clock, message_id, PICTURE)
    assert kind_of(await room.driver.message(room.group, message_id)) == "photo"


def test_equal_charts_are_one_card_so_that_nobody_paints_it_for_ever() -> None:
    again = Card(PICTURE.html, PICTURE.buttons, charts=(BANDS, WEEKS))
    assert again.digest == PICTURE.digest
    assert Card(PICTURE.html, PICTURE.buttons, charts=(BANDS,)).digest != PICTURE.digest


def test_letters_of_either_alphabet_leave_ink() -> None:
    """Without a font resvg draws no text at all and says nothing."""

    def ink(label: str) -> int:
        return len(drawn((Chart(label, (Bar(label, 50, label),)),)))

    blank = ink(" ")
    assert ink("Верные по видам") > blank + 1000
    assert ink("Right, by kind") > blank + 1000
