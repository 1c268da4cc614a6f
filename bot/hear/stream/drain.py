"""Draining: kept updates take effect, one chat's in order, chats beside each other."""

import asyncio
import json
import traceback
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update
from pydantic import ValidationError
from structlog.contextvars import bind_contextvars, clear_contextvars

from bot.hear.plain import Plain, plain_of
from bot.hear.refusals import sentence
from bot.hear.replies import take
from bot.hear.scene.convert import Malformed, Raw, completed, object_in
from bot.hear.scene.identity import Scene, scene_of
from bot.hear.scene.preparing import prepare, stale_chats
from bot.hear.services import Services
from bot.hear.stream.lanes import Lanes
from bot.hear.stream.waiting import Waiting
from bot.hear.toasts import answer, toast
from core.domain.ids import ChatId, UpdateId
from core.domain.showing.view import ids_in
from core.errors import RunTaken, Stale, StorageFailed, WorldFailed
from core.ports.inbox import Incoming
from core.ports.meter import Part
from core.ports.world import Lane, Wakeups

AT_ONCE = 200
"""Updates looked at in one go, and so the most messages of one transaction."""
TRIES = 3
"""A failing update is tried again twice, then set aside so that its chat goes on."""
LANES = 8
"""Chats served beside each other."""
ERROR_LIMIT = 500
"""Characters of an error kept with its update."""
IDLE_SECONDS = 1.0
"""How long a lost wake-up may cost."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Heard:
    """A kept update as read: its JSON object (None when it is none), and what it says when plain talk."""

    incoming: Incoming
    raw: Raw | None
    plain: Plain | None

    @property
    def update_id(self) -> UpdateId:
        """Its number."""
        return self.incoming.update_id


class Drain:
    """Gives waiting updates to their handlers. One process drains one inbox."""

    def __init__(
        self,
        services: Services,
        dispatcher: Dispatcher,
        bot: Bot,
        wakeups: Wakeups,
        waiting: Waiting | None = None,
    ) -> None:
        """Drain the inbox of `services` through `dispatcher`; `bot` is only what aiogram wants of one."""
        self._waiting = waiting or Waiting(services)
        self._services = services
        self._dispatcher = dispatcher
        self._bot = bot
        self._wakeups = wakeups
        self._lanes = Lanes(services.clock)

    async def run(self) -> None:
        """Drain until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                await self._start(group)
                await self._wakeups.wait(Lane.INBOX, IDLE_SECONDS)

    async def settle(self) -> None:
        """Drain until nothing more can be done now."""
        has_started = True
        while has_started:
            async with asyncio.TaskGroup() as group:
                has_started = await self._start(group)

    async def _start(self, group: asyncio.TaskGroup) -> bool:
        """Take what may be taken; False when there was nothing. Wakes itself where there may be more."""
        try:
            lanes = await self._free_lanes()
            heads = [one for lane in lanes for one in _head(lane)]
            if heads and not await self._attempt(heads):
                # Who failed rests now; the others are taken at the next look.
                self._wakeups.wake(Lane.INBOX)
                return True
        except WorldFailed as error:
            _log.warning("the inbox rests", error=repr(error))
            return False
        rests = [rest for rest in (lane[len(_head(lane)) :] for lane in lanes) if rest]
        room = max(0, LANES - self._lanes.at_work)
        for rest in rests[:room]:
            lane = rest[0].incoming.lane
            self._lanes.take(lane)
            group.create_task(self._work_off(lane, rest), name=f"lane {lane}")
        has_started = bool(heads) or bool(rests[:room])
        if has_started and sum(map(len, lanes)) == AT_ONCE:
            self._wakeups.wake(Lane.INBOX)
        return has_started

    async def _free_lanes(self) -> list[list[Heard]]:
        """Waiting updates by lane, each lane's in order, of the lanes that may be taken."""
        # What ends while the inbox is read would be read as still waiting, so held counts from before.
        held = self._lanes.held()
        by_lane: dict[int, list[Heard]] = {}
        for one in await self._services.inbox.waiting(AT_ONCE, held):
            by_lane.setdefault(one.lane, []).append(_heard(one))
        return list(by_lane.values())

    async def _work_off(self, lane: int, updates: Sequence[Heard]) -> None:
        """One chat's updates, in order; it stops where one has to wait."""
        try:
            for is_plain, run in groupby(updates, key=lambda one: one.plain is not None):
                if not await self._take_run(list(run), is_plain=is_plain):
                    break
        except WorldFailed as error:
            _log.warning("updates wait", lane=lane, error=repr(error))
            self._lanes.rest(lane)
        finally:
            self._lanes.give_back(lane)
            self._wakeups.again(Lane.INBOX)

    async def _take_run(self, run: Sequence[Heard], *, is_plain: bool) -> bool:
        if is_plain:
            return await self._attempt(run)
        for one in run:
            if not await self._attempt([one]):
                return False
        return True

    async def _take_plain(self, talk: Sequence[Heard]) -> None:
        plain = [one.plain for one in talk if one.plain is not None]
        with self._services.inbox.taking([one.update_id for one in talk]):
            await self._services.intake.take_messages(
                [one.message for one in plain], [one.person for one in plain if one.person is not None]
            )

    async def _attempt(self, some: Sequence[Heard]) -> bool:
        """Take plain talk of any number of chats together, or one other update; False when a lane waits.

        Raises WorldFailed where not even the failure can be written down.
        """
        clear_contextvars()
        bind_contextvars(update_id=some[0].update_id)
        scene: Scene | None = None
        try:
            if some[0].plain is not None:
                await self._take_plain(some)
            else:
                # Who acts and whether their rights are fresh: the use case asks again what counts.
                async with self._services.transactions.glancing():
                    scene = await self._scene_of(some[0])
                    stale = () if scene is None else await stale_chats(scene, self._services)
                await self._take(some[0], scene, stale)
        except (Malformed, ValidationError) as error:
            self._services.meter.failed(Part.HEARING, error)
            _log.warning("malformed update set aside", update=some[0].update_id, error=type(error).__name__)
            await self._services.inbox.set_aside(some[0].update_id, type(error).__name__)
        except WorldFailed as error:
            self._services.meter.failed(Part.HEARING, error)
            self._rest(some)
            await self._tell_to_wait(some, scene, error)
            return False
        except Exception as error:  # noqa: BLE001 # the outermost loop of hearing: the stream goes on
            return await self._tell_broken(some, scene, error)
        now = self._services.clock.now()
        for one in some:
            self._services.meter.took(now - one.incoming.received_at)
            self._lanes.recovered(one.incoming.lane)
        return True

    def _rest(self, some: Iterable[Heard]) -> None:
        for lane in {one.incoming.lane for one in some}:
            self._lanes.rest(lane)

    async def _scene_of(self, one: Heard) -> Scene | None:
        if one.raw is None:
            raise Malformed("update")
        return await scene_of(one.raw, self._services)

    async def _take(self, one: Heard, scene: Scene | None, stale: Sequence[ChatId]) -> None:
        """Once to its end: an update that had no effect to be marked with is marked here."""
        if scene is None or not await self._handled(one, scene, stale):
            await self._services.inbox.done([one.update_id])

    async def _handled(self, one: Heard, scene: Scene, stale: Sequence[ChatId]) -> bool:
        update = self._parsed(one, scene)
        await prepare(scene, stale, self._services)
        for _ in range(TRIES - 1):
            try:
                return await self._handle(one, scene, update)
            except (Stale, RunTaken):
                # Somebody else was faster: what is refused now is told on the next try.
                continue
        return await self._handle(one, scene, update)

    async def _handle(self, one: Heard, scene: Scene, update: Update | None) -> bool:
        """Give it to its handler; return whether its effect was committed."""
        if scene.spot is not None:
            bind_contextvars(**ids_in(scene.spot.view))
        with self._services.inbox.taking([one.update_id]) as taken:
            if update is None:
                await take(scene, self._services)
            else:
                await self._dispatcher.feed_update(self._bot, update, scene=scene)
        return taken.is_taken

    def _parsed(self, one: Heard, scene: Scene) -> Update | None:
        """The update as aiogram has it; None for words of which only a part we do not use is malformed."""
        try:
            raw = None if one.raw is None else completed(one.raw)
            return Update.model_validate(raw, context={"bot": self._bot})
        except ValidationError:
            if scene.event != "message":
                raise
            return None

    async def _tell_to_wait(self, some: Sequence[Heard], scene: Scene | None, error: WorldFailed) -> None:
        _log.warning("updates wait", first=some[0].update_id, count=len(some), error=repr(error))
        if isinstance(error, StorageFailed):
            await self._waiting.tell(scene, error)
        elif scene is not None and scene.press_id:
            text = await sentence(error, scene, self._services)
            await self._services.messenger.answer(scene.press_id, text)

    async def _tell_broken(self, some: Sequence[Heard], scene: Scene | None, error: Exception) -> bool:
        """Log it with a reference, tell whoever waits for an answer, and give up after the last try."""
        one, ref = some[0], reference_of(some[0].update_id)
        # Formatted here: a console renderer would print local variables, and with them what people wrote.
        trace = "".join(traceback.format_exception(error))
        _log.error("update failed", update=one.update_id, ref=ref, count=len(some), trace=trace)
        if len(some) > 1:
            return await self._one_by_one(some)
        self._services.meter.failed(Part.HEARING, error)
        attempts = await self._services.inbox.failed(one.update_id, repr(error)[:ERROR_LIMIT])
        if scene is not None and scene.press_id:
            await answer(scene, toast("broke", ref=ref), self._services)
        if attempts < TRIES:
            self._rest(some)
            return False
        await self._services.inbox.set_aside(one.update_id, repr(error)[:ERROR_LIMIT])
        if scene is not None and scene.command is not None:
            await self._services.placing.tell(scene.place, "broke", {"ref": ref})
        return True

    async def _one_by_one(self, some: Sequence[Heard]) -> bool:
        """What failed together, apart; a chat stops where one of its own has to wait."""
        waiting: set[int] = set()
        for one in some:
            if one.incoming.lane not in waiting and not await self._attempt([one]):
                waiting.add(one.incoming.lane)
        return not waiting


def reference_of(update_id: UpdateId) -> str:
    """`7F3A`: what a person tells the owner, and what the log has."""
    return f"{zlib.crc32(str(update_id).encode()) & 0xFFFF:04X}"


def _heard(incoming: Incoming) -> Heard:
    try:
        raw = object_in({"update": json.loads(incoming.payload)}, "update")
    except (json.JSONDecodeError, Malformed):
        return Heard(incoming, None, None)
    return Heard(incoming, raw, plain_of(raw))


def _head(lane: Iterable[Heard]) -> list[Heard]:
    """The plain talk a lane begins with."""
    return list(takewhile(lambda one: one.plain is not None, lane))
