"""Where things are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from core.domain.duty import SLICES
from core.domain.ids import ChatId, MessageId
from core.domain.showing.spot import Delivery, Spot, Urgency
from core.errors import NotFound
from core.ports.world import Clock
from storage.mapping.shown import spot_columns, spot_of
from storage.prepared import Prepared, changed
from storage.repositories.rows import (
    Repository,
    all_rows,
    chunks,
    first_row,
    insert,
    rows_among,
)
from storage.tables import IS_OUT_OF_DATE, IS_UNASKED, SpotAboutRow, SpotRow, table_of
from storage.types import UtcDateTime

FRESH = timedelta(days=14)
"""Spots older than this are left as they are, cards apart."""
_MOST = 20_000
"""Ids in one statement, below both databases' limits, so that a spot about several is counted once."""

_spot = table_of(SpotRow)
_IS_LIVE = col(SpotRow.delivery) != Delivery.DROPPED.value
_OLDEST_FIRST = (col(SpotRow.created_at), col(SpotRow.id))
_NOW = sa.bindparam("now", type_=UtcDateTime())
_RESTING: sa.BindParameter[int] = sa.bindparam("resting", expanding=True)
_IS_AWAKE = col(SpotRow.chat_id).not_in(_RESTING)
_RECORDED = (
    "message_id", "painted", "painted_hash", "delivery", "lease_until", "not_before", "attempts", "sent_at",
)  # fmt: skip


