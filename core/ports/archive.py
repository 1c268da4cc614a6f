"""Exports: a chat's past in a file, and such files as people send them."""

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from core.domain.message import Message
from core.domain.person import Chat


class ExportReading(Iterator[Message], Protocol):
    """One pass over an export's messages in its order; raises BadExport where it cannot be read."""

    @property
    def bytes_read(self) -> int:
        """How far into the file this is."""
        ...

    @property
    def skipped(self) -> int:
        """Service messages passed over so far: joins, pins, topics."""
        ...


class Export(Protocol):
    """One chat of an export."""

    @property
    def chat(self) -> Chat:
        """The chat as it is stored: under the live chat's id only where the message ids are its too."""
        ...

    @property
    def total_bytes(self) -> int:
        """The file's size."""
        ...

    def messages(self) -> ExportReading:
        """A fresh pass from the first message."""
        ...


class Exports(Protocol):
    """Files that were sent to the bot."""

    def fetched(self, file_id: str, file_name: str, timezone: str) -> AbstractAsyncContextManager[Export]:
        """The export in a file sent, which is here while the block runs and gone afterwards.

        Raises TelegramAway; BadExport when it is no export, is too large, or Telegram has it no longer.
        `timezone` is for exports that have local time only.
        """
        ...
