"""What is searched: texts and vectors of proposals, atoms and tasks."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, col

from storage.tables.row import Row
from storage.types import CompactUuid, Embedding, Serial


class ItemTextRow(Row, table=True):
    """An item's words; the full text hangs on `seq`. `embedded_by` is the model that last embedded them."""

    seq: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    item_id: UUID = Field(sa_type=CompactUuid, unique=True)
    kind: str
    project_id: UUID = Field(sa_type=CompactUuid)
    title: str
    text: str
    embedded_by: str | None = Field(default=None, index=True)


class ItemVectorRow(Row, table=True):
    """An item's vector by one model, NULL once it was taken out; `stamp` is the change that wrote it.

    An item that moved leaves a NULL in the project it was in, so that copies in memory learn of it.
    """

    item_id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    model: str = Field(primary_key=True)
    project_id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    kind: str
    vector: bytes | None = Field(default=None, sa_type=Embedding)
    stamp: int


sa.Index(
    "ix_item_vector_stamp",
    col(ItemVectorRow.project_id),
    col(ItemVectorRow.kind),
    col(ItemVectorRow.model),
    col(ItemVectorRow.stamp),
    col(ItemVectorRow.item_id),
)


class VectorStampRow(Row, table=True):
    """How often the vectors of a project, kind and model changed: what a copy in memory compares."""

    project_id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    kind: str = Field(primary_key=True)
    model: str = Field(primary_key=True)
    stamp: int
