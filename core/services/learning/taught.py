"""Findings judged as a project's decisions taught, whichever analyst made them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.domain.conversation import Finding
from core.domain.ids import Kind
from core.domain.knowledge import AtomDraft
from core.domain.lessons import WORTH_OF, Judgement, Learned, Worth, changed, fields_of, taught
from core.domain.message import Message
from core.domain.task import TaskDraft
from core.ports.learning import Learner


@dataclass(frozen=True)
class Taught:
    """What was learned of one project; nothing of it changes a finding where nothing was learned."""

    learner: Learner
    learned: Sequence[Learned] = ()

    def task(self, finding: Finding[TaskDraft]) -> Finding[TaskDraft] | None:
        """The finding with category and priority as taught; None when it is not wanted."""
        draft = finding.content
        if not self._is_wanted(Kind.TASK, draft.title, draft.description):
            return None
        for judgement in (Judgement.CATEGORY, Judgement.PRIORITY):
            first = fields_of(draft)[judgement.value]
            draft = changed(
                draft, judgement, self._answer(judgement, first, draft.title, draft.description)
            )
        return finding if draft == finding.content else replace(finding, content=draft)

    def wants_note(self, finding: Finding[AtomDraft]) -> bool:
        """Whether a note is to be proposed."""
        return self._is_wanted(Kind.ATOM, finding.content.title, finding.content.content)

    def wants_message(self, message: Message) -> bool:
        """Whether a message is to be read: not when notes of what is like it are rejected."""
        return self._answer(Judgement.MESSAGE, Worth.KEPT.value, "", message.text) == Worth.KEPT.value

    def _is_wanted(self, kind: Kind, title: str, text: str) -> bool:
        return self._answer(WORTH_OF[kind], Worth.KEPT.value, title, text) == Worth.KEPT.value

    def _answer(self, judgement: Judgement, first: str, title: str, text: str) -> str:
        for one in self.learned:
            if one.judgement is judgement and one.is_used:
                return taught(first, self.learner.answer(one.model, judgement, title, text), judgement)
        return first
