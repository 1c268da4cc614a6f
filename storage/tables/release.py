"""Which release of Triagram gave the tables their form."""

from sqlmodel import Field

from storage.tables.row import Row


class ReleaseRow(Row, table=True):
    """The only row: a version such as 0.4.12. Every later form keeps it, as older programs read it."""

    name: str = Field(primary_key=True)
