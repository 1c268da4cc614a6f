"""What keeps search by likeness quick where there is much to be searched."""

from typing import Protocol


class Shortcuts(Protocol):
    """Indexes that the database's own form does not have: made where they are worth it."""

    async def keep(self) -> int:
        """Make those that are worth it, take away those that are not; returns how many changed.

        Takes minutes where one is made; everybody else goes on meanwhile. Raises StorageFailed.
        """
        ...
