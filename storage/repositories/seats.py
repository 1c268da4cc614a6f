"""Who is at work."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col

from core.domain.duty import Duty
from storage.prepared import Prepared
from storage.repositories.rows import Repository, insert_new
from storage.tables import SeatRow, table_of
from storage.types import UtcDateTime

_seat = table_of(SeatRow)
_KEEPING = Prepared(
    sa.update(_seat)
    .where(
        _seat.c.duty == sa.bindparam("at"),
        _seat.c.holder == sa.bindparam("who"),
        _seat.c.until > sa.bindparam("now", type_=UtcDateTime()),
    )
    .values(until=sa.bindparam("kept", type_=UtcDateTime()))
)
_LIVE = Prepared(
    sa.select(_seat.c.holder)
    .where(_seat.c.duty == sa.bindparam("at"), _seat.c.until > sa.bindparam("now", type_=UtcDateTime()))
    .order_by(_seat.c.since, _seat.c.holder)
)


class SqlSeats(Repository):
    """Seats, each its holder's until a moment."""

    async def keep(self, duty: Duty, holder: str, now: datetime, until: datetime) -> list[str]:
        """Hold a seat until then; return all who hold one now, the longest first.

        Who had none, or let it run out, holds it from now on.
        """
        if await _KEEPING.count(self.connection, at=duty.value, who=holder, now=now, kept=until) == 0:
            await self.connection.execute(sa.delete(_seat).where(_seat.c.until <= now))
            row = {"duty": duty.value, "holder": holder, "since": now, "until": until}
            await insert_new(self.connection, SeatRow, row)
        return [row.holder for row in await _LIVE.rows(self.connection, at=duty.value, now=now)]

    async def leave(self, holder: str) -> None:
        """Give up every seat of a holder."""
        await self.connection.execute(sa.delete(_seat).where(_seat.c.holder == holder))

    async def list_holders(self) -> list[str]:
        """Everyone with a seat, run out or not, each once."""
        found = sa.select(col(SeatRow.holder)).distinct().order_by(col(SeatRow.holder))
        return list((await self.connection.execute(found)).scalars())
