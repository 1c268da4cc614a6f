"""The installation."""

from dataclasses import replace

import sqlalchemy as sa
from sqlmodel import col

from core.domain.person import Installation
from core.errors import Stale
from storage.mapping.chats import installation_columns, installation_of
from storage.repositories.rows import Repository, insert_new, row_where
from storage.tables import InstallationRow, table_of


class SqlInstallations(Repository):
    """The one bot this database belongs to."""

    async def find(self) -> Installation | None:
        """The installation, None before the first start."""
        row = await row_where(self.connection, InstallationRow)
        return None if row is None else installation_of(row)

    async def put(self, installation: Installation) -> Installation:
        """Add the first, or swap the present one; raises Stale."""
        columns = installation_columns(installation)
        swapped = replace(installation, revision=installation.revision + 1)
        statement = (
            sa.update(table_of(InstallationRow))
            .where(col(InstallationRow.revision) == installation.revision)
            .values(**{**columns, "revision": swapped.revision})
        )
        if (await self.connection.execute(statement)).rowcount:
            return swapped
        is_first = installation.revision == 0
        if is_first and await insert_new(self.connection, InstallationRow, {"slot": 1, **columns}):
            return installation
        raise Stale("installation", str(installation.bot_id))
