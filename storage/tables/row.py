"""What all tables share."""

import re
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import declared_attr
from sqlmodel import AutoString, SQLModel

from storage.types import Text

NO_THREAD = 0
"""Stands for "the whole chat" in keys, where NULL would not be unique; Telegram's thread ids start at 1."""


@cache
def _name_of(row: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", row.removesuffix("Row")).lower()


class Row(SQLModel):
    """A row; its table is named after the class: `SpotAboutRow` is `spot_about`."""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - SQLAlchemy calls it with the class  # pyright: ignore[reportIncompatibleVariableOverride] - as its documentation shows
        """The class's name in snake case, without Row."""
        return _name_of(cls.__name__)


def _keep_text(column: sa.Column[Any], _table: sa.Table) -> None:
    if isinstance(column.type, AutoString):
        column.type = Text()


# SQLModel has one type for every `str`, and this is ours.
event.listen(sa.Column, "before_parent_attach", _keep_text)


def table_of(row: type[Row]) -> sa.Table:
    """The table a row class stands for."""
    return SQLModel.metadata.tables[_name_of(row.__name__)]


def where(condition: sa.ColumnElement[Any]) -> dict[str, Any]:
    """The options that make an index partial, on either database."""
    return {"sqlite_where": condition, "postgresql_where": condition}
