"""Before a batch commits: a model says of doubtful neighbours whether they are the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.domain.advice import Comparing, Pair, Verdict
from core.domain.conversation import Usage
from core.domain.ids import Kind, Ref
from core.domain.money import Purpose
from core.domain.run import Batch, Run
from core.domain.similarity import SimilarType
from core.ports.analysis import Likeness as Alike
from core.ports.unit_of_work import Transactions
from core.services.agents.consulting import Asked, Consulting
from core.services.runs.likeness import Drafted, Known, Likeness, Weighed

DOUBTFUL = (0.25, 0.95)
"""Scores between which the rules err: below hardly anything is the same, above hardly anything is not."""
SAME_AT = 0.8
"""The least score of what a judge calls the same: where the rules do."""
MOST_OF_ONE, MOST_PAIRS = 3, 24
"""Neighbours of one draft that are asked about, and pairs in the one call of a batch."""
Advised = Mapping[Ref, Verdict]
"""What a judge said of the neighbours of one draft."""
UNADVISED: Advised = {}


@dataclass(frozen=True)
class Opinions:
    """What a judge said, by draft in their order, and what that cost."""

    by_draft: tuple[Advised, ...] = ()
    usage: Usage = Usage()


NO_OPINIONS = Opinions()


@dataclass(frozen=True)
class Judging:
    """Asks the run's own agent, once a batch, with no transaction open."""

    transactions: Transactions
    likeness: Likeness
    consulting: Consulting

    async def advised(self, run: Run, batch: Batch, drafts: Sequence[Drafted]) -> Opinions:
        """What a model says of each draft's doubtful neighbours; nothing where it fails or is none."""
        nothing = Opinions(tuple(UNADVISED for _ in drafts))
        agent = run.snapshot.as_agent()
        if agent.is_built_in or not drafts:
            return nothing
        doubts = await self._doubts(drafts)
        if not doubts:
            return nothing
        async with self.transactions.reading() as tx:
            project = run.snapshot.as_project(await tx.projects.get(run.project_id))
        comparing = Comparing(project, tuple(_pair(drafts[at], known) for at, known in doubts))
        asked = Asked(run.project_id, Purpose.JUDGE, comparing, run.id, batch.id)
        advice = await self.consulting.ask_agent(agent, asked, lambda adviser: adviser.judge(comparing))
        if advice.answer is None:
            return nothing
        found: list[dict[Ref, Verdict]] = [{} for _ in drafts]
        for (at, known), verdict in zip(doubts, advice.answer.verdicts, strict=True):
            found[at][known.similar.target] = verdict
        return Opinions(tuple(found), advice.answer.usage)

    async def _doubts(self, drafts: Sequence[Drafted]) -> list[tuple[int, Known]]:
        """The neighbours in doubt, each with the number of its draft; of many the most alike."""
        found: list[tuple[int, Known, float]] = []
        async with self.transactions.reading() as tx:
            for at, drafted in enumerate(drafts):
                near = [
                    one for one in await self.likeness.known_near(tx, drafted) if _is_doubtful(one.alike)
                ]
                found += [(at, one, one.alike.score) for one in near[:MOST_OF_ONE]]
        nearest = sorted(found, key=lambda one: -one[2])[:MOST_PAIRS]
        return [(at, known) for at, known, _ in nearest]


def _is_doubtful(alike: Alike) -> bool:
    low, high = DOUBTFUL
    return alike.type is not SimilarType.EXACT_MESSAGES and low <= alike.score < high


def _pair(drafted: Drafted, known: Known) -> Pair:
    return Pair(drafted.title, drafted.text, known.similar.title, known.text)


def weighing(advised: Advised, kind: Kind) -> Weighed:
    """How alike neighbours of a draft count as, with what a judge said of them."""
    return lambda known: settled(known.alike, advised.get(known.similar.target), kind)


def settled(alike: Alike, verdict: Verdict | None, kind: Kind) -> Alike:
    """The rules' likeness after a judge's verdict.

    What is said in a chat can tell a model what to answer. So a note is left out as known only where the
    rules call it the same too, and what they call the same stays in sight.
    """
    if verdict is None or verdict is Verdict.UNSURE or alike.type is SimilarType.EXACT_MESSAGES:
        return alike
    related = replace(alike, type=SimilarType.SEMANTIC, is_shown=True, is_duplicate=False)
    if verdict is Verdict.SAME:
        if alike.is_duplicate or kind is Kind.TASK:
            same = replace(related, is_duplicate=True)
            return replace(same, score=max(alike.score, SAME_AT))
        return related
    if verdict is Verdict.RELATED or alike.is_duplicate:
        return replace(related, score=min(alike.score, SAME_AT))
    return replace(alike, type=SimilarType.NONE, is_shown=False)
