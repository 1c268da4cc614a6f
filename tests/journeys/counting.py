"""What something costs a person: taps, words of their own, and messages that came for it."""

from dataclasses import dataclass, field

from bot.sandbox.driver import ShownMessage
from tests.journeys.seats import Seat


@dataclass
class Counts:
    """So many taps, messages written, and new messages of the bot."""

    taps: int = 0
    written: int = 0
    new: int = 0


@dataclass(frozen=True)
class CountedSeat(Seat):
    """A seat whose person is watched."""

    counts: Counts = field(default_factory=Counts)

    async def press(self, message: ShownMessage, button: str) -> str:
        """Press and count it."""
        self.counts.taps += 1
        return await super().press(message, button)

    async def say(self, text: str, *, reply_to: int | None = None) -> int:
        """Write and count it."""
        self.counts.written += 1
        return await super().say(text, reply_to=reply_to)

    async def taps(self, message: ShownMessage, *labels: str) -> ShownMessage:
        """Press one button after another on the same message; return how it stands then."""
        for label in labels:
            await self.press(message, label)
            await self.stage.settle()
        return await self.stage.driver.message(self.chat, message.id)

    async def total(self, *, after: int) -> Counts:
        """All of it, with the bot's messages here past that one."""
        shown = await self.stage.driver.messages(self.chat, after=after, from_bot=True)
        return Counts(self.counts.taps, self.counts.written, len(shown))


def counted(seat: Seat) -> CountedSeat:
    """The same seat, watched from now on."""
    return CountedSeat(seat.stage, seat.person, seat.chat, seat.thread)
