"""Words typed to the desk go when they have to: out of History, and out of changes not made yet."""

from core.domain.ids import Kind, Ref
from core.domain.patch import Patch
from core.domain.showing.panel import Panel
from core.domain.showing.view import ProposalCard, SessionCard
from core.domain.task import Priority
from tests.builders import PROJECT, a_proposal, a_task_draft
from tests.databases import BOTH
from tests.house import DIRECT, REVIEWER, House

DATABASES = BOTH


async def test_history_forgets_texts_and_keeps_what_nobody_wrote(house: House) -> None:
    before = a_proposal()
    async with house.transactions() as tx:
        await tx.proposals.add(before)
    changed = a_task_draft(title="Olya's secret", priority=Priority.LOW)
    await house.do.review.edit(before.id, changed, REVIEWER, before.press_version)
    item = Ref(Kind.PROPOSAL, before.id)
    async with house.transactions() as tx:
        (told,) = await tx.history.list_of(item, 9)
        assert (told.before["title"], told.after["title"]) == (before.title, "Olya's secret")
        await tx.history.forget_words([before.id])
        (left,) = await tx.history.list_of(item, 9)
    assert (left.before, left.after) == ({"priority": "high"}, {"priority": "low", "status": "pending"})


async def test_a_change_somebody_typed_goes_with_their_words(house: House) -> None:
    patch = Patch(title="Olya's secret")
    views = (
        ProposalCard(a_proposal().id, Panel.CHANGE, patch=patch),
        SessionCard(PROJECT, panel=Panel.CHANGE, query="secret", patch=patch),
    )
    async with house.transactions() as tx:
        spots = [await house.do.placing.show(tx, view, DIRECT) for view in views]
        await tx.deletions.forget_shown([], [DIRECT.chat_id])
    async with house.transactions.reading() as tx:
        left = [(await tx.spots.get(spot.id)).view for spot in spots]
    assert [getattr(view, "patch", "none") for view in left] == [None, None]
    assert [getattr(view, "query", "none") for view in left] == ["", ""]
