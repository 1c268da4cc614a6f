"""Statements compiled once and handed to the driver: what every tap and message asks.

SQLAlchemy needs 40 to 150 µs around a statement that SQLite answers in 3, most of it to find out again
what is the same each time. Here that is found out once; statement, types and errors stay SQLAlchemy's.
`Prepared` is a statement written down once, with its values bound; one put together anew each time goes by
`answered` and `changed`, which know it again by SQLAlchemy's own key.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import visitors

from storage.standing import About, Result, answer_of, opened_in

Statement = sa.Select[*tuple[Any, ...]] | sa.CompoundSelect[*tuple[Any, ...]] | sa.UpdateBase
_Process = Callable[[Any], Any] | None
_DOUBLE = 701
"""PostgreSQL's number of the only type of ours whose reader asks for it: double precision."""


@dataclass(frozen=True)
class _Bind:
    """Where a parameter's value comes from: a value's name, and its place where that one is a list.

    `constant` is one the statement has itself; its name is None.
    """

    name: str | None
    place: int | None = None
    process: _Process = None
    constant: Any = None

    def taken_from(self, values: Mapping[str, Any]) -> Any:
        """The value as the driver takes it."""
        if self.name is None:
            return self.constant
        value = values[self.name] if self.place is None else values[self.name][self.place]
        return value if self.process is None else self.process(value)


@dataclass(frozen=True)
class _Form:
    """One way to say a statement; other values, or another number of them in an IN, are another way."""

    sql: str
    binds: Sequence[_Bind]


