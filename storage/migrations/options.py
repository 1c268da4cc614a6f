"""What Alembic compares and how; for `env.py` and the check."""

from typing import Any

_WORDS = ("item_words", "message_words")


def _is_ours(_object: object, name: str | None, kind: str, _reflected: object, _other: object) -> bool:
    """FTS5 tables and their shadows are made by hand in the migrations, and no model declares them."""
    return not (kind == "table" and (name or "").startswith(_WORDS))


OPTIONS: dict[str, Any] = {
    "render_as_batch": True,
    "compare_type": True,
    "include_object": _is_ours,
    "user_module_prefix": "types.",
}
