"""Agents: named ways to judge, each kept as versions that never change."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime

BUILT_IN = "built-in"
"""The model of the rules: none."""
_NAME = re.compile(r"[a-z][a-z0-9-]{0,31}")


@dataclass(frozen=True)
class Prompt:
    """A prompt as used: its name, whole text and SHA-256."""

    name: str
    text: str
    sha256: str


def prompt_of(name: str, text: str) -> Prompt:
    """A prompt with the hash of its text."""
    return Prompt(name, text, hashlib.sha256(text.encode()).hexdigest())


@dataclass(frozen=True)
class Agent:
    """One version of a named agent; a version never changes, a change is the next one.

    `model` is `provider:name`, `built-in` for the rules; `base_url` "" is the provider's own address;
    `fallback` is the model asked where that one fails, "" for none.
    `prompts` stand in place of the program's own of the same name. `batch_messages`, `gap_minutes` and
    `min_length` are as in `[analysis]`, which holds where they are None.
    """

    name: str
    model: str
    version: int = 1
    base_url: str = ""
    fallback: str = ""
    prompts: tuple[Prompt, ...] = ()
    temperature: float | None = None
    batch_messages: int | None = None
    gap_minutes: int | None = None
    min_length: int | None = None
    created_at: datetime | None = None

    @property
    def is_built_in(self) -> bool:
        """Whether it judges by rules, with no model."""
        return self.model == BUILT_IN

    @property
    def provider(self) -> str:
        """`openai` of `openai:gpt-5-mini`: whose key it needs; "" for the rules."""
        return "" if self.is_built_in else self.model.partition(":")[0]

    def is_like(self, other: "Agent") -> bool:
        """Whether both judge the same way: all but version and age is equal."""
        return replace(other, version=self.version, created_at=self.created_at) == self

    def as_version(self, version: int, at: datetime) -> "Agent":
        """The same as that version, made at that moment."""
        return replace(self, version=version, created_at=at)

    @property
    def signature(self) -> str:
        """What stands under what it proposed."""
        return BUILT_IN if self.is_built_in else self.name


RULES = Agent("rules", BUILT_IN)
"""The agent that is always there and never stored."""


def is_agent_name(name: str) -> bool:
    """Whether a text can name an agent: small letters, digits, hyphens; a letter first, 32 at most."""
    return bool(_NAME.fullmatch(name))


@dataclass(frozen=True)
class AgentKey:
    """One version of an agent."""

    name: str
    version: int

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"