@dataclass(eq=False)
class Prepared:
    """A statement whose values are all bind parameters, some of them lists (`expanding`)."""

    statement: Statement
    _forms: dict[tuple[str | int, ...], _Form] = field(default_factory=dict[tuple[str | int, ...], _Form])
    _readers: dict[str, Callable[[Sequence[Any]], Any]] = field(
        default_factory=dict[str, "Callable[[Sequence[Any]], Any]"]
    )

    async def rows(self, connection: AsyncConnection, **values: Any) -> list[Any]:
        """What it selects or returns: tuples with an attribute for each column."""
        found = (await self._run(connection, values))[0]
        if not found:
            return []
        name = connection.dialect.name
        reader = self._readers.get(name)
        if reader is None:
            reader = self._readers[name] = _reader(self.statement, connection)
        return list(map(reader, found))

    async def row(self, connection: AsyncConnection, **values: Any) -> Any:
        """The first row, None when there is none."""
        return next(iter(await self.rows(connection, **values)), None)

    async def value(self, connection: AsyncConnection, **values: Any) -> Any:
        """The first column of the first row, None when there is none."""
        found = await self.row(connection, **values)
        return None if found is None else found[0]

    async def count(self, connection: AsyncConnection, **values: Any) -> int:
        """How many rows it changed."""
        return (await self._run(connection, values))[2]

    async def write(self, connection: AsyncConnection, **values: Any) -> None:
        """Have it carried out by the next statement or the end at the latest; nobody waits for it."""
        sql, given = self._said(connection, values)
        await write(connection, sql, given, self._about)

    async def _run(self, connection: AsyncConnection, values: Mapping[str, Any]) -> Result:
        sql, given = self._said(connection, values)
        return await run(connection, sql, given, about=self._about)

    @cached_property
    def _about(self) -> frozenset[str]:
        return frozenset(
            part.name for part in visitors.iterate(self.statement) if isinstance(part, sa.Table)
        )

    def _said(self, connection: AsyncConnection, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """The statement in the database's words, and its values as the driver takes them."""
        lengths = [len(cast("list[Any]", one)) for one in values.values() if isinstance(one, list)]
        key = (connection.dialect.name, *values, *lengths)
        form = self._forms.get(key)
        if form is None:
            form = self._forms[key] = _form(self.statement, connection, values)
        return form.sql, [one.taken_from(values) for one in form.binds]


async def run(
    connection: AsyncConnection,
    sql: str,
    given: Sequence[Any],
    *,
    many: bool = False,
    about: About = None,
) -> Result:
    """Run SQL about these tables, with values as the driver takes them; raises SQLAlchemy's errors."""
    opened, method = opened_in(connection), "executemany" if many else "execute"
    if opened.memory is None:
        return await answer_of(connection, sql, opened.run(method, (sql, given), about))
    key = (sql, tuple(given))
    if key not in opened.memory:
        opened.memory[key] = await answer_of(connection, sql, opened.run(method, (sql, given), about))
    return opened.memory[key]


async def write(connection: AsyncConnection, sql: str, given: Sequence[Any], about: frozenset[str]) -> None:
    """The same where nobody waits for it: by the next statement or the end, which raise its errors."""
    await answer_of(connection, sql, opened_in(connection).write(sql, given, about))


async def answered(
    connection: AsyncConnection, statement: sa.Select[*tuple[Any, ...]] | sa.UpdateBase
) -> list[Any]:
    """What a statement with its values in it selects or returns, as `Prepared.rows` has it."""
    compiled, found = await _asked(connection, statement)
    if not found[0]:
        return []
    read = _READERS.get(compiled)
    if read is None:
        read = _READERS[compiled] = _reader(statement, connection)
    return list(map(read, found[0]))


async def changed(connection: AsyncConnection, statement: sa.UpdateBase) -> int:
    """How many rows a statement with its values in it changed."""
    return (await _asked(connection, statement))[1][2]


async def _asked(connection: AsyncConnection, statement: Any) -> tuple[Any, Result]:
    synchronous: Any = connection.sync_connection
    # SQLAlchemy's own way, up to where it would make a cursor and a result of it.
    compiled, extracted, collected, _ = statement._compile_w_cache(  # noqa: SLF001 # nothing public knows one again
        connection.dialect,
        compiled_cache=synchronous.engine._compiled_cache,  # noqa: SLF001 # as above
        column_keys=[],
    )
    given = compiled.construct_params(
        extracted_parameters=extracted,
        escape_names=False,
        _no_postcompile=True,
        _collected_params=collected,
    )
    state = compiled._process_parameters_for_postcompile(given)  # noqa: SLF001 # as above
    processors = {**compiled._bind_processors, **state.processors}  # noqa: SLF001 # as in _form
    values = [
        processors[name](state.parameters[name]) if processors.get(name) else state.parameters[name]
        for name in state.positiontup or ()
    ]
    return compiled, await run(connection, state.statement, values)


_READERS: "WeakKeyDictionary[Any, Callable[[Sequence[Any]], Any]]" = WeakKeyDictionary()


def _form(statement: Statement, connection: AsyncConnection, values: Mapping[str, Any]) -> _Form:
    compiled: Any = statement.compile(dialect=connection.dialect, column_keys=list(values))
    state = compiled.construct_expanded_state(values)
    processors = {**compiled._bind_processors, **state.processors}  # noqa: SLF001 # nothing public has those of plain values
    places = {
        one: (name, place)
        for name, expanded in state.parameter_expansion.items()
        for place, one in enumerate(expanded)
    }
    binds: list[_Bind] = []
    for one in state.positiontup:
        name, place = places.get(one, (one, None))
        process = processors.get(one)
        if name in values:
            binds.append(_Bind(name, place, process))
        else:
            constant = state.parameters[one]
            binds.append(_Bind(None, constant=process(constant) if process else constant))
    return _Form(state.statement, binds)


def _reader(statement: Statement, connection: AsyncConnection) -> Callable[[Sequence[Any]], Any]:
    """What makes a tuple with attributes of a row as the driver gives it."""
    columns = list(statement.exported_columns)
    # A NamedTuple's fields are written down in the source; these are the columns of any statement.
    names: list[str] = [str(cast("Any", column).key) for column in columns]
    shape: Any = namedtuple("shape", names, rename=True)  # pyright: ignore[reportUntypedNamedTuple]
    dialect = connection.dialect
    processors = [
        column.type.dialect_impl(dialect).result_processor(dialect, _DOUBLE) for column in columns
    ]
    places = [(place, process) for place, process in enumerate(processors) if process is not None]

    def read(row: Sequence[Any]) -> Any:
        values = list(row)
        for place, process in places:
            values[place] = process(values[place])
        return shape._make(values)

    return read
