"""What Alembic compares and how; for `env.py` and the check."""

from typing import Any

_WORDS = ("item_words", "message_words")
_SHORTCUTS = "ix_item_vector_near_"
_COMPUTED = {("column", "words"), ("index", "ix_item_text_words"), ("index", "ix_message_words")}


def _is_ours(_object: object, name: str | None, kind: str, _reflected: object, _other: object) -> bool:
    """The full text is made by hand in the migrations, and no model declares it.

    On SQLite it is FTS5's tables and their shadows, on PostgreSQL a column and its index. There the program
    makes the shortcuts to what is near, storage.postgres.shortcuts.
    """
    is_full_text = kind == "table" and (name or "").startswith(_WORDS)
    is_shortcut = kind == "index" and (name or "").startswith(_SHORTCUTS)
    return not is_full_text and not is_shortcut and (kind, name) not in _COMPUTED


OPTIONS: dict[str, Any] = {
    "render_as_batch": True,
    "compare_type": True,
    "include_object": _is_ours,
    "user_module_prefix": "types.",
}
