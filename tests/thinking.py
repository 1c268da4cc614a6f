"""An analyst that takes its time, and runs for it: for what several workers do."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.main import App
from core.domain.agent import Prompt
from core.domain.conversation import Conversation, Extraction, Reading, Study, Suggestions, Usage
from core.domain.ids import ChatId, MessageId, MessageKey, PersonId
from core.domain.knowledge import Atom
from core.domain.message import Author, Message
from core.domain.person import Binding, Chat, ChatKind, ChatState, Project, Role
from tests.house import each_message_a_note

GROUP_AT = -1_001_000_000_000


@dataclass(frozen=True)
class Thinking:
    """An analyst that thinks for a while, then finds a note a message."""

    seconds: float
    model: str = "thinking-1"

    @property
    def sends_text_away(self) -> bool:
        return False

    @property
    def is_free(self) -> bool:
        return True

    @property
    def reads_earlier_talk(self) -> bool:
        return False

    @property
    def seconds_per_batch(self) -> float:
        return self.seconds

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        return ()

    @property
    def temperature(self) -> float | None:
        return None

    def price(self, conversations: Sequence[Conversation]) -> Usage:
        return Usage()

    def price_of_notes(self, groups: Sequence[Sequence[Atom]]) -> Usage:
        return Usage()

    def most(self, asked: Reading | Study) -> Usage:
        return Usage()

    async def extract(self, reading: Reading) -> Extraction:
        await asyncio.sleep(self.seconds)
        return each_message_a_note(reading)

    async def propose(self, study: Study) -> Suggestions:
        return Suggestions()


async def furnish(app: App, project: Project, reviewer: PersonId, groups: range) -> None:
    """As many groups as batches, with one conversation each: no rule can put them together."""
    before = app.services.clock.now() - timedelta(hours=2)
    async with app.transactions() as tx:
        await tx.projects.add(project)
        await tx.people.set_role(project.id, reviewer, Role.REVIEWER)
        for number in groups:
            chat_id = ChatId(GROUP_AT - number)
            await tx.chats.put(
                Chat(
                    chat_id,
                    ChatKind.SUPERGROUP,
                    f"Team {number}",
                    state=ChatState.READING,
                    is_imported=True,
                )
            )
            await tx.chats.bind(Binding(chat_id, project.id))
            key, author = MessageKey(chat_id, MessageId(1)), Author("Olya", PersonId(7))
            text = f"the login button does nothing on phone {number} since this morning"
            await tx.messages.add_many([Message(key, author, text, before)])
