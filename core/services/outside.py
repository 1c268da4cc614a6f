"""What the use cases of one installation need from outside."""

from collections.abc import Callable
from dataclasses import dataclass, field

from core.ports.agents import Analysts
from core.ports.analysis import Analyst, Conversations, Editor, Embedder, Matcher, Noise
from core.ports.answering import Answerer
from core.ports.archive import Exports
from core.ports.chat import ChatFacts, Messenger, Painter
from core.ports.deletions import DeletionLog
from core.ports.files import TaskWriter
from core.ports.learning import Learner
from core.ports.meter import Meter, Uncounted
from core.ports.unit_of_work import Transactions
from core.ports.world import Clock, Ids, Wakeups
from core.services.agents.answering import NoModels
from core.services.daily.schedules import NextFire


@dataclass(frozen=True)
class Ports:
    """Everything the use cases need from outside; `analyst` are the rules, `models` answer for all others.

    `bot_username` is "" until Telegram has told it; `holder` is this process among those that share the
    installation.
    """

    transactions: Transactions
    clock: Clock
    ids: Ids
    wakeups: Wakeups
    facts: ChatFacts
    messenger: Messenger
    painter: Painter
    embedder: Embedder
    analyst: Analyst
    noise: Noise
    conversations: Conversations
    matcher: Matcher
    answerer: Answerer
    learner: Learner
    editor: Editor
    deletions: DeletionLog
    exports: Exports
    writer: TaskWriter
    next_fire: NextFire
    bot_id: int
    bot_username: Callable[[], str]
    holder: str = "alone"
    allow: str = "owners"
    meter: Meter = field(default_factory=Uncounted)
    models: Analysts = field(default_factory=NoModels)
