"""Full text, as migration 0001 makes it.

On SQLite FTS5 tables that hold no text of their own. Triggers keep them, but for new messages: those are
added many at once (storage/sqlite/flavour.py). On PostgreSQL a column computed from the text.
"""

from alembic import op

_WORDS = (("item_words", "item_text", ("title", "text")), ("message_words", "message", ("text",)))

_PLAIN_OF = r"""
CREATE FUNCTION plain_of(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    regexp_replace(normalize(
        regexp_replace(normalize(lower(said), NFKD), '([a-z])[\u0300-\u036f]+', '\1', 'g'), NFC
    ), '[^[:alnum:]]+', ' ', 'g')
"""
"""Words as FTS5's unicode61 has them: Latin letters without their marks, and nothing but words, so that
PostgreSQL's own parser finds no addresses and no signs in numbers."""


def create() -> None:
    """Make the indexes and what keeps them."""
    is_postgres = op.get_context().dialect.name == "postgresql"
    if is_postgres:
        op.execute(_PLAIN_OF)
    for words, table, columns in _WORDS:
        if is_postgres:
            _compute(table, columns)
        else:
            _create(words, table, columns)


def drop() -> None:
    """Drop them; the triggers go with their tables."""
    if op.get_context().dialect.name == "postgresql":
        for _, table, _ in _WORDS:
            op.drop_column(table, "words")
        op.execute("DROP FUNCTION plain_of")
        return
    for words, _, _ in _WORDS:
        op.execute(f"DROP TABLE {words}")


def _compute(table: str, columns: tuple[str, ...]) -> None:
    said = " || ' ' || ".join(columns)
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN words tsvector"
        f" GENERATED ALWAYS AS (to_tsvector('simple', plain_of({said}))) STORED"
    )
    op.execute(f"CREATE INDEX ix_{table}_words ON {table} USING gin (words)")


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
