"""Full text, as migration 0001 makes it: FTS5 tables that hold no text of their own.

SQLite only. Triggers keep them, but for new messages: those are added many at once (storage/words.py).
"""

from alembic import op

_WORDS = (("item_words", "item_text", ("title", "text")), ("message_words", "message", ("text",)))


def create() -> None:
    """Make the indexes and the triggers that keep them."""
    for words, table, columns in _WORDS:
        _create(words, table, columns)


def drop() -> None:
    """Drop them; the triggers go with their tables."""
    for words, _, _ in _WORDS:
        op.execute(f"DROP TABLE {words}")


def _create(words: str, table: str, columns: tuple[str, ...]) -> None:
    names = ", ".join(columns)
    old = ", ".join(f"old.{name}" for name in columns)
    new = ", ".join(f"new.{name}" for name in columns)
    # How a table without text of its own learns: https://www.sqlite.org/fts5.html#external_content_tables
    add = f"INSERT INTO {words}(rowid, {names}) VALUES (new.seq, {new});"  # noqa: S608 - names of ours
    take = f"INSERT INTO {words}({words}, rowid, {names}) VALUES ('delete', old.seq, {old});"  # noqa: S608 - names of ours
    op.execute(
        f"CREATE VIRTUAL TABLE {words} USING fts5"
        f"({names}, content='{table}', content_rowid='seq', tokenize='unicode61 remove_diacritics 2')"
    )
    if table != "message":
        op.execute(f"CREATE TRIGGER {words}_added AFTER INSERT ON {table} BEGIN {add} END")
    op.execute(f"CREATE TRIGGER {words}_removed AFTER DELETE ON {table} BEGIN {take} END")
    op.execute(f"CREATE TRIGGER {words}_changed AFTER UPDATE OF {names} ON {table} BEGIN {take} {add} END")
