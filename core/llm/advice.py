"""What a model may answer as adviser: typed and bounded like its notes and tasks, reasoning first."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from core.llm.answers import Reasoning, Text, cut

MOST_VERDICTS = 40
MOST_CHANGES = 10
MOST_SENTENCES = 5
SENTENCE = 300
WORDS = 500


class FoundVerdict(BaseModel):
    """Whether the two items of a pair are one."""

    reasoning: Reasoning = ""
    pair: int = Field(description="The number in square brackets before the pair.")
    verdict: Literal["same", "related", "different", "unsure"]


class FoundVerdicts(BaseModel):
    """A verdict for each pair; "unsure" is a good answer."""

    verdicts: Annotated[list[FoundVerdict], cut(MOST_VERDICTS), Field(max_length=MOST_VERDICTS)] = []


class PlainVerdict(BaseModel):
    """Whether the two items of a pair are one, in the simplest form."""

    pair: int
    verdict: Literal["same", "related", "different", "unsure"]


class PlainVerdicts(BaseModel):
    """A verdict for each pair; "unsure" is a good answer."""

    verdicts: Annotated[list[PlainVerdict], cut(MOST_VERDICTS), Field(max_length=MOST_VERDICTS)] = []


class FoundChange(BaseModel):
    """One field that the reply asks to change."""

    field: Literal[
        "title", "text", "type", "category", "priority", "owner", "date", "add_tag", "remove_tag"
    ]
    value: Text = Field("", description="The new value; empty where the reply asks to empty the field.")
    words: Annotated[str, cut(WORDS), Field(max_length=WORDS, description="Copied from the reply.")]


class FoundChanges(BaseModel):
    """What the reply asks to change; an empty list for talk that asks for nothing."""

    reasoning: Reasoning = ""
    changes: Annotated[list[FoundChange], cut(MOST_CHANGES), Field(max_length=MOST_CHANGES)] = []


class FoundSentence(BaseModel):
    """One sentence, and what it rests on."""

    text: Annotated[str, cut(SENTENCE), Field(max_length=SENTENCE)]
    item: int = Field(description="The number in square brackets before the item it rests on.")
    words: Annotated[str, cut(WORDS), Field(max_length=WORDS, description="Copied exactly from that item.")]


class FoundSentences(BaseModel):
    """A text, a sentence at a time; an empty list where the items do not answer."""

    reasoning: Reasoning = ""
    sentences: Annotated[list[FoundSentence], cut(MOST_SENTENCES), Field(max_length=MOST_SENTENCES)] = []


class PlainSentence(BaseModel):
    """One sentence, and the number of the item it rests on."""

    text: Annotated[str, cut(SENTENCE), Field(max_length=SENTENCE)]
    item: int


class PlainSentences(BaseModel):
    """A text, a sentence at a time; an empty list where the items do not answer."""

    sentences: Annotated[list[PlainSentence], cut(MOST_SENTENCES), Field(max_length=MOST_SENTENCES)] = []
