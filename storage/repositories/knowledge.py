"""Topics and atoms."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from core.domain.evidence import Evidence
from core.domain.ids import Kind, Ref
from core.domain.knowledge import Atom, Link, Topic
from core.domain.run import Window
from core.errors import NotFound
from storage.mapping.packing import ref_of
from storage.mapping.work import atom_columns, atom_of, topic_columns, topic_of
from storage.repositories.evidence import (
    add_evidence,
    evidence_by_owner,
    remove_evidence,
    replace_evidence,
)
from storage.repositories.following import followed
from storage.repositories.rows import Repository, all_rows, first_row, insert, swap
from storage.tables import IS_UNSTUDIED, AtomRow, TopicRow, table_of

_LEADING_ON = frozenset({Kind.PROPOSAL, Kind.TOPIC})
"""References that may lead on to something else."""
_OLDEST_FIRST = (col(AtomRow.created_at), col(AtomRow.number))


class SqlKnowledge(Repository):
    """Topics and atoms; an atom's topic and links lead to what became of the drafts they named."""

    async def get_topic(self, topic_id: UUID) -> Topic:
        """The topic; raises NotFound."""
        row = await first_row(self.connection, sa.select(TopicRow).where(col(TopicRow.id) == topic_id))
        if row is None:
            raise NotFound("topic", str(topic_id))
        return topic_of(row)

    async def list_topics(self, project_id: UUID, *, only_live: bool = True) -> list[Topic]:
        """By number; those merged into others or archived only where `only_live` is False."""
        which = [col(TopicRow.project_id) == project_id]
        if only_live:
            which += [col(TopicRow.merged_into).is_(None), col(TopicRow.archived_at).is_(None)]
        topics = sa.select(TopicRow).where(*which).order_by(col(TopicRow.number))
        return [topic_of(row) for row in await all_rows(self.connection, topics)]

    async def add_topic(self, topic: Topic) -> None:
        """Store a new topic."""
        await insert(self.connection, TopicRow, topic_columns(topic))

    async def save_topic(self, topic: Topic) -> Topic:
        """Swap by revision; raises Stale."""
        await swap(self.connection, TopicRow, "topic", topic_columns(topic))
        return replace(topic, revision=topic.revision + 1)

    async def remove_topic(self, topic_id: UUID) -> None:
        """Take a topic away; its atoms, if any, stand without."""
        await self.connection.execute(sa.delete(table_of(TopicRow)).where(col(TopicRow.id) == topic_id))

    async def count_atoms(self, project_id: UUID) -> dict[UUID, int]:
        """How many atoms each topic holds, in force or not, by topic id."""
        rows = await self.connection.execute(
            sa.select(col(AtomRow.topic_kind), col(AtomRow.topic_id), sa.func.count())
            .where(col(AtomRow.project_id) == project_id)
            .group_by(col(AtomRow.topic_kind), col(AtomRow.topic_id))
        )
        given = {ref: number for kind, id_, number in rows.all() if (ref := ref_of(kind, id_))}
        leads = await followed(self.connection, given)
        held: dict[UUID, int] = {}
        for ref, number in given.items():
            topic = leads[ref]
            if topic is not None and topic.kind is Kind.TOPIC:
                held[topic.id] = held.get(topic.id, 0) + number
        return held

    async def get_atom(self, atom_id: UUID) -> Atom:
        """The atom; raises NotFound."""
        atoms = await self._atoms(sa.select(AtomRow).where(col(AtomRow.id) == atom_id))
        if not atoms:
            raise NotFound("atom", str(atom_id))
        return atoms[0]

    async def list_atoms(
        self, project_id: UUID, *, only_in_force: bool = True, created: Window | None = None
    ) -> list[Atom]:
        """Oldest first; `created` keeps those approved in that window."""
        which = [col(AtomRow.project_id) == project_id]
        if only_in_force:
            which.append(col(AtomRow.valid_until).is_(None))
        if created is not None:
            which += [col(AtomRow.created_at) >= created.start, col(AtomRow.created_at) < created.end]
        return await self._atoms(sa.select(AtomRow).where(*which).order_by(*_OLDEST_FIRST))

    async def list_unstudied(self, project_id: UUID, window: Window | None = None) -> list[Atom]:
        """Atoms new or changed since stage 2 last read them, oldest first.

        `window` keeps those created or put out of force in it.
        """
        which = [col(AtomRow.project_id) == project_id, IS_UNSTUDIED]
        if window is not None:
            moments = (col(AtomRow.created_at), col(AtomRow.valid_until))
            which.append(sa.or_(*(sa.and_(at >= window.start, at < window.end) for at in moments)))
        return await self._atoms(sa.select(AtomRow).where(*which).order_by(*_OLDEST_FIRST))

    async def count_unstudied(self, project_id: UUID) -> int:
        """How many `list_unstudied` would give without a window."""
        counted = (
            sa.select(sa.func.count())
            .select_from(table_of(AtomRow))
            .where(col(AtomRow.project_id) == project_id, IS_UNSTUDIED)
        )
        return (await self.connection.execute(counted)).scalar_one()

    async def add_atom(self, atom: Atom) -> None:
        """Store a new atom."""
        await insert(self.connection, AtomRow, atom_columns(atom))
        await add_evidence(self.connection, Kind.ATOM.value, atom.id, atom.evidence)

    async def save_atom(self, atom: Atom) -> Atom:
        """Swap by revision; raises Stale, NotFound.

        A topic or link that was only followed to what became of it stays stored as it was given.
        What stage 2 read is not touched: `mark_studied` may have moved it meanwhile.
        """
        row = await first_row(self.connection, sa.select(AtomRow).where(col(AtomRow.id) == atom.id))
        if row is None:
            raise NotFound("atom", str(atom.id))
        given = atom_of(row, Evidence())
        (read,) = await self._followed([given])
        stored = replace(
            atom,
            topic=given.topic if atom.topic == read.topic else atom.topic,
            links=given.links if atom.links == read.links else atom.links,
            read_version=given.read_version,
        )
        await swap(self.connection, AtomRow, "atom", atom_columns(stored))
        await replace_evidence(self.connection, Kind.ATOM.value, atom.id, atom.evidence)
        return replace(atom, revision=atom.revision + 1)

    async def remove_atom(self, atom_id: UUID) -> None:
        """Take an atom away with its evidence."""
        await self.connection.execute(sa.delete(table_of(AtomRow)).where(col(AtomRow.id) == atom_id))
        await remove_evidence(self.connection, atom_id)

    async def mark_studied(self, versions: Mapping[UUID, int]) -> None:
        """Remember which content version of each atom stage 2 read; never an older one."""
        atom = table_of(AtomRow)
        statement = (
            sa.update(atom)
            .where(atom.c.id == sa.bindparam("atom"), atom.c.read_version < sa.bindparam("version"))
            .values(read_version=sa.bindparam("version"))
        )
        if versions:
            marks = [{"atom": id_, "version": version} for id_, version in versions.items()]
            await self.connection.execute(statement, marks)

    async def _atoms(self, statement: sa.Select[AtomRow]) -> list[Atom]:
        rows = await all_rows(self.connection, statement)
        evidence = await evidence_by_owner(self.connection, (row.id for row in rows))
        return await self._followed([atom_of(row, evidence.get(row.id, Evidence())) for row in rows])

    async def _followed(self, atoms: Sequence[Atom]) -> list[Atom]:
        given = [ref for atom in atoms for ref in _refs(atom)]
        if not any(ref.kind in _LEADING_ON for ref in given):
            return list(atoms)
        leads = await followed(self.connection, given)
        return [
            replace(
                atom,
                topic=None if atom.topic is None else leads[atom.topic],
                links=tuple(
                    Link(link.type, target) for link in atom.links if (target := leads[link.target])
                ),
            )
            for atom in atoms
        ]


def _refs(atom: Atom) -> list[Ref]:
    topic = [] if atom.topic is None else [atom.topic]
    return topic + [link.target for link in atom.links]
