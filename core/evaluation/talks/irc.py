"""Logs of IRC whose links people drew: link, exact conversation and one-to-one figures."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from core.evaluation.score import Labelled, Score, Task
from core.evaluation.talks.grouping import Link, exact_counts, f_of, groups_of, one_to_one
from core.evaluation.talks.links import NEW_DOMAINS, UBUNTU, Log, log_linkers
from core.evaluation.talks.simple import Parents, by_address, by_gap
from core.rules.conversations import parents_of

PUBLISHED = {"link_f": 0.735, "exact_f": 0.38, "one_to_one": 0.756}
"""Kummerfeld et al. 2019, tables 3 and 4, on the Ubuntu test logs; learned from 67,000 messages."""
LEAST = 2
"""Messages of a conversation that counts as found whole."""


@dataclass
class Tally:
    """Counts over logs."""

    links: Counter[str] = field(default_factory=Counter[str])
    exact: Counter[str] = field(default_factory=Counter[str])
    agreed: int = 0
    messages: int = 0

    def add(self, theirs: set[Link], ours: set[Link]) -> None:
        """One log, by links from each annotated message to an earlier one or to itself."""
        self.links.update(right=len(theirs & ours), ours=len(ours), theirs=len(theirs))
        groups = groups_of(theirs), groups_of(ours)
        self.exact.update(exact_counts(*groups, least=LEAST))
        agreed, messages = one_to_one(*groups)
        self.agreed += agreed
        self.messages += messages

    @property
    def figures(self) -> dict[str, float]:
        """By metric."""
        return {
            "link_f": f_of(**self.links),
            "exact_f": f_of(**self.exact),
            "one_to_one": self.agreed / self.messages if self.messages else 0.0,
        }


def score_logs(labelled: Labelled) -> Sequence[Score]:
    """Links, conversations found whole, and messages in the right one, of all logs together.

    The baseline is the better of the ten-minute gap and the reply-and-address rule.
    """
    logs = list(labelled.rows(Log))
    linkers, is_refitted = log_linkers(labelled, logs)
    ours = tally(logs, (parents_of(log.said, linker) for log, linker in zip(logs, linkers, strict=True)))
    simple = [tally(logs, (rule(log.said) for log in logs)).figures for rule in (by_gap, by_address)]
    n = sum(len(_theirs(log)) for log in logs)
    return [
        Score(
            labelled.name,
            "conversations",
            metric,
            value,
            n,
            baseline=max(one[metric] for one in simple),
            published=PUBLISHED[metric] if labelled.name == UBUNTU else None,
            is_refitted=is_refitted,
        )
        for metric, value in ours.figures.items()
    ]


def tally(logs: Sequence[Log], found: Iterable[Parents]) -> Tally:
    """What was found in each log, counted over all."""
    counts = Tally()
    for log, parents in zip(logs, found, strict=True):
        counts.add(_theirs(log), _ours(log, parents))
    return counts


def _theirs(log: Log) -> set[Link]:
    return {(earlier, later) for earlier, later in log.links if later >= log.annotated_from}


def _ours(log: Log, parents: Parents) -> set[Link]:
    """What the server says is nobody's answer."""
    numbers = [int(message.key.message_id) for message in log.said]
    links = {(line.i, line.i) for line in log.messages if line.system}
    links |= {
        (number if parent is None else numbers[parent], number)
        for number, parent in zip(numbers, parents, strict=True)
    }
    return {link for link in links if link[1] >= log.annotated_from}


TASKS = (Task(UBUNTU, "conversations", score_logs), Task(NEW_DOMAINS, "conversations", score_logs))
