"""What several use cases are made of, wired by hand from the ports."""

from dataclasses import dataclass

from core.services.access.readership import Readership
from core.services.agents.answering import Answering
from core.services.agents.choosing import Choosing
from core.services.agents.consulting import Consulting
from core.services.knowledge.wording import WordingService
from core.services.learning.learning import LearningService
from core.services.money.budgets import Budgets
from core.services.money.paying import Paying
from core.services.outside import Ports
from core.services.review.settling import Settling
from core.services.review.undoing import Undoing
from core.services.runs.closing import Closing
from core.services.runs.likeness import Likeness
from core.services.runs.planning import Planning
from core.services.runs.presenting import Presenting
from core.services.sharing.seats import Seats
from core.services.showing.candidates import Candidates
from core.services.showing.placing import Placing
from core.services.tuning.configuring import Configuring
from core.settings import Settings


@dataclass(frozen=True)
class Parts:
    """What several use cases are made of."""

    placing: Placing
    settling: Settling
    undoing: Undoing
    likeness: Likeness
    planning: Planning
    closing: Closing
    readership: Readership
    candidates: Candidates
    seats: Seats
    learning: LearningService
    answering: Answering
    choosing: Choosing
    budgets: Budgets
    paying: Paying
    consulting: Consulting
    wordings: WordingService
    configuring: Configuring


def parts_of(p: Ports, settings: Settings) -> Parts:
    """The parts over these ports."""
    placing = Placing(p.transactions, p.clock, p.ids, p.wakeups)
    settling = Settling(p.clock, p.ids, placing)
    presenting = Presenting(p.clock, placing, settings.review)
    answering = Answering(p.analyst, p.models, settings.privacy)
    choosing = Choosing(p.clock, settings.llm)
    learning = LearningService(p.transactions, p.clock, p.learner)
    budgets = Budgets(p.clock, placing, settings.llm)
    paying = Paying(p.transactions, p.clock, p.ids, budgets)
    consulting = Consulting(p.transactions, choosing, answering, paying, p.meter)
    return Parts(
        placing=placing,
        settling=settling,
        undoing=Undoing(p.clock, settling, settings.review),
        likeness=Likeness(p.embedder, p.matcher, p.clock, settings),
        planning=Planning(
            p.transactions,
            p.clock,
            p.ids,
            answering,
            choosing,
            p.noise,
            p.conversations,
            learning,
            settings.analysis,
        ),
        closing=Closing(p.clock, p.ids, settling, placing, presenting, p.meter),
        readership=Readership(p.transactions, p.clock, p.facts),
        candidates=Candidates(p.embedder, p.matcher),
        seats=Seats(p.transactions, p.clock, p.holder),
        learning=learning,
        answering=answering,
        choosing=choosing,
        budgets=budgets,
        paying=paying,
        consulting=consulting,
        wordings=WordingService(consulting),
        configuring=Configuring(p.clock, p.ids),
    )