@dataclass(eq=False)
class SqlSpots(Repository):
    """Spots. Use cases write what is to be shown, delivery what became of it: neither undoes the other."""

    clock: Clock

    async def get(self, spot_id: UUID) -> Spot:
        """The spot; raises NotFound."""
        spot = await self.find(spot_id)
        if spot is None:
            raise NotFound("spot", str(spot_id))
        return spot

    async def find(self, spot_id: UUID) -> Spot | None:
        """The spot, or None."""
        rows = await _WITH_ABOUT.rows(self.connection, id=spot_id)
        if not rows:
            return None
        return spot_of(rows[0], frozenset(row.about for row in rows if row.about is not None))

    async def find_at(self, chat_id: ChatId, message_id: MessageId) -> Spot | None:
        """What a message shows."""
        shown = (
            sa.select(SpotRow)
            .where(col(SpotRow.chat_id) == chat_id, col(SpotRow.message_id) == message_id)
            .order_by(col(SpotRow.created_at).desc())
            .limit(1)
        )
        return next(iter(await self._spots(shown)), None)

    async def add(self, spot: Spot) -> None:
        """Store a new spot."""
        columns = {**spot_columns(spot), "was_card": spot.urgency is Urgency.CARD}
        await insert(self.connection, SpotRow, columns)
        await self._add_about(spot)

    async def put(self, spot: Spot) -> None:
        """Write a use case's change: view, about, wanted, repaint_at, urgency; raises NotFound.

        Another view is due at once, even when the spot was read before it was last painted. An emptied
        `painted_hash` makes the next painting count as new; otherwise the hash is delivery's.
        """
        present = sa.select(SpotRow).where(col(SpotRow.id) == spot.id).with_for_update()
        row = await first_row(self.connection, present)
        if row is None:
            raise NotFound("spot", str(spot.id))
        columns = spot_columns(spot)
        is_turned = columns["view"] != row.view
        values: dict[str, Any] = {name: columns[name] for name in ("view", "repaint_at", "urgency")}
        values["wanted"] = max(spot.wanted, row.wanted + is_turned)
        if not spot.painted_hash:
            values["painted_hash"] = ""
        if is_turned and not row.attempts:
            # That was the pace of what stood there before, e.g. progress; a failure's rest stays.
            values["not_before"] = None
        await changed(self.connection, sa.update(_spot).where(_spot.c.id == spot.id).values(**values))
        await changed(
            self.connection, sa.delete(table_of(SpotAboutRow)).where(col(SpotAboutRow.spot_id) == spot.id)
        )
        await self._add_about(spot)

    async def repaint_at(self, spot_id: UUID, at: datetime | None) -> None:
        """Have it painted anew at that moment; None for none."""
        await _REPAINTING.write(self.connection, spot_id=spot_id, at=at)

    async def record(self, spot: Spot) -> None:
        """Write what delivery learned, the columns of `_RECORDED`.

        A painting answers the repaint_at that had passed when the spot was leased, not one set since.
        Raises NotFound.
        """
        columns = spot_columns(spot)
        values: dict[str, Any] = {name: columns[name] for name in _RECORDED}
        if spot.delivery is Delivery.SHOWN and not spot.attempts:
            is_answered = _spot.c.repaint_at <= _spot.c.leased_at
            values["repaint_at"] = sa.case((is_answered, sa.null()), else_=_spot.c.repaint_at)
        if spot.delivery is Delivery.DROPPED:
            values["painted"] = _spot.c.wanted
        recorded = sa.update(_spot).where(_spot.c.id == spot.id).values(**values)
        if await changed(self.connection, recorded) != 1:
            raise NotFound("spot", str(spot.id))

    async def touch(
        self, about: Iterable[UUID], *, urgency: Urgency, summing_up: Iterable[UUID] = ()
    ) -> None:
        """Make due every live spot about any of these ids, and as progress what sums others up.

        What is due already keeps a more urgent reason; all but progress is due at once. Only those of the
        last fortnight, and cards of any age: an old list is not redrawn for ever.
        """
        given = {"since": self.clock.now() - FRESH, "as_urgent": urgency.value}
        sums = list(dict.fromkeys(summing_up))
        for some in list(chunks(about, _MOST)) or [[]]:
            if some or sums:
                await _TOUCHING.write(self.connection, **given, ids=some, sums=sums)

    async def list_about(self, about: UUID) -> list[Spot]:
        """Live spots about it, oldest first."""
        ids = sa.select(col(SpotAboutRow.spot_id)).where(col(SpotAboutRow.about) == about)
        return await self._spots(
            sa.select(SpotRow).where(col(SpotRow.id).in_(ids), _IS_LIVE).order_by(*_OLDEST_FIRST)
        )

    async def list_told(self, chat_id: ChatId, since: datetime) -> list[datetime]:
        """When a chat was told something nobody had asked for, from `since` on, in order."""
        told = (
            sa.select(col(SpotRow.sent_at))
            .where(IS_UNASKED, col(SpotRow.chat_id) == chat_id, col(SpotRow.sent_at) >= since)
            .order_by(col(SpotRow.sent_at))
        )
        return [at for at in (await self.connection.execute(told)).scalars() if at is not None]

    async def list_unsaid(self, chat_id: ChatId, now: datetime) -> list[Spot]:
        """What nobody asked for and the chat was not told yet, nobody having it in hand; oldest first."""
        is_unsaid = sa.and_(
            IS_UNASKED,
            col(SpotRow.chat_id) == chat_id,
            col(SpotRow.delivery) == Delivery.NEW.value,
            sa.or_(col(SpotRow.lease_until).is_(None), col(SpotRow.lease_until) <= now),
        )
        return await self._spots(sa.select(SpotRow).where(is_unsaid).order_by(*_OLDEST_FIRST))

    async def is_any_due(self, now: datetime, resting: frozenset[ChatId]) -> bool:
        """Whether anybody could lease a spot, of chats not at rest."""
        return bool(await _ANY_DUE.value(self.connection, now=now, resting=sorted(resting)))

    async def lease_due(
        self,
        now: datetime,
        lease_until: datetime,
        limit: int,
        resting: frozenset[ChatId],
        slices: frozenset[int] | None = None,
    ) -> list[Spot]:
        """Lease due spots, the most urgent and oldest of each chat, chats at rest left out.

        With `slices` only of chats that fall into these. One statement, so two speakers never take the
        same. The most urgent and oldest of all come first.
        """
        given: dict[str, Any] = {
            "now": now, "until": lease_until, "most": limit, "resting": sorted(resting),
        }  # fmt: skip
        if slices is None:
            rows = await _LEASING.rows(self.connection, **given)
        else:
            rows = await _LEASING_SLICES.rows(self.connection, **given, slices=sorted(slices))
        leased = await self._with_about(rows)
        return sorted(leased, key=lambda spot: (spot.urgency, spot.created_at, spot.id))

    async def next_due_at(self, now: datetime) -> datetime | None:
        """When the next spot not due yet becomes due by time alone, None when none will."""
        return await _NEXT_DUE.value(self.connection, now=now)

    async def drop_chat(self, chat_id: ChatId) -> None:
        """Give up every spot of a chat."""
        await self.connection.execute(
            sa.update(_spot)
            .where(_spot.c.chat_id == chat_id, _IS_LIVE)
            .values(delivery=Delivery.DROPPED.value, painted=_spot.c.wanted, lease_until=None)
        )

    async def _spots(self, statement: sa.Select[SpotRow]) -> list[Spot]:
        return await self._with_about(await all_rows(self.connection, statement))

    async def _with_about(self, rows: Sequence[SpotRow]) -> list[Spot]:
        about: dict[UUID, set[UUID]] = {}
        ids = [row.id for row in rows]
        for one in await rows_among(self.connection, SpotAboutRow, "spot_id", ids):
            about.setdefault(one.spot_id, set()).add(one.about)
        return [spot_of(row, frozenset(about.get(row.id, ()))) for row in rows]

    async def _add_about(self, spot: Spot) -> None:
        named = [{"spot_id": spot.id, "about": one} for one in sorted(spot.about)]
        await insert(self.connection, SpotAboutRow, named)


def _due() -> sa.CompoundSelect[UUID]:
    """Two selects rather than an OR, which would use neither index."""
    return sa.union(
        sa.select(col(SpotRow.id)).where(IS_OUT_OF_DATE),
        sa.select(col(SpotRow.id)).where(col(SpotRow.repaint_at) <= _NOW),
    )


def _is_over(moment: sa.SQLColumnExpression[Any]) -> sa.ColumnElement[bool]:
    return sa.or_(moment.is_(None), moment <= _NOW)


