"""A model that answers as the test says, behind pydantic-ai's own agent loop."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    TextPart,
    ToolCallPart,
    UserPromptPart,
)
from pydantic_ai.models import Model
from pydantic_ai.models.function import AgentInfo, FunctionModel
from pydantic_ai.usage import RequestUsage

from core.domain.models import ModelName
from core.llm.analyst import LlmAnalyst
from core.llm.asking import Asker
from core.llm.limits import Limiter
from core.rules.deadlines import RuleDays
from core.settings import LlmSettings

Answer = dict[str, Any]
_LINE = re.compile(r"^\[(\d+)\] \S+ \S+ \S+ (.*?)(?: \([^)]*\))?: (.*)$", re.MULTILINE)


@dataclass
class Script:
    """Answers each question by a function of its text; remembers what it was asked."""

    answers: Callable[[str], Answer]
    questions: list[str] = field(default_factory=list[str])
    instructions: list[str] = field(default_factory=list[str])

    def model(self) -> Model:
        return FunctionModel(self._answer, model_name="scripted")

    def _answer(self, messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        question = text_of(messages)
        self.questions.append(question)
        self.instructions.append(info.instructions or "")
        given = self.answers(question)
        usage = RequestUsage(input_tokens=len(question) // 4, output_tokens=50)
        if info.output_tools:
            return ModelResponse([ToolCallPart(info.output_tools[0].name, given)], usage=usage)
        return ModelResponse([TextPart(json.dumps(given))], usage=usage)


def text_of(messages: list[ModelMessage]) -> str:
    """What was asked first, whatever was retried since."""
    for message in messages:
        if isinstance(message, ModelRequest):
            for part in message.parts:
                if isinstance(part, UserPromptPart):
                    return str(part.content)
    raise AssertionError(messages)


def an_asker(script: Script, name: str = "openai:scripted", **settings: Any) -> Asker:
    return Asker(
        (ModelName.parsed(name),), NoKeys(), Limiter(4, 1_000, 10_000_000), LlmSettings(**settings),
        made=script.model,
    )  # fmt: skip


def an_analyst(
    answers: Callable[[str], Answer], name: str = "openai:scripted", **settings: Any
) -> LlmAnalyst:
    return LlmAnalyst(an_asker(Script(answers), name, **settings), RuleDays())


def script_of(analyst: LlmAnalyst) -> Script:
    """The script behind an analyst made here."""
    made = analyst.asker.made
    assert made is not None
    script = getattr(made, "__self__", None)
    assert isinstance(script, Script)
    return script


class NoKeys:
    """There are none, and none is needed."""

    async def find(self, provider: str, base_url: str = "") -> str | None:
        return None


def said_in(question: str) -> list[tuple[int, str, str]]:
    """Number, author and first line of each message a question shows, in order."""
    return [(int(number), author, text) for number, author, text in _LINE.findall(question)]
