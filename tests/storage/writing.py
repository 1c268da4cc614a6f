"""A process that writes pairs of rows until it is killed: `python -m tests.storage.writing URL`.

It prints a line once a pair is committed.
"""

import asyncio
import sys

from core.domain.ids import ChatId, UpdateId
from core.ports.inbox import Incoming
from storage.engine import open_engine
from storage.inbox import SqlInbox
from storage.unit_of_work import SqlTransactions
from tests.storage.making import NOON, StillClock, a_chat, a_message

ROWS = 200


async def write(url: str) -> None:
    """Each pair is one update's effect: a chat and its messages."""
    database = open_engine(url)
    transactions, inbox = SqlTransactions(database, StillClock()), SqlInbox(database)
    number = await inbox.last_offset()
    while True:
        number += 1
        await inbox.keep([Incoming(UpdateId(number), 1, "{}", NOON)])
        with inbox.taking([UpdateId(number)]):
            async with transactions() as tx:
                await tx.chats.put(a_chat(id=ChatId(-number)))
                for message_id in range(ROWS):
                    await tx.messages.add_many([a_message(message_id, chat_id=-number)])
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1]))
