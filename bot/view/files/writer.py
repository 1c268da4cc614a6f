"""`FileWriter`: each format has its module; here is what all of them say of a task."""

from collections.abc import Callable, Mapping

from bot.view.files.calendar import calendar_of
from bot.view.files.markdown import markdown_of
from bot.view.files.tables import csv_of, json_of
from bot.view.texts import Sayer, Texts
from core.ports.files import FileFormat, TaskSheet

_FORMS: Mapping[FileFormat, Callable[[TaskSheet, Sayer], str]] = {
    FileFormat.MARKDOWN: markdown_of,
    FileFormat.CSV: csv_of,
    FileFormat.JSON: json_of,
    FileFormat.CALENDAR: calendar_of,
}


class FileWriter:
    """`core.ports.files.TaskWriter` with these texts."""

    def __init__(self, texts: Texts) -> None:
        """Head what people read with these texts."""
        self._texts = texts

    def write(self, sheet: TaskSheet, form: FileFormat) -> bytes:
        """The file, UTF-8."""
        return _FORMS[form](sheet, self._texts.sayer(sheet.language)).encode()
