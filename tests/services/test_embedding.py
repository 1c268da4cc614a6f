"""Another model for the search: everything is embedded anew, and what is found meanwhile is right."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from core.domain.conversation import Usage
from core.domain.ids import Kind, Ref, UpdateId
from core.domain.person import Installation
from core.domain.run import Stage
from core.domain.showing.shown_agents import ShownEmbedding
from core.domain.showing.view_agents import EmbeddingCard
from core.errors import AnalystFailed, Failing
from core.ports.analysis import Vector
from core.services.chats.capture import CaptureKind, Wish
from core.services.money.embedding import PaidEmbedder
from core.services.runs.embedding import SEARCH, SWEEP
from core.services.wiring import wired
from storage.inbox import SqlInbox
from tests.builders import PROJECT, a_message
from tests.databases import BOTH
from tests.fakes import HashEmbedder
from tests.house import ANN, DIRECT, REVIEWER, House

if TYPE_CHECKING:
    from storage.unit_of_work import SqlTransactions

DATABASES = BOTH


class OtherEmbedder(HashEmbedder):
    """Another model, with other vectors of another length; breaks when told."""

    name = "other-1"

    def __init__(self) -> None:
        self.calls = 0
        self.is_away = False
        self.seen: list[str] = []

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        if self.is_away:
            raise AnalystFailed(Failing.AWAY)
        self.calls += 1
        self.seen += texts
        rows = [np.frombuffer(one, np.float32) for one in await super().embed(texts)]
        return [Vector(np.concatenate([row, row]).tobytes()) for row in rows]

    async def embed_priced(self, texts: Sequence[str]) -> tuple[list[Vector], Usage]:
        return await self.embed(texts), Usage(10 * len(texts), 0, 0.001)


def with_embedder(house: House, embedder: OtherEmbedder | HashEmbedder) -> None:
    house.ports = replace(house.ports, embedder=embedder)
    house.do = wired(house.ports, house.settings)


async def furnish(house: House, count: int) -> None:
    """So many tasks by hand, embedded by the first model."""
    async with house.transactions() as tx:
        await tx.installations.put(Installation(1, owner_id=ANN))
        items = [Ref(Kind.TASK, house.ids.new()) for _ in range(count)]
        for number, item in enumerate(items):
            await tx.search.put_text(item, PROJECT, f"login {number}", "it fails")
    while await house.do.work.embedding.embed_some():
        pass


async def near(house: House, text: str, model: str) -> tuple[int, set[bool]]:
    """How many are found by words and the text's vector, and whether they come with vectors."""
    [vector] = await house.ports.embedder.embed([text])
    async with house.transactions.reading() as tx:
        pool = await tx.search.near(PROJECT, Kind.TASK, text.split(), (model, vector), 10)
    return min(10, len(pool.near)), {one.candidate.vector is not None for one in pool.near}


async def cards(house: House) -> list[ShownEmbedding]:
    async with house.transactions.reading() as tx:
        spots = await tx.spots.list_about(SEARCH)
        loaded = [await house.do.delivery.loading.load(tx, spot) for spot in spots]
    assert all(spot.chat_id == DIRECT.chat_id and isinstance(spot.view, EmbeddingCard) for spot in spots)
    return [cast("ShownEmbedding", one.shown) for one in loaded]


async def test_until_everything_is_embedded_anew_words_alone_find(house: House) -> None:
    await furnish(house, 2 * SWEEP + 10)
    assert await near(house, "login", "hash-1") == (10, {True})
    other = OtherEmbedder()
    with_embedder(house, other)
    assert await near(house, "login", "other-1") == (10, {False})
    assert await house.do.work.embedding.embed_some()
    assert await near(house, "login", "other-1") == (10, {False}), "a half is no whole"
    while await house.do.work.embedding.embed_some():
        pass
    found, has_vectors = await near(house, "login", "other-1")
    assert (found, has_vectors) == (10, {True})
    assert len(other.seen) - 3 == 2 * SWEEP + 10, "each once, beside the three that were looked for"


