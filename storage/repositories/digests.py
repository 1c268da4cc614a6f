"""Which days were told."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col

from core.domain.daily.digest import DigestKey
from storage.repositories.rows import Repository, insert_new
from storage.tables import DigestRow


class SqlDigests(Repository):
    """Which days were told."""

    async def is_told(self, key: DigestKey) -> bool:
        """Whether this day was told."""
        told = sa.and_(col(DigestRow.project_id) == key.project_id, col(DigestRow.day) == key.day)
        return bool(await self.connection.scalar(sa.select(sa.exists().where(told))))

    async def claim(self, key: DigestKey, at: datetime) -> bool:
        """False when this day was told already."""
        columns = {"project_id": key.project_id, "day": key.day, "told_at": at}
        return await insert_new(self.connection, DigestRow, columns) == 1
