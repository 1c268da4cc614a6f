"""Tasks as Markdown: a list of boxes by status, in the reader's language."""

import re

from bot.view.files.told import Told, told
from bot.view.texts import Sayer
from core.domain.task import TaskStatus
from core.ports.files import TaskSheet

_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
"""What Markdown would take for formatting: what people wrote stays text."""
_DONE = frozenset({TaskStatus.DONE, TaskStatus.DROPPED})


def markdown_of(sheet: TaskSheet, say: Sayer) -> str:
    """The file; statuses without tasks are left out."""
    tasks = told(sheet)
    parts = [f"# {_plain(say('file-title', project=sheet.project.name))}"]
    for status in TaskStatus:
        some = [one for one in tasks if one.status == status]
        if some:
            parts.append(f"## {_plain(say(f'task-status-{status}'))}")
            parts += [_task(one, say, is_over=status in _DONE) for one in some]
    if not tasks:
        parts.append(_plain(say("file-none")))
    return "\n\n".join(parts) + "\n"


def _task(one: Told, say: Sayer, *, is_over: bool) -> str:
    box = "x" if is_over else " "
    facts = ", ".join(_plain(fact) for fact in _facts(one, say) if fact)
    found = [f"- [{box}] **{one.number}** {_plain(one.title)} ({facts})"]
    if one.description and one.description != one.title:
        found.append(f"  {_plain(one.description)}")
    found += [f"  - [{'x' if is_done else ' '}] {_plain(step)}" for step, is_done in one.steps]
    for source in one.sources:
        said = f"{_plain(source.author)}: {_plain(source.text)}"
        found.append(f"  > {said} [↗]({source.link})" if source.link else f"  > {said}")
    return "\n".join(found)


def _facts(one: Told, say: Sayer) -> list[str]:
    owner = one.assignee or say("nobody-yet")
    if one.assignee and not one.has_agreed:
        owner = say("asked", name=one.assignee)
    due = one.due.isoformat() if one.due else ""
    return [say(f"category-{one.category}"), say(f"priority-{one.priority}"), owner, due, *one.tags]


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
