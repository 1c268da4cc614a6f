"""Two decisions that cannot both hold, found before either was decided on."""

import pytest

from core.domain.conversation import Extraction, Finding, Reading
from core.domain.knowledge import AtomDraft, AtomType
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.run import Stage
from core.domain.showing.ticks import is_doubtful
from tests.builders import PROJECT, a_quote
from tests.databases import BOTH
from tests.house import REVIEWER, House

DATABASES = BOTH

EARLIER, LATER = "ship on Thursday", "not: ship on Thursday"


def each_message_a_decision(reading: Reading) -> Extraction:
    """The latest first, so that the order of proposing says nothing."""
    found = [
        Finding(AtomDraft(AtomType.DECISION, one.text, one.text), 0.95, "so", (a_quote(one),), topic="Ship")
        for one in reversed(reading.conversation.messages)
    ]
    return Extraction(atoms=tuple(found))


@pytest.fixture
def deciding(house: House) -> House:
    house.analyst.extracts = each_message_a_decision
    return house


async def opposed(house: House) -> tuple[Proposal, Proposal]:
    """The earlier and the later of two decisions found in one run, whichever was proposed first."""
    async with house.transactions.reading() as tx:
        pending = {one.title: one for one in await tx.proposals.list_pending(PROJECT)}
    return pending[EARLIER], pending[LATER]


async def test_of_two_opposed_decisions_the_later_is_marked_and_not_ticked(deciding: House) -> None:
    await deciding.say(EARLIER, LATER)
    await deciding.run(Stage.KNOWLEDGE)
    earlier, later = await opposed(deciding)
    assert isinstance(later.content, AtomDraft)
    assert later.content.replaces == EARLIER
    assert (is_doubtful(earlier), is_doubtful(later)) == (False, True)


async def test_so_it_is_across_conversations_of_a_run(deciding: House) -> None:
    await deciding.say(EARLIER, "a", "b", "c", "d", LATER)
    await deciding.run(Stage.KNOWLEDGE)
    earlier, later = await opposed(deciding)
    assert (is_doubtful(earlier), is_doubtful(later)) == (False, True)


@pytest.mark.parametrize("first", [EARLIER, LATER])
async def test_whichever_is_kept_first_only_the_later_stays_in_force(deciding: House, first: str) -> None:
    await deciding.say(EARLIER, LATER)
    await deciding.run(Stage.KNOWLEDGE)
    for one in sorted(await opposed(deciding), key=lambda one: one.title != first):
        await deciding.do.review.approve(one.id, REVIEWER, one.press_version)
    assert await in_force(deciding) == [LATER]
    await deciding.do.review.undo_last(REVIEWER)
    assert await in_force(deciding) == [first]


async def in_force(house: House) -> list[str]:
    async with house.transactions.reading() as tx:
        return [one.title for one in await tx.knowledge.list_atoms(PROJECT)]


async def test_the_later_is_kept_also_when_the_earlier_was_dropped(deciding: House) -> None:
    await deciding.say(EARLIER, LATER)
    await deciding.run(Stage.KNOWLEDGE)
    earlier, later = await opposed(deciding)
    await deciding.do.review.reject(earlier.id, REVIEWER, earlier.press_version)
    decided = await deciding.do.review.approve(later.id, REVIEWER, later.press_version)
    assert decided.proposal.status is ProposalStatus.APPROVED
    assert await in_force(deciding) == [LATER]
    await deciding.do.review.undo_last(REVIEWER)
    assert await in_force(deciding) == []
