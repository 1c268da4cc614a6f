"""What goes along as known: it prevents repeats, is kept with the batch, and can be told again."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.domain.conversation import Conversation, Reading, Recalled
from core.domain.ids import Kind
from core.domain.proposal import Content, Proposal
from core.domain.run import Run, Stage
from core.domain.showing.panel import Panel
from core.domain.showing.view import ProposalCard
from core.domain.similarity import EVEN, SimilarType, Spread
from core.llm.laying import laid_reading
from core.ports.analysis import Candidate, Likeness
from core.services.runs.closing import CloseMode
from core.services.wiring import wired
from storage.engine import open_engine
from storage.unit_of_work import SqlTransactions
from tests.builders import PROJECT
from tests.databases import fresh_database, migrated_database
from tests.fakes import FakeClock, TitleMatcher
from tests.house import DIRECT, REVIEWER, House
from tests.llm.scripted import an_analyst, said_in, script_of
from tests.services.showing.conftest import screen_of

TEMPLATE = migrated_database()
TITLE = "Login is dead on iOS"


class NothingAlike(TitleMatcher):
    """A matcher that finds no two things alike: only the model can know what was proposed before."""

    def compare(self, new: Candidate, known: Candidate, spread: Spread = EVEN) -> Likeness:
        return Likeness(0.0, SimilarType.NONE, is_shown=False, is_duplicate=False)

    def contradicts(self, new: Content, known_title: str, known_text: str) -> bool:
        return False


def repeats(question: str) -> dict[str, Any]:
    """The same note at every chance, unless the question shows it as known."""
    if TITLE in question.partition("<chat>")[0]:
        return {"notes": []}
    number, _, text = said_in(question.partition("The new conversation:")[2])[0]
    quotes = [{"message": number, "words": text}]
    return {
        "notes": [
            {"reasoning": "", "kind": "problem", "title": TITLE, "subject": "Login", "quotes": quotes}
        ]
    }


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[House]:
    database = open_engine(fresh_database(TEMPLATE, tmp_path))
    clock = FakeClock()
    house = House(SqlTransactions(database, clock), clock)
    await house.furnish()
    house.analyst = an_analyst(repeats, "ollama:scripted", output="tool")  # pyright: ignore[reportAttributeAccessIssue] -- any analyst will do
    house.do = wired(replace(house.ports, analyst=house.analyst, matcher=NothingAlike()), house.settings)
    yield house
    await database.dispose()


async def read(house: House, *texts: str, uses_context: bool = True) -> Run:
    await house.say(*texts)
    await house.do.runs.offer(PROJECT, Stage.KNOWLEDGE, None, REVIEWER, DIRECT, uses_context=uses_context)
    await house.work()
    async with house.transactions.reading() as tx:
        run = await tx.runs.find_last(PROJECT, Stage.KNOWLEDGE)
    assert run is not None
    return run


async def notes(house: House) -> list[Proposal]:
    async with house.transactions.reading() as tx:
        return await tx.proposals.list_pending(PROJECT, kinds=frozenset({Kind.ATOM}))


@pytest.mark.parametrize(("uses_context", "found"), [(True, 1), (False, 2)])
async def test_a_model_that_repeats_what_it_is_not_shown_repeats_nothing_with_context(
    house: House, *, uses_context: bool, found: int
) -> None:
    first = await read(house, "login is dead on my iOS phone")
    await house.do.runs.close(first.id, REVIEWER, CloseMode.CARRY)
    house.clock.move(minutes=5)
    await read(house, "login on iOS is still dead", "nobody can log in on iOS", uses_context=uses_context)
    assert len(await notes(house)) == found


async def test_what_went_along_is_kept_with_the_batch_and_shown_under_sources(house: House) -> None:
    first = await read(house, "login is dead on my iOS phone")
    (known,) = await notes(house)
    await house.do.runs.close(first.id, REVIEWER, CloseMode.CARRY)
    house.clock.move(minutes=5)
    script = script_of(house.analyst)  # pyright: ignore[reportArgumentType] -- the scripted model's
    script.answers = lambda question: repeats("<chat>" + question)
    second = await read(house, "login on iOS is still dead")
    async with house.transactions.reading() as tx:
        (batch,) = [one for one in await tx.runs.list_batches(second.id) if one.messages]
    assert (Kind.PROPOSAL, known.id) in {(ref.kind, ref.id) for ref in batch.given.items}
    again = next(one for one in await notes(house) if one.run_id == second.id)
    told = await sources(house, again)
    assert "also shown, as known already" in told
    assert f"{known.name} {TITLE}" in told


async def test_sources_say_where_nothing_known_was_looked_at(house: House) -> None:
    await read(house, "login is dead on my iOS phone", uses_context=False)
    assert "without looking at what was known" in await sources(house, (await notes(house))[0])


async def sources(house: House, proposal: Proposal) -> str:
    screen = screen_of(house)
    house.facts.members.add((proposal.evidence.quotes[0].key.chat_id, REVIEWER.person_id))
    spot = await screen.show(ProposalCard(proposal.id, Panel.SOURCES))
    await screen.deliver()
    return screen.at(await screen.spot(spot)).card.html


async def test_the_very_question_can_be_put_again_from_the_run_and_its_batch(house: House) -> None:
    async with house.transactions() as tx:
        project = await tx.projects.get(PROJECT)
        await tx.projects.save(replace(project, glossary={"DF": "device farm"}, components=("Search",)))
    first = await read(house, "login is dead on my iOS phone")
    await house.do.runs.close(first.id, REVIEWER, CloseMode.CARRY)
    house.clock.move(minutes=5)
    run = await read(house, "login on iOS is still dead", "see above")
    script = script_of(house.analyst)  # pyright: ignore[reportArgumentType] -- the scripted model's
    async with house.transactions() as tx:
        # The project goes on; what was asked then does not change by it.
        await tx.projects.save(replace(await tx.projects.get(PROJECT), glossary={}, language="uk"))
    reading = await read_again(house, run)
    assert laid_reading(reading, 10**6).text == script.questions[-1]
    assert run.snapshot.prompts[0].text == script.instructions[-1]
    assert run.snapshot.temperature == 0.0


async def read_again(house: House, run: Run) -> Reading:
    """The reading as it was, from what the run and its batch kept."""
    async with house.transactions.reading() as tx:
        project = run.snapshot.as_project(await tx.projects.get(PROJECT))
        (batch,) = [one for one in await tx.runs.list_batches(run.id) if one.messages]
        said = await tx.messages.list_keys((*batch.messages, *batch.context, *batch.given.messages))
        proposals = [ref.id for ref in batch.given.items if ref.kind is Kind.PROPOSAL]
        recalled = Recalled(
            proposals=tuple(await tx.proposals.list_ids(proposals)),
            messages=tuple(said[key] for key in batch.given.messages),
        )
    conversation = Conversation(
        tuple(said[key] for key in batch.messages),
        tuple(sorted((said[key] for key in batch.context), key=lambda m: m.sent_at)),
    )
    return Reading(project, conversation, (), recalled)
