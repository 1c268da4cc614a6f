"""Telegram Desktop's JSON exports, streamed: a chat's name and id, and its messages one by one."""

from bot.archive.archive import Archive, ArchiveKind, list_archives, open_archive
from bot.archive.reading import Migration, Reading

__all__ = ["Archive", "ArchiveKind", "Migration", "Reading", "list_archives", "open_archive"]