async def test_a_change_is_told_to_the_owner_in_one_message_that_goes_along(house: House) -> None:
    await furnish(house, 2 * SWEEP + 10)
    assert await cards(house) == []
    with_embedder(house, OtherEmbedder())
    told: list[tuple[int, int]] = []
    while await house.do.work.embedding.embed_some():
        told += [(one.done, one.total) for one in await cards(house)]
    told += [(one.done, one.total) for one in await cards(house)]
    assert told == [(SWEEP, 210), (2 * SWEEP, 210), (210, 210)]


async def test_a_change_back_costs_nothing(house: House) -> None:
    await furnish(house, SWEEP + 10)
    first = HashEmbedder()
    with_embedder(house, OtherEmbedder())
    while await house.do.work.embedding.embed_some():
        pass
    with_embedder(house, first)
    async with house.transactions.reading() as tx:
        assert not await tx.search.is_embedded_anew(first.name)
        assert await tx.search.list_unembedded(first.name, SWEEP) == []
    assert not await house.do.work.embedding.embed_some()
    async with house.transactions.reading() as tx:
        assert not await tx.search.is_embedded_otherwise(first.name)
    assert (await near(house, "login", first.name))[1] == {True}


async def test_what_is_edited_meanwhile_is_no_change_of_the_model(house: House) -> None:
    await furnish(house, 3)
    async with house.transactions() as tx:
        await tx.search.put_text(Ref(Kind.TASK, house.ids.new()), PROJECT, "login again", "new")
        assert not await tx.search.is_embedded_anew("hash-1")
    assert (await near(house, "login", "hash-1"))[0] == 4


async def test_an_embedder_that_is_away_leaves_capture_alone_and_is_caught_up_with(house: House) -> None:
    other = OtherEmbedder()
    with_embedder(house, other)
    other.is_away = True
    wish = Wish(PROJECT, CaptureKind.BUG, a_message(1, "login is dead"))
    proposal = await house.do.capture.capture(wish, REVIEWER)
    with pytest.raises(AnalystFailed):
        await house.do.work.embedding.embed_some()
    other.is_away = False
    await house.do.work.embedding.embed_some()
    async with house.transactions.reading() as tx:
        assert len(await tx.search.vectors_of("other-1", [Ref(Kind.PROPOSAL, proposal.id)])) == 1


async def test_texts_that_leave_are_masked_and_paid_for_apart(house: House) -> None:
    other = OtherEmbedder()
    paid = PaidEmbedder(other, house.transactions, house.clock, house.ids, masks_secrets=True)
    transactions = cast("SqlTransactions", house.transactions)
    with SqlInbox(transactions.database).taking([UpdateId(1)]) as taking:
        await paid.embed(["mail olya@example.org, the token is ghp_0123456789abcdefghijABCDEFGHIJ012345"])
        assert not taking.is_taken, "what the update is for has not been done yet"
    assert "olya@example.org" not in other.seen[0]
    assert "ghp_0123456789" not in other.seen[0]
    async with house.transactions.reading() as tx:
        spent = await tx.ledger.spent_in_common(house.clock.now())
    assert (spent.calls, spent.input_tokens, spent.cost_usd) == (1, 10, 0.001)


async def test_vectors_made_for_a_project_count_in_its_budget(house: House) -> None:
    paid = PaidEmbedder(OtherEmbedder(), house.transactions, house.clock, house.ids, masks_secrets=False)
    house.ports = replace(house.ports, embedder=paid)
    house.do = wired(house.ports, house.settings)
    await house.say("login is dead", "nobody can log in")
    await house.run(Stage.KNOWLEDGE)
    await house.do.asking.ask(PROJECT, "who can log in", DIRECT)
    async with house.transactions.reading() as tx:
        spent = await tx.ledger.list_spent(PROJECT, house.clock.now().replace(day=1))
        common = await tx.ledger.spent_in_common(house.clock.now().replace(day=1))
    # What is known beside the conversation, its notes and subject, the question.
    [vectors] = [one for purpose, _, one in spent if purpose == "embed"]
    assert (vectors.calls, common.calls) == (3, 0)
    assert vectors.cost_usd == pytest.approx(0.003)