def _ready() -> tuple[sa.ColumnElement[bool], ...]:
    """Due, live, and neither at rest nor in somebody's hand."""
    return (
        col(SpotRow.id).in_(_due()),
        _IS_LIVE,
        _is_over(col(SpotRow.not_before)),
        _is_over(col(SpotRow.lease_until)),
    )


def _later(one: sa.SQLColumnExpression[Any], other: sa.SQLColumnExpression[Any]) -> sa.ColumnElement[Any]:
    """The later of two moments, either of which may be missing."""
    return sa.case((sa.or_(one.is_(None), other > one), other), else_=one)


def _leasing(*which: sa.ColumnElement[bool]) -> sa.UpdateBase:
    """The statement of `lease_due`: binds now, until, most, resting, and what `which` binds."""
    first = (
        sa.func.row_number()
        .over(
            partition_by=col(SpotRow.chat_id),
            order_by=(col(SpotRow.urgency), col(SpotRow.created_at), col(SpotRow.id)),
        )
        .label("rank")
    )
    ready = (
        sa.select(col(SpotRow.id), col(SpotRow.urgency), col(SpotRow.created_at), first)
        .where(*_ready(), *which, _IS_AWAKE)
        .subquery("ready")
    )
    ids = (
        sa.select(ready.c.id)
        .where(ready.c.rank == 1)
        .order_by(ready.c.urgency, ready.c.created_at, ready.c.id)
        .limit(sa.bindparam("most", type_=sa.Integer()))
    )
    return (
        sa.update(_spot)
        .where(_spot.c.id.in_(ids), _is_over(_spot.c.lease_until))
        .values(lease_until=sa.bindparam("until", type_=UtcDateTime()), leased_at=_NOW)
        .returning(_spot)
    )


def _next_due() -> sa.Select[Any]:
    """The statement of `next_due_at`: binds now."""
    held_until = _later(col(SpotRow.not_before), col(SpotRow.lease_until))
    moments = sa.union_all(
        sa.select(held_until.label("at")).where(IS_OUT_OF_DATE, _IS_LIVE),
        sa.select(_later(col(SpotRow.repaint_at), held_until)).where(
            col(SpotRow.repaint_at).is_not(None), _IS_LIVE
        ),
    ).subquery("moments")
    return sa.select(sa.func.min(moments.c.at)).where(moments.c.at > _NOW)


def _touching() -> sa.Update:
    """The statement of `touch`: binds ids, sums, since, as_urgent."""
    is_asked = col(SpotAboutRow.about).in_(sa.bindparam("ids", expanding=True))
    sums_up = col(SpotAboutRow.about).in_(sa.bindparam("sums", expanding=True))
    is_worth_it = sa.or_(
        col(SpotRow.was_card),
        col(SpotRow.urgency) == Urgency.CARD.value,
        col(SpotRow.created_at) >= sa.bindparam("since", type_=UtcDateTime()),
    )
    ids = sa.select(col(SpotAboutRow.spot_id)).where(sa.or_(is_asked, sums_up))
    touched = sa.update(_spot).where(_spot.c.id.in_(ids), _IS_LIVE, is_worth_it)
    is_itself = sa.exists().where(col(SpotAboutRow.spot_id) == _spot.c.id, is_asked)
    as_urgent = sa.case(
        (is_itself, sa.bindparam("as_urgent", type_=sa.Integer())), else_=Urgency.PROGRESS.value
    )
    keeps = sa.and_(IS_OUT_OF_DATE, _spot.c.urgency < as_urgent)
    # A run that ends does not wait for the pace of its progress; a failure's rest stays.
    ends_pace = sa.and_(as_urgent < Urgency.PROGRESS.value, _spot.c.attempts == 0)
    return touched.values(
        wanted=_spot.c.wanted + 1,
        urgency=sa.case((keeps, _spot.c.urgency), else_=as_urgent),
        not_before=sa.case((ends_pace, sa.null()), else_=_spot.c.not_before),
    )


_WITH_ABOUT = Prepared(
    sa.select(_spot, col(SpotAboutRow.about))
    .join(SpotAboutRow, col(SpotAboutRow.spot_id) == _spot.c.id, isouter=True)
    .where(_spot.c.id == sa.bindparam("id"))
)
_TOUCHING = Prepared(_touching())
_REPAINTING = Prepared(
    sa.update(_spot)
    .where(_spot.c.id == sa.bindparam("spot_id"))
    .values(repaint_at=sa.bindparam("at", type_=UtcDateTime()))
)
_ANY_DUE = Prepared(sa.select(sa.exists().where(*_ready(), _IS_AWAKE)))
_LEASING = Prepared(_leasing())
_SLICE = sa.func.abs(col(SpotRow.chat_id), type_=sa.BigInteger()) % sa.literal_column(str(SLICES))
_LEASING_SLICES = Prepared(_leasing(_SLICE.in_(sa.bindparam("slices", expanding=True))))
_NEXT_DUE = Prepared(_next_due())
COUNT_DUE = sa.select(sa.func.count()).where(*_ready())
"""How many spots could be leased; binds now."""
