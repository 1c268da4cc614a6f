"""Who joins other machines, told without loading what carries between them."""

from typing import TYPE_CHECKING

from bot.config import QueueConfig

if TYPE_CHECKING:
    from bot.work.carrying import Carrier

ASK_SECONDS = 5.0


def carrier_of(queue: QueueConfig, bot_id: int) -> "Carrier | None":
    """What carries wake-ups to other machines; None where there are none to be reached."""
    if queue.is_memory:
        return None
    from bot.work.carrying import Carrier  # noqa: PLC0415 # who has one process does not wait for it

    return Carrier(queue.url, bot_id)


async def ask_queue(queue: QueueConfig) -> str:
    """What is wrong with the queue's server, "" when nothing is, or there is none."""
    if queue.is_memory:
        return ""
    from bot.work.carrying import ask  # noqa: PLC0415 # as above

    return await ask(queue.url, ASK_SECONDS)
