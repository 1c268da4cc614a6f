"""Tasks as files: all four say the same, lead back to the messages, and are no formula and no format."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from icalendar import Calendar

from bot.view.files.writer import FileWriter
from bot.view.texts import Texts
from core.domain.task import Assignee, Due, TaskStatus
from core.ports.files import FileFormat, TaskSheet
from tests.bot.view.samples import BUG, CHATS, EVIDENCE, NOW, PROJECT, task

STEPS = ("draw it", "build it")
BOLD = replace(
    BUG, title="=HYPERLINK(1) *now*", sub_tasks=STEPS, ticked=STEPS[:1], assignee=Assignee("Olya"),
    due=Due(date(2025, 11, 14)), tags=("ios",),
)  # fmt: skip
TASKS = (task(draft=BOLD), task(43, status=TaskStatus.DONE))
WRITER = FileWriter(Texts())


def written(form: FileFormat, language: str = "en") -> str:
    return WRITER.write(TaskSheet(PROJECT, TASKS, CHATS, language, NOW), form).decode()


@pytest.mark.parametrize("form", FileFormat)
def test_every_format_leads_back_to_the_messages(form: FileFormat) -> None:
    first = EVIDENCE.quotes[0].key.message_id
    # A calendar folds long lines, https://www.rfc-editor.org/rfc/rfc5545#section-3.1.
    assert f"/{first}" in written(form).replace("\r\n ", "")


@pytest.mark.parametrize("form", FileFormat)
def test_no_tasks_are_a_file_all_the_same(form: FileFormat) -> None:
    assert WRITER.write(TaskSheet(PROJECT, (), {}, "en", NOW), form)


def test_a_cell_is_never_a_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(written(FileFormat.CSV).removeprefix("\ufeff"))))
    assert rows[0]["title"] == "'=HYPERLINK(1) *now*"
    assert (rows[0]["steps"], rows[0]["due"]) == ("[x] draw it\n[ ] build it", "2025-11-14")
    assert rows[1]["status"] == "done"


def test_json_has_every_field_with_its_sources() -> None:
    whole = json.loads(written(FileFormat.JSON))
    one = whole["tasks"][0]
    assert (whole["project"], one["title"], one["assignee"]) == ("Mobile", BOLD.title, "Olya")
    assert one["steps"] == [{"text": "draw it", "done": True}, {"text": "build it", "done": False}]
    assert len(one["sources"]) == len(EVIDENCE.quotes)


def test_a_calendar_reads_each_task_as_a_to_do_with_its_day_and_status() -> None:
    first, second = Calendar.from_ical(written(FileFormat.CALENDAR)).todos
    assert (first.DUE, str(first.status), first.priority) == (date(2025, 11, 14), "NEEDS-ACTION", 3)
    assert str(second.status) == "COMPLETED"
    assert first.uid != second.uid


@pytest.mark.parametrize(("language", "head"), [("en", "Tasks of"), ("ru", "Задачи"), ("uk", "Задачі")])
def test_markdown_is_for_people_in_their_language_and_formats_nothing_people_wrote(
    language: str, head: str
) -> None:
    text = written(FileFormat.MARKDOWN, language)
    assert text.startswith(f"# {head} Mobile")
    assert r"\*now\*" in text
    assert "- [x] draw it" in text
