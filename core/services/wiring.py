"""All use cases of one installation, wired by hand from the ports."""

from dataclasses import dataclass

from core.ports.analysis import Analyst, Conversations, Embedder, Matcher, Noise
from core.ports.chat import ChatFacts
from core.ports.unit_of_work import Transactions
from core.ports.world import Clock, Ids, Wakeups
from core.services.chats.rights import Rights
from core.services.desk.notes import NotesService
from core.services.desk.sessions import SessionService
from core.services.review.review import ReviewService
from core.services.review.settling import Settling
from core.services.review.undoing import Undoing
from core.services.runs.closing import Closing
from core.services.runs.likeness import Likeness
from core.services.runs.planning import Planning
from core.services.runs.presenting import Presenting
from core.services.runs.proposing import Proposing
from core.services.runs.reading import ReadingStage
from core.services.runs.runs import RunService
from core.services.runs.studying import StudyingStage
from core.services.runs.work import Work
from core.services.showing.placing import Placing
from core.settings import Settings


@dataclass(frozen=True)
class Ports:
    """Everything the use cases need from outside."""

    transactions: Transactions
    clock: Clock
    ids: Ids
    wakeups: Wakeups
    facts: ChatFacts
    embedder: Embedder
    analyst: Analyst
    noise: Noise
    conversations: Conversations
    matcher: Matcher


@dataclass(frozen=True)
class UseCases:
    """What can be done."""

    placing: Placing
    rights: Rights
    review: ReviewService
    likeness: Likeness
    presenting: Presenting
    settling: Settling
    runs: RunService
    work: Work
    notes: NotesService
    sessions: SessionService


def wired(ports: Ports, settings: Settings) -> UseCases:
    """The use cases over these ports."""
    p = ports
    placing = Placing(p.transactions, p.clock, p.ids, p.wakeups)
    settling = Settling(p.clock, p.ids, placing)
    undoing = Undoing(p.clock, settling, settings.review)
    review = ReviewService(p.transactions, p.clock, placing, settling, undoing, settings.review)
    presenting = Presenting(p.clock, placing, settings.review)
    closing = Closing(p.clock, p.ids, settling, placing, presenting)
    likeness = Likeness(p.embedder, p.matcher, p.clock, settings)
    planning = Planning(
        p.transactions, p.clock, p.ids, p.analyst, p.noise, p.conversations, settings.analysis
    )
    runs = RunService(
        p.transactions, p.clock, p.ids, p.wakeups, p.analyst, planning, closing, placing, settings
    )
    proposing = Proposing(p.clock, p.ids, p.embedder, likeness, settling, settings.review)
    reading = ReadingStage(p.transactions, p.analyst, p.embedder, likeness, proposing)
    studying = StudyingStage(p.transactions, p.analyst, p.embedder, likeness, proposing)
    return UseCases(
        placing=placing,
        rights=Rights(p.transactions, p.clock, p.facts),
        review=review,
        likeness=likeness,
        presenting=presenting,
        settling=settling,
        runs=runs,
        work=Work(
            transactions=p.transactions,
            clock=p.clock,
            wakeups=p.wakeups,
            planning=planning,
            reading=reading,
            studying=studying,
            closing=closing,
            embedder=p.embedder,
            settings=settings.analysis,
        ),
        notes=NotesService(p.transactions, settling, undoing, runs, placing, settings.review),
        sessions=SessionService(p.transactions, p.clock, placing, review),
    )
