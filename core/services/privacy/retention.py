"""Words grow old, and chats that were left are purged."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from core.domain.message import Origin
from core.domain.person import Chat
from core.domain.run import Window
from core.ports.unit_of_work import Transactions
from core.ports.world import Clock
from core.services.privacy.forgetting import ForgettingService
from core.settings import PrivacySettings

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class RetentionService:
    """Retention and purge. Quotes that something rests on outlive retention, but not a purge."""

    transactions: Transactions
    clock: Clock
    forgetting: ForgettingService
    settings: PrivacySettings

    async def retain(self) -> int:
        """Delete messages older than `privacy.retention_days` (0: never); return how many went.

        What was asked of the bot before then is emptied too.

        Imported messages nobody read yet stay until a run has read them: whoever imports old words wants
        them read.
        """
        days = self.settings.retention_days
        if days <= 0:
            return 0
        before = self.clock.now() - timedelta(days=days)
        async with self.transactions() as tx:
            unread = [
                one
                for project in await tx.projects.list_all()
                for one in await tx.messages.list_unread(project.id, Window(_BEGINNING, before))
            ]
            imported = [one.key for one in unread if one.origin is Origin.IMPORTED]
            await tx.deletions.forget_asked_before(before)
            return await tx.messages.forget_before(before, imported)

    async def purge(self) -> int:
        """Remove the words of chats left `privacy.purge_after_days` ago; return how many chats."""
        before = self.clock.now() - timedelta(days=self.settings.purge_after_days)
        async with self.transactions.reading() as tx:
            gone = await tx.chats.list_gone(before)
        for chat in gone:
            await self.purge_chat(chat)
        return len(gone)

    async def purge_chat(self, chat: Chat) -> None:
        """Remove the words of one chat, in one transaction; without `left_at` it counts as purged."""
        async with self.transactions() as tx:
            await self.forgetting.forget_chat(chat.id)
            await tx.chats.put(replace(chat, left_at=None))
