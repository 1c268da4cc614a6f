"""An export that was sent: the question for its project, progress, what it brought or why not."""

from bot.view.brush import Brush, Rows
from bot.view.html import said
from bot.view.payload import Verb
from core.domain.showing.shown_setup import ShownImport
from core.domain.showing.view_setup import ImportStep
from core.ports.chat import Card

PROJECTS = 12
"""Projects offered; who decides in more brings files in by the command line."""


def import_card(brush: Brush, shown: ShownImport) -> Card:
    """One message from the file's arrival to its end."""
    view = shown.view
    project = shown.project.name if shown.project else ""
    match view.step:
        case ImportStep.ASKING:
            return Card(brush.say("import-asks", file=view.file_name), _choices(brush, shown))
        case ImportStep.READING:
            return Card(brush.say("import-reads", project=project, percent=view.percent, read=view.read))
        case ImportStep.REFUSED:
            problem, mend = said(view.problem), said(view.mend)
            return Card(
                brush.say("import-refused", file=view.file_name, problem=problem, mend=mend, read=view.read)
            )
        case ImportStep.DONE:
            done = brush.say("import-done", project=project, new=view.new, read=view.read)
            read = ((brush.press(Verb.READ_NEW, "way-read_them"),),) if view.new else ()
            return Card(done, read)


def _choices(brush: Brush, shown: ShownImport) -> Rows:
    return tuple(
        (brush.named(Verb.JOIN_PROJECT, project.name, on=str(index)),)
        for index, project in enumerate(shown.projects[:PROJECTS])
    )
