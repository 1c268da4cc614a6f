"""SQL functions that each database has under another name."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class position_of(FunctionElement[int]):  # noqa: N801 - named as SQL functions are
    """Where a text holds a part of it, from 1; 0 where it does not: `position_of(text, part)`."""

    type = sa.Integer()
    inherit_cache = True


class text_in(FunctionElement[str]):  # noqa: N801 - named as SQL functions are
    """The text at the top of JSON under a key: `text_in(json, key)`."""

    type = sa.String()
    inherit_cache = True


class emptied_in(FunctionElement[Any]):  # noqa: N801 - named as SQL functions are
    """JSON whose text under a key is empty: `emptied_in(json, key)`."""

    type = sa.JSON()
    inherit_cache = True


class nulled_in(FunctionElement[Any]):  # noqa: N801 - named as SQL functions are
    """JSON with nothing under a key: `nulled_in(json, key)`."""

    type = sa.JSON()
    inherit_cache = True


_WAYS: dict[type[FunctionElement[Any]], tuple[str, str]] = {
    position_of: ("instr({0}, {1})", "strpos({0}, {1})"),
    text_in: ("json_extract({0}, '$.' || {1})", "({0} ->> {1}::text)"),
    nulled_in: (
        "json_set({0}, '$.' || {1}, json('null'))",
        "jsonb_set({0}, ARRAY[{1}::text], 'null'::jsonb)",
    ),
    emptied_in: ("json_set({0}, '$.' || {1}, '')", "jsonb_set({0}, ARRAY[{1}::text], '\"\"')"),
}
"""How SQLite says it, and how PostgreSQL."""


def _said(element: FunctionElement[Any], compiler: SQLCompiler, **options: Any) -> str:
    sqlite, postgres = _WAYS[type(element)]
    way = postgres if compiler.dialect.name == "postgresql" else sqlite
    return way.format(*(compiler.process(one, **options) for one in element.clauses))


for _function in _WAYS:
    compiles(_function)(_said)
