"""People, their roles, and what Telegram said about chats they are in."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from core.domain.ids import ChatId, PersonId
from core.domain.person import Person, Role
from storage.mapping.chats import person_columns, person_of
from storage.prepared import Prepared
from storage.repositories.rows import (
    Repository,
    all_rows,
    chunks,
    row_where,
    rows_among,
    rows_where,
    upsert,
)
from storage.repositories.sources import chats_of
from storage.tables import (
    AdministratorsRow,
    InstallationRow,
    MembershipRow,
    MessageRow,
    PersonRow,
    RoleRow,
    table_of,
)


class SqlPeople(Repository):
    """People. User names and names are compared without case."""

    async def find(self, person_id: PersonId) -> Person | None:
        """The person, or None."""
        row = await row_where(self.connection, PersonRow, id=person_id)
        return None if row is None else person_of(row)

    async def find_by_username(self, username: str) -> Person | None:
        """Who has this user name, with or without @."""
        key = username.removeprefix("@").casefold()
        row = await row_where(self.connection, PersonRow, username_key=key)
        return None if row is None else person_of(row)

    async def put(self, person: Person) -> None:
        """Add or replace; a user name is one person's at a time, so whoever had it before loses it."""
        columns = person_columns(person)
        if columns["username_key"] is not None:
            await self.connection.execute(
                sa.update(table_of(PersonRow))
                .where(
                    col(PersonRow.username_key) == columns["username_key"], col(PersonRow.id) != person.id
                )
                .values(username=None, username_key=None)
            )
        await upsert(self.connection, PersonRow, columns)

    async def list_ids(self, person_ids: Iterable[PersonId]) -> dict[PersonId, Person]:
        """Those known, by id."""
        rows = await rows_among(self.connection, PersonRow, "id", person_ids)
        return {PersonId(row.id): person_of(row) for row in rows}

    async def list_left_out(self) -> list[Person]:
        """Who does not want to be read, by id."""
        silent = sa.select(PersonRow).where(col(PersonRow.is_left_out)).order_by(col(PersonRow.id))
        return [person_of(row) for row in await all_rows(self.connection, silent)]

    async def roles_of(self, project_id: UUID) -> dict[PersonId, Role]:
        """Everybody given a role in the project, members too."""
        rows = await rows_where(self.connection, RoleRow, project_id=project_id)
        return {PersonId(row.person_id): Role(row.role) for row in rows}

    async def role_given(self, project_id: UUID, person_id: PersonId) -> Role:
        """The person's role in the project, owner where the installation is theirs; member without any."""
        given = await _ROLE_GIVEN.row(self.connection, project_id=project_id, person_id=person_id)
        if given.is_owner:
            return Role.OWNER
        return Role.MEMBER if given.role is None else Role(given.role)

    async def set_role(self, project_id: UUID, person_id: PersonId, role: Role) -> None:
        """Give a role, in place of any before."""
        columns = {"project_id": project_id, "person_id": person_id, "role": role.value}
        await upsert(self.connection, RoleRow, columns)

    async def administrators(self, chat_id: ChatId) -> tuple[frozenset[PersonId], datetime | None]:
        """The last known administrators that are people with a face, and when that was read."""
        row = await row_where(self.connection, AdministratorsRow, chat_id=chat_id)
        if row is None:
            return frozenset(), None
        return frozenset(PersonId(one) for one in row.people), row.read_at

    async def put_administrators(self, chat_id: ChatId, people: Iterable[PersonId], at: datetime) -> None:
        """Remember what Telegram said at that moment."""
        columns = {"chat_id": chat_id, "people": sorted(people), "read_at": at}
        await upsert(self.connection, AdministratorsRow, columns)

    async def membership(self, chat_id: ChatId, person_id: PersonId) -> tuple[bool, datetime] | None:
        """Whether the person was in the chat, and when Telegram said so."""
        row = await row_where(self.connection, MembershipRow, chat_id=chat_id, person_id=person_id)
        return None if row is None else (row.is_member, row.read_at)

    async def put_membership(
        self, chat_id: ChatId, person_id: PersonId, *, is_member: bool, at: datetime
    ) -> None:
        """Remember what Telegram said at that moment."""
        columns = {"chat_id": chat_id, "person_id": person_id, "is_member": is_member, "read_at": at}
        await upsert(self.connection, MembershipRow, columns)

    async def list_by_names(self, project_id: UUID, names: Iterable[str]) -> dict[str, Person]:
        """People who wrote in the project's chats, by name or user name, lower case.

        A user name goes before a name. A name two people share names nobody.
        """
        found: dict[str, Person] = {}
        for some in chunks(name.casefold() for name in names):
            rows = await all_rows(self.connection, _speakers(project_id, some))
            found |= _by_name([person_of(row) for row in rows], frozenset(some))
        return found


_ROLE_GIVEN = Prepared(
    sa.select(
        sa.select(col(RoleRow.role))
        .where(
            col(RoleRow.project_id) == sa.bindparam("project_id"),
            col(RoleRow.person_id) == sa.bindparam("person_id"),
        )
        .scalar_subquery()
        .label("role"),
        sa.exists().where(col(InstallationRow.owner_id) == sa.bindparam("person_id")).label("is_owner"),
    )
)


def _speakers(project_id: UUID, names: list[str]) -> sa.Select[PersonRow]:
    has_spoken = sa.exists().where(
        col(MessageRow.author_id) == col(PersonRow.id), col(MessageRow.chat_id).in_(chats_of(project_id))
    )
    is_named = sa.or_(col(PersonRow.username_key).in_(names), col(PersonRow.name_key).in_(names))
    return sa.select(PersonRow).where(is_named, has_spoken)


def _by_name(people: list[Person], names: frozenset[str]) -> dict[str, Person]:
    named: dict[str, list[Person]] = {}
    for person in people:
        named.setdefault(person.name.casefold(), []).append(person)
    found = {name: few[0] for name, few in named.items() if len(few) == 1}
    found |= {person.username.casefold(): person for person in people if person.username}
    return {name: person for name, person in found.items() if name in names}
