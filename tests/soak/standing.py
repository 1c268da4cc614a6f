"""What stands in the chats: each spot as one message, and older copies, which only say where it is."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from bot.sandbox.driver.shown import ShownMessage
from bot.view.payload import press_of
from tests.soak.stage import PATIENCE_SECONDS, Stage

TOO_OLD = "This message is too old for its buttons"
Place = tuple[int, int]
"""Chat id, message id."""


@dataclass(frozen=True)
class Standing:
    """The bot's messages by chat, and which of them are where a spot stands."""

    messages: Mapping[int, Sequence[ShownMessage]]
    spots: Mapping[Place, str]
    owner: int

    @property
    def missing(self) -> set[Place]:
        """Spots whose message is not there."""
        return set(self.spots) - {(chat, one.id) for chat, some in self.messages.items() for one in some}

    @property
    def copies(self) -> list[ShownMessage]:
        """Messages where no spot stands: their sends were never written down."""
        return [
            one for chat, some in self.messages.items() for one in some if (chat, one.id) not in self.spots
        ]

    def has_original(self, copy: ShownMessage) -> bool:
        """Whether what it shows stands elsewhere in its chat: by its buttons' spot, else by its words."""
        spots = {spot for place, spot in self.spots.items() if place[0] == copy.chat}
        presses = [press_of(data) for data in _payloads(copy)]
        if presses:
            return all(press is not None and press.spot_id.hex in spots for press in presses)
        standing = [one for one in self.messages[copy.chat] if (one.chat, one.id) in self.spots]
        return any(copy.text in (one.text, *one.history) for one in standing)


async def standing(stage: Stage) -> Standing:
    """What stands now; to be asked when nothing is on its way."""
    with closing(sqlite3.connect(f"file:{stage.database}?mode=ro", uri=True)) as connection:
        found = connection.execute(
            "SELECT chat_id, message_id, hex(id) FROM spot WHERE delivery != 'dropped'"
        )
        spots = {(chat, message): spot.lower() for chat, message, spot in found}
        [owner] = connection.execute("SELECT owner_id FROM installation").fetchone()
    chats = {chat for chat, _ in spots}
    messages = {chat: await stage.driver.messages(chat, from_bot=True) for chat in chats}
    return Standing(messages, spots, owner)


async def check_standing(stage: Stage) -> None:
    """Every card is there; a copy has its original, settles nothing and then says where the card is.

    To be asked of a bot that is not killed any more: Telegram forgets a press that is not answered soon.
    """
    now = await standing(stage)
    assert not now.missing
    assert len(now.copies) <= stage.bot.deaths
    for copy in now.copies:
        assert now.has_original(copy), copy
        for data in _payloads(copy)[:1]:
            answer = await stage.driver.press(
                now.owner, copy.chat, copy.id, data=data, timeout=PATIENCE_SECONDS
            )
            assert answer.text.startswith(TOO_OLD), (copy, answer)
    await stage.settled()
    for copy in (await standing(stage)).copies:
        assert not _payloads(copy), copy


def _payloads(message: ShownMessage) -> list[str]:
    return [button.data for row in message.buttons for button in row if button.data]
