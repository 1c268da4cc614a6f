"""Exports: a chat's past is stored chunk by chunk, from the command line or from a file a reviewer sent."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from itertools import islice
from uuid import NAMESPACE_OID, UUID, uuid5

from core.domain.ids import PersonId
from core.domain.message import Message
from core.domain.person import Project
from core.domain.showing.spot import Place, Spot
from core.domain.showing.view_setup import ImportCard, ImportStep
from core.errors import BadExport, NotFound
from core.ports.archive import Export, ExportReading, Exports
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Lane, Wakeups
from core.services.access.rights import reviewed_projects
from core.services.chats.intake import IntakeService
from core.services.showing.placing import Placing

MOST_BYTES = 20 * 1024 * 1024
"""What a bot may download, https://core.telegram.org/bots/api#getfile."""
CHUNK = 5000
"""Messages stored in one transaction: a few tenths of a second, in which a bot waits."""
OPEN = uuid5(NAMESPACE_OID, "imports that are not through")
"""What the cards of such imports are about: by it the worker finds them, also after a restart."""
_JSON = ".json"


@dataclass(frozen=True)
class SentFile:
    """A document as Telegram tells of it; `size` in bytes, 0 where it does not say."""

    file_id: str
    name: str
    size: int


@dataclass(frozen=True)
class Chunk:
    """What one transaction of an import stored: messages read and new so far in this pass."""

    read: int
    new: int
    bytes_read: int


Told = Callable[[UnitOfWork, Chunk], Awaitable[None]]
"""Told of each chunk in its own transaction."""


@dataclass(frozen=True)
class ImportService:
    """Brings exports in. Importing twice adds nothing, so an import cut short is begun where it stood."""

    transactions: Transactions
    wakeups: Wakeups
    placing: Placing
    intake: IntakeService
    exports: Exports

    async def offer(self, sent: SentFile, person_id: PersonId, place: Place) -> None:
        """Answer a file sent in direct chat: begin, ask for its project, or say why not."""
        async with self.transactions() as tx:
            projects = await reviewed_projects(tx, person_id)
            if not projects:
                await self.placing.say(tx, place, "import-reviewers-only")
            elif not sent.name.lower().endswith(_JSON):
                await self.placing.say(tx, place, "import-not-an-export", {"file": sent.name})
            elif sent.size > MOST_BYTES:
                args = {"limit": MOST_BYTES // 1024**2, "file": sent.name, "project": projects[0].name}
                await self.placing.say(tx, place, "import-too-large", args)
            else:
                card = ImportCard(sent.file_id, sent.name, tuple(one.id for one in projects))
                if len(projects) == 1:
                    card = card.begun(projects[0].id)
                await self.placing.show(tx, card, place, about={OPEN})
        self.wakeups.wake(Lane.IMPORTS)

    async def choose(self, spot_id: UUID, index: int, person_id: PersonId) -> Project:
        """Begin with the project that was chosen; raises NotFound for one they do not decide in."""
        async with self.transactions() as tx:
            spot = await tx.spots.get(spot_id)
            mine = {one.id: one for one in await reviewed_projects(tx, person_id)}
            card = spot.view
            if not isinstance(card, ImportCard) or card.step is not ImportStep.ASKING:
                raise NotFound("card", "")
            offered = card.projects[index : index + 1]
            if not offered or offered[0] not in mine:
                raise NotFound("project", "")
            await self.placing.turn(tx, spot, card.begun(offered[0]), about={OPEN})
            project = mine[offered[0]]
        self.wakeups.wake(Lane.IMPORTS)
        return project

    async def step(self) -> bool:
        """Bring in the oldest file that waits; False when there was none. One worker steps at a time."""
        async with self.transactions.reading() as tx:
            waiting = [one for one in await tx.spots.list_about(OPEN) if _is_begun(one)]
        if not waiting:
            return False
        spot = waiting[0]
        try:
            await self._bring_in_sent(spot)
        except BadExport as refusal:
            problem, mend = refusal.problem, refusal.mend
            await self._turn(spot.id, lambda card: card.refused(problem, mend))
        return True

    async def ensure_free(self, export: Export, project_name: str) -> None:
        """Raise BadExport when the export's chat belongs to a project of another name."""
        async with self.transactions.reading() as tx:
            for binding in await tx.chats.bindings_of_chat(export.chat.id):
                other = (await tx.projects.get(binding.project_id)).name
                if other.casefold() != project_name.strip().casefold():
                    problem = f"it is read for the project “{other}”"
                    mend = f'bring it into that one (--project "{other}")'
                    raise BadExport(f"chat “{export.chat.title}”", problem, mend)

    async def bring_in(
        self,
        export: Export,
        project_id: UUID,
        told: Told,
        *,
        by: PersonId | None = None,
        done: int = 0,
    ) -> int:
        """Store an export's messages but the first `done`, which an earlier pass has stored.

        Returns how many service messages were passed over.

        `by` is who sent it, the only one beside the owner who may read what nobody else vouches for.
        Raises BadExport where the file cannot be read; what came before is stored.
        """
        reading, read, new = export.messages(), done, 0
        chat = replace(export.chat, imported_by=by)
        await asyncio.to_thread(_skip, reading, done)
        while chunk := await asyncio.to_thread(_next_of, reading):
            said = [replace(one, key=replace(one.key, chat_id=chat.id)) for one in chunk]
            async with self.transactions() as tx:
                new += await self.intake.store_archive(project_id, chat, said)
                read += len(chunk)
                await told(tx, Chunk(read, new, reading.bytes_read))
        return reading.skipped

    async def _bring_in_sent(self, spot: Spot) -> None:
        card = spot.view
        if not isinstance(card, ImportCard) or card.project_id is None or spot.reader_id is None:
            return
        async with self.transactions.reading() as tx:
            project = await tx.projects.get(card.project_id)
        async with self.exports.fetched(card.file_id, card.file_name, project.timezone) as export:
            await self.ensure_free(export, project.name)
            before = card

            async def told(tx: UnitOfWork, chunk: Chunk) -> None:
                percent = 100 * chunk.bytes_read // max(1, export.total_bytes)
                reached = before.reached(chunk.read, before.new + chunk.new, min(99, percent))
                await self.placing.turn(tx, await tx.spots.get(spot.id), reached, about={OPEN})

            await self.bring_in(export, project.id, told, by=spot.reader_id, done=card.read)
        await self._turn(spot.id, ImportCard.through)

    async def _turn(self, spot_id: UUID, step: Callable[[ImportCard], ImportCard]) -> None:
        """The last picture; the import is open no longer."""
        async with self.transactions() as tx:
            spot = await tx.spots.get(spot_id)
            if isinstance(spot.view, ImportCard):
                await self.placing.turn(tx, spot, step(spot.view), about=())


def _is_begun(spot: Spot) -> bool:
    return isinstance(spot.view, ImportCard) and spot.view.step is ImportStep.READING


def _skip(reading: ExportReading, count: int) -> None:
    for _ in islice(reading, count):
        pass


def _next_of(reading: ExportReading) -> list[Message]:
    return list(islice(reading, CHUNK))
