"""Tasks as CSV and JSON: names of fields and values are the program's own, whatever the language."""

import csv
import io
import json
from dataclasses import asdict

from bot.view.files.told import Told, told
from bot.view.texts import Sayer
from core.ports.files import TaskSheet

_COLUMNS = (
    "number", "title", "status", "priority", "category", "assignee", "has_agreed", "due", "tags", "steps",
    "done_when", "description", "created_at", "links",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins with one of these is a formula to a spreadsheet, https://owasp.org/www-community/attacks/CSV_Injection."""
_BOM = "\ufeff"
"""Without it Excel takes UTF-8 for the machine's own code page."""


def csv_of(sheet: TaskSheet, _say: Sayer) -> str:
    """A row a task, lists joined by line breaks within a cell."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(_COLUMNS)
    rows.writerows([_safe(cell) for cell in _cells(one)] for one in told(sheet))
    return _BOM + written.getvalue()


def json_of(sheet: TaskSheet, _say: Sayer) -> str:
    """The project and its tasks with steps and sources; dates as ISO 8601."""
    tasks = [_fields(one) for one in told(sheet)]
    told_at = sheet.at.isoformat(timespec="seconds")
    whole = {"project": sheet.project.name, "exported_at": told_at, "tasks": tasks}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _fields(one: Told) -> dict[str, object]:
    steps = [{"text": step, "done": is_done} for step, is_done in one.steps]
    return {**asdict(one), "due": one.due.isoformat() if one.due else None, "steps": steps}


def _cells(one: Told) -> list[str]:
    return [
        one.number, one.title, one.status, one.priority, one.category, one.assignee,
        "yes" if one.has_agreed else "no", one.due.isoformat() if one.due else "", "\n".join(one.tags),
        "\n".join(f"[{'x' if is_done else ' '}] {step}" for step, is_done in one.steps),
        one.done_when, one.description, one.created_at, "\n".join(one.links),
    ]  # fmt: skip


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
