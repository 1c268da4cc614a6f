"""A reply to a card: the rules read what they understand whole, a model the rest; a tap alone changes."""

import pytest

from core.domain.advice import Edited
from core.domain.conversation import Usage
from core.domain.ids import PersonId
from core.domain.patch import Instruction, Patch
from core.domain.person import Person
from core.domain.proposal import ProposalStatus
from core.domain.showing.panel import Panel
from core.domain.showing.view import ProposalCard
from core.domain.task import Assignee, Priority
from core.errors import AnalystFailed, BadText, Failing
from core.ports.meter import Part
from core.services.desk.editing import Reply
from core.settings import LlmSettings
from tests.builders import PROJECT, a_proposal
from tests.house import ANN, DIRECT, House
from tests.services.test_agents import FakeAnalysts, with_models

LLM = LlmSettings(analyst="llm", model="openai:gpt-5-mini")
CARD = a_proposal()
LOW = Edited(Patch(priority=Priority.LOW), Usage(10, 5))


@pytest.fixture
def models(house: House) -> FakeAnalysts:
    models = FakeAnalysts()
    with_models(house, models, llm=LLM)
    return models


async def replied(house: House, text: str, by: int = 1) -> tuple[bool, ProposalCard]:
    """Whether the reply was taken, and the card afterwards."""
    async with house.transactions() as tx:
        await tx.proposals.add(CARD)
        spot = await house.do.placing.show(tx, ProposalCard(CARD.id), DIRECT, about={CARD.id})
    taken = await house.do.editing.propose(Reply(spot.id, Person(PersonId(by), "Ann"), text))
    async with house.transactions.reading() as tx:
        view = (await tx.spots.get(spot.id)).view
        left = await tx.proposals.get(CARD.id)
        assert await tx.tasks.list_of(PROJECT) == []
    assert (left.content, left.status) == (CARD.content, ProposalStatus.PENDING)
    assert isinstance(view, ProposalCard)
    return taken, view


async def test_what_the_rules_understand_whole_asks_nobody(house: House, models: FakeAnalysts) -> None:
    taken, view = await replied(house, "make it critical")
    assert taken
    assert view.patch == Patch(priority=Priority.CRITICAL)
    assert models.adviser.asked == []


async def test_what_the_rules_do_not_understand_is_read_by_the_model_and_only_shown(
    house: House, models: FakeAnalysts
) -> None:
    models.adviser.edits = lambda _: LOW
    taken, view = await replied(house, "honestly this can wait until the cows come home")
    assert taken
    assert (view.panel, view.patch) == (Panel.CHANGE, Patch(priority=Priority.LOW))
    (asked,) = models.adviser.asked
    assert isinstance(asked, Instruction)
    assert ANN in {person.id for person in asked.people}
    async with house.transactions.reading() as tx:
        spent = await tx.ledger.list_spent(PROJECT, house.clock.now().replace(day=1))
    assert [(purpose, one.tokens) for purpose, _, one in spent] == [("edit", 15)]


async def test_of_what_both_read_the_rules_reading_counts(house: House, models: FakeAnalysts) -> None:
    models.adviser.edits = lambda _: Edited(
        Patch(priority=Priority.LOW, owner=Assignee("Olya", PersonId(7)))
    )
    _, view = await replied(house, "make it critical, and our Olga from support could have a look")
    assert view.patch is not None
    assert (view.patch.priority, view.patch.owner) == (Priority.CRITICAL, Assignee("Olya", PersonId(7)))
    assert view.patch.unclear == ()


async def test_talk_stays_talk(house: House, models: FakeAnalysts) -> None:
    taken, view = await replied(house, "no idea, looks odd to me")
    assert not taken
    assert view.patch is None
    assert len(models.adviser.asked) == 1


async def test_where_the_model_fails_the_rules_reading_stands(house: House, models: FakeAnalysts) -> None:
    models.adviser.failures = [AnalystFailed(Failing.TIMEOUT)]
    _, view = await replied(house, "make it critical, and our Olga from support could have a look")
    assert view.patch is not None
    assert view.patch.priority is Priority.CRITICAL
    assert view.patch.unclear
    assert ("failed", Part.ADVISING, AnalystFailed) in house.meter.counts


async def test_a_patch_of_a_model_is_bounded_like_any_other(house: House, models: FakeAnalysts) -> None:
    models.adviser.edits = lambda _: Edited(Patch(title="x" * 201))
    with pytest.raises(BadText):
        await replied(house, "honestly a much longer headline would do")


async def test_who_does_not_decide_asks_nobody(house: House, models: FakeAnalysts) -> None:
    taken, _ = await replied(house, "honestly this can wait", by=7)
    assert not taken
    assert models.adviser.asked == []
