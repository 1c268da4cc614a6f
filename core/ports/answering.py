"""Answering questions from what the team kept. The rules or a model may stand behind it."""

from datetime import date
from typing import Protocol

from core.domain.asking import Question
from core.domain.ids import Ref
from core.ports.analysis import Candidate, Pool


class Answerer(Protocol):
    """Says which of the notes and tasks found answer a question; not to know is an answer."""

    def read(self, asked: str, today: date) -> Question:
        """The question, and the day it is asked as of: the last such day up to `today`."""
        ...

    def words_of(self, question: Candidate) -> list[str]:
        """The words to look for, as written."""
        ...

    async def answer(self, question: Candidate, pool: Pool) -> tuple[Ref, ...]:
        """What is to be cited, best first; () when nothing there answers it."""
        ...
