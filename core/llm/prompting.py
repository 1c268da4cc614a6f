"""The prompts: texts beside this file, each known by its hash."""

import hashlib
from functools import cache
from importlib import resources

from core.domain.agent import Prompt

EXTRACT, PROPOSE, JUDGE, EDIT, ANSWER, DIGEST = "extract", "propose", "judge", "edit", "answer", "digest"
"""The prompts an agent may have its own of."""
_LANGUAGES = {"en": "English", "ru": "Russian", "uk": "Ukrainian"}


@cache
def prompt(name: str) -> Prompt:
    """The prompt of that name with its whole text."""
    text = resources.files("core.llm").joinpath("prompts", f"{name}.md").read_text(encoding="utf-8").strip()
    return Prompt(name, text, hashlib.sha256(text.encode()).hexdigest())


def language_named(code: str) -> str:
    """A language as a model knows it best: by its English name."""
    return _LANGUAGES.get(code, code)
