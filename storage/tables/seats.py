"""Who is at work."""

from datetime import datetime

from sqlmodel import Field

from storage.tables.row import Row
from storage.types import UtcDateTime


class SeatRow(Row, table=True):
    """A process and what it does, for as long as it keeps saying so."""

    duty: str = Field(primary_key=True)
    holder: str = Field(primary_key=True)
    since: datetime = Field(sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime)
