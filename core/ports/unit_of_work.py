"""One transaction over all repositories: it commits when its block ends well, else rolls back."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol
from uuid import UUID

from core.domain.ids import Kind, MessageKey, Ref
from core.ports.agents import Agents, Ledger
from core.ports.analysis import Pool, Vector
from core.ports.deletions import Deletions
from core.ports.learning import Lessons
from core.ports.lived import Comments, Reminders
from core.ports.people import Chats, Installations, People, Projects, Watches
from core.ports.records import (
    Digests,
    Histories,
    Knowledge,
    Messages,
    Proposals,
    Runs,
    Schedules,
    Spots,
    Tasks,
)
from core.ports.seats import SeatRows


class Search(Protocol):
    """Nearest by words and by vectors, within one project and kind (proposal, atom, task)."""

    async def put_text(self, item: Ref, project_id: UUID, title: str, text: str) -> None: ...
    async def put_vectors(
        self, project_id: UUID, model: str, items: Sequence[Ref], vectors: Sequence[Vector]
    ) -> None: ...
    async def remove(self, item: Ref) -> None: ...
    async def by_words(self, project_id: UUID, kind: Kind, query: str, limit: int) -> list[Ref]:
        """Best first by BM25; a query without words finds nothing."""
        ...

    async def by_vector(
        self, project_id: UUID, kind: Kind, model: str, vector: Vector, limit: int
    ) -> list[tuple[Ref, float]]:
        """Nearest first with cosine in [-1, 1]; exact."""
        ...

    async def near(
        self, project_id: UUID, kind: Kind, words: Sequence[str], by: tuple[str, Vector | None], limit: int
    ) -> Pool:
        """Items with any of the words and those whose vectors are nearest, `limit` of each, fused.

        `by` is the model and the vector by it; without a vector words alone find. The pool tells how
        common the words are among all items, of every project.
        """
        ...

    async def vectors_of(self, model: str, items: Sequence[Ref]) -> dict[Ref, Vector]: ...
    async def list_unembedded(self, model: str, limit: int) -> list[tuple[Ref, UUID, str]]:
        """Items with text but no vector of this model: item, project, text."""
        ...

    async def is_embedded_anew(self, model: str) -> bool:
        """Whether items still have vectors of another model only: until that is over, words alone find."""
        ...

    async def is_embedded_otherwise(self, model: str) -> bool:
        """Whether another model embedded anything last, whether or not this one did before."""
        ...

    async def adopt(self, model: str) -> None:
        """Count as embedded what has a vector of this model already, whichever made one last."""
        ...

    async def count_embedded(self, model: str) -> tuple[int, int]:
        """How many items this model embedded last, and how many there are."""
        ...

    async def messages_by_words(self, project_id: UUID, query: str, limit: int) -> list[tuple[int, int]]:
        """(chat id, message id), best first."""
        ...

    async def resting_on(self, keys: Sequence[MessageKey], kinds: frozenset[Kind]) -> list[Ref]:
        """Items of these kinds that rest on any of the messages, in the order of the messages."""
        ...


class UnitOfWork(Protocol):
    """All repositories of one transaction."""

    @property
    def installations(self) -> Installations: ...
    @property
    def projects(self) -> Projects: ...
    @property
    def chats(self) -> Chats: ...
    @property
    def people(self) -> People: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def knowledge(self) -> Knowledge: ...
    @property
    def tasks(self) -> Tasks: ...
    @property
    def proposals(self) -> Proposals: ...
    @property
    def runs(self) -> Runs: ...
    @property
    def spots(self) -> Spots: ...
    @property
    def history(self) -> Histories: ...
    @property
    def schedules(self) -> Schedules: ...
    @property
    def seats(self) -> SeatRows: ...
    @property
    def digests(self) -> Digests: ...
    @property
    def watches(self) -> Watches: ...
    @property
    def deletions(self) -> Deletions: ...
    @property
    def comments(self) -> Comments: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def lessons(self) -> Lessons: ...
    @property
    def agents(self) -> Agents: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def search(self) -> Search: ...


class Transactions(Protocol):
    """Opens transactions: called, one that writes; `reading` and `glancing` only read."""

    def __call__(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A writing transaction; within another it joins that one. Never held over a network call."""
        ...

    def reading(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A consistent view; writing in it is a bug."""
        ...

    def glancing(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A view of whatever is there at each question, for what is asked again before it counts."""
        ...

    def after_commit(self, call: Callable[[], None]) -> None:
        """Have `call` run once the present transaction has committed; never if it rolls back."""
        ...
