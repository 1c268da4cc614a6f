"""Saying "later" while nothing can be written: to who waits for an answer, and once to the owner."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.hear.scene.convert import Malformed, Raw, object_in, person_of
from bot.hear.scene.identity import Scene, scene_of
from bot.hear.services import Services
from bot.view.texts import SOURCE_LANGUAGE
from core.domain.ids import ChatId, UpdateId
from core.errors import StorageFailed, WorldFailed
from core.ports.chat import Card, Fate

MOST_KEPT = 1000
"""Updates remembered as told; one that waits is tried again and again, and told of once."""
OWNER_REST = timedelta(hours=6)
"""A disk that is full, has room and is full again is told the owner no more often."""
_OWNERS_KINDS = frozenset({"full", "io", "readonly"})
"""What does not pass by itself."""

_log = structlog.get_logger(__name__)


@dataclass
class Waiting:
    """Says it at once and past the database, which is what fails; nothing here is ever raised."""

    services: Services
    _told: deque[UpdateId] = field(default_factory=lambda: deque[UpdateId](maxlen=MOST_KEPT))
    _owner_told_at: datetime | None = None

    async def tell_all(self, updates: Sequence[Raw], error: StorageFailed) -> None:
        """Updates that could not even be kept: Telegram will give them again."""
        await self._tell_owner(error)
        for raw in updates:
            try:
                scene = await scene_of(raw, self.services)
            except WorldFailed:
                await self._tell_presser(raw, error)
            except Malformed as failure:
                _log.info("not told to wait", error=type(failure).__name__)
            else:
                if scene is not None:
                    await self._tell(scene, error)

    async def tell(self, scene: Scene | None, error: StorageFailed) -> None:
        """An update that is kept and could not take effect; `scene` is None where it could not be read."""
        await self._tell_owner(error)
        if scene is not None:
            await self._tell(scene, error)

    async def _tell(self, scene: Scene, error: StorageFailed) -> None:
        id_, texts = UpdateId(scene.update_id), self.services.texts
        is_asked = scene.command is not None and (scene.known is not None or scene.is_met)
        if id_ in self._told or not (scene.press_id or is_asked):
            return
        self._told.append(id_)
        if scene.press_id:
            text = texts.toast("waits", scene.language, kind=error.kind)
            await self.services.messenger.answer(scene.press_id, text)
            return
        card = Card(texts.say("toast-waits", scene.language, kind=error.kind))
        place = scene.place
        await self.services.messenger.send(
            place.chat_id, card, thread_id=place.thread_id, reply_to=place.reply_to
        )

    async def _tell_presser(self, raw: Raw, error: StorageFailed) -> None:
        """Where nothing can be looked up: a press is on a message of ours, so whoever made it is told."""
        if "callback_query" not in raw:
            return
        try:
            query = object_in(raw, "callback_query")
            id_, language = UpdateId(raw["update_id"]), person_of(object_in(query, "from")).language
        except Malformed as failure:
            _log.info("not told to wait", error=type(failure).__name__)
            return
        if id_ not in self._told:
            self._told.append(id_)
            text = self.services.texts.toast("waits", language, kind=error.kind)
            await self.services.messenger.answer(str(query.get("id", "")), text)

    async def _tell_owner(self, error: StorageFailed) -> None:
        now, told_at = self.services.clock.now(), self._owner_told_at
        is_told = told_at is not None and now - told_at < OWNER_REST
        if is_told or error.kind not in _OWNERS_KINDS:
            return
        try:
            async with self.services.transactions.reading() as tx:
                installation = await tx.installations.find()
        except WorldFailed as failure:
            _log.info("the owner is not told", error=repr(failure))
            return
        if installation is None or installation.owner_id is None:
            return
        card = Card(self.services.texts.say("notice-cannot-write", SOURCE_LANGUAGE, kind=error.kind))
        outcome = await self.services.messenger.send(
            ChatId(installation.owner_id), card, thread_id=None, reply_to=None
        )
        if outcome.fate in (Fate.SENT, Fate.MAYBE_SENT, Fate.CHAT_GONE):
            self._owner_told_at = now
