"""What a model may answer: typed, bounded, with the reasoning before what follows from it.

What is too long is cut rather than refused: a second call for a long title is money for nothing.
"""

from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, BeforeValidator, Field

TITLE = 200
TEXT = 2000
MOST_NOTES = 20
MOST_TASKS = 10
MOST_QUOTES = 6


def cut(limit: int) -> BeforeValidator:
    """What is longer loses its end, characters or items."""

    def shorter(value: Any) -> Any:
        return cast("Any", value[:limit]) if isinstance(value, str | list) else value

    return BeforeValidator(shorter)


def _share(value: Any) -> Any:
    """A share in [0, 1]; a model that counts in percent means the same."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return min(1.0, max(0.0, value / 100 if value > 1 else float(value)))
    return value


Title = Annotated[str, cut(TITLE), Field(max_length=TITLE)]
Text = Annotated[str, cut(TEXT), Field(max_length=TEXT)]
Reasoning = Annotated[str, cut(600), Field(max_length=600, description="Think here first, briefly.")]
Word = Annotated[str, cut(60), Field(max_length=60)]
Words = Annotated[list[Word], cut(10), Field(max_length=10)]
Share = Annotated[float, BeforeValidator(_share), Field(ge=0, le=1)]
NoteKind = Literal["problem", "solution", "decision", "question", "insight", "pattern", "requirement"]
LinkKind = Literal["solves", "supports", "contradicts", "continues", "refines", "relates_to", "depends_on"]
PriorityKind = Literal["low", "medium", "high", "critical"]
CategoryKind = Literal["feature", "bug", "improvement", "question", "chore"]


class Cited(BaseModel):
    """A message by its number, and words exactly as they stand in it."""

    message: int = Field(description="The number in square brackets before the message.")
    words: Annotated[str, cut(500), Field(max_length=500, description="Copied exactly from that message.")]


Citations = Annotated[list[Cited], cut(MOST_QUOTES), Field(max_length=MOST_QUOTES)]


class Linked(BaseModel):
    """How a note bears on a known one."""

    kind: LinkKind
    note: int = Field(description="The number after N of a known note.")


class FoundNote(BaseModel):
    """One thing worth keeping."""

    reasoning: Reasoning
    kind: NoteKind
    title: Title
    content: Text = ""
    subject: Word = Field(description="The subject it belongs to; a known subject's name where one fits.")
    quotes: Citations
    links: Annotated[list[Linked], cut(5), Field(max_length=5)] = []
    confidence: Share = 0.5


class FoundNotes(BaseModel):
    """What is worth keeping of a conversation; an empty list is a good answer."""

    reasoning: Reasoning = ""
    notes: Annotated[list[FoundNote], cut(MOST_NOTES), Field(max_length=MOST_NOTES)] = []


class PlainNote(BaseModel):
    """One thing worth keeping, in the simplest form: a message says it."""

    message: int
    kind: NoteKind
    title: Title
    subject: Word


class PlainNotes(BaseModel):
    """What is worth keeping of a conversation; an empty list is a good answer."""

    notes: Annotated[list[PlainNote], cut(MOST_NOTES), Field(max_length=MOST_NOTES)] = []


class FoundTask(BaseModel):
    """One thing somebody should do."""

    reasoning: Reasoning
    title: Title
    description: Text = ""
    notes: Annotated[list[int], cut(10), Field(max_length=10, description="Numbers after N it rests on.")]
    quotes: Citations
    priority: PriorityKind = "medium"
    category: CategoryKind = "chore"
    tags: Words = []
    assignee: Word = Field("", description="Who took it or was asked, as named in a message; else empty.")
    has_agreed: bool = Field(default=False, description="Whether that person wrote that they will do it.")
    due: Word = Field("", description="The day as YYYY-MM-DD, only where a message says one; else empty.")
    due_words: Word = Field("", description="The exact words of a message that say the day.")
    done_criterion: Annotated[str, cut(300), Field(max_length=300)] = ""
    sub_tasks: Annotated[list[Title], cut(10), Field(max_length=10)] = []
    recommendation: Literal["new_task", "update_existing", "merge", "reject"] = "new_task"
    confidence: Share = 0.5


class FoundTasks(BaseModel):
    """What should be done; an empty list is a good answer."""

    reasoning: Reasoning = ""
    tasks: Annotated[list[FoundTask], cut(MOST_TASKS), Field(max_length=MOST_TASKS)] = []


class PlainTask(BaseModel):
    """One thing somebody should do, in the simplest form."""

    note: int
    title: Title
    category: CategoryKind
    priority: PriorityKind


class PlainTasks(BaseModel):
    """What should be done; an empty list is a good answer."""

    tasks: Annotated[list[PlainTask], cut(MOST_TASKS), Field(max_length=MOST_TASKS)] = []
