"""Agents: who makes the next run, that it goes on as it began, and what each made of it."""

from dataclasses import dataclass, field, replace

import pytest

from core.domain.agent import RULES, Agent, prompt_of
from core.domain.experiment import Record
from core.domain.run import Run, RunStatus, Stage
from core.errors import AnalystFailed, BadConfig, Failing, NotFound, NotLocal, NotOwner
from core.services.runs.closing import CloseMode
from core.services.wiring import UseCases, wired
from core.settings import LlmSettings, PrivacySettings
from tests.builders import PROJECT, an_actor
from tests.fakes import ScriptedAdviser, ScriptedAnalyst
from tests.house import REVIEWER, House, each_message_a_note, each_note_a_task

CAREFUL = Agent("careful", "openai:gpt-5-mini", prompts=(prompt_of("extract", "Read it twice."),))


@dataclass
class FakeAnalysts:
    """Models by agent; remembers for which agents it was asked."""

    asked: list[Agent] = field(default_factory=list[Agent])
    model: ScriptedAnalyst = field(
        default_factory=lambda: ScriptedAnalyst(each_message_a_note, each_note_a_task, is_free=True)
    )

    adviser: ScriptedAdviser = field(default_factory=ScriptedAdviser)

    def adviser_of(self, agent: Agent) -> ScriptedAdviser:
        return self.adviser

    def analyst_of(self, agent: Agent) -> ScriptedAnalyst:
        self.asked.append(agent)
        return replace(self.model, prompts=agent.prompts, temperature=agent.temperature)


def with_models(house: House, models: FakeAnalysts, **settings: object) -> UseCases:
    """The house with models that answer."""
    house.ports = replace(house.ports, models=models)
    house.settings = replace(house.settings, **settings)
    house.do = wired(house.ports, house.settings)
    return house.do


async def run_and_close(house: House) -> Run:
    await house.say("login is dead")
    run = await house.run(Stage.KNOWLEDGE)
    await house.do.runs.close(run.id, REVIEWER, CloseMode.CARRY)
    return run


async def test_without_a_choice_the_configuration_says_who_reads(house: House) -> None:
    assert (await run_and_close(house)).snapshot.agent == "rules"
    llm = LlmSettings(analyst="llm", model="openai:gpt-5-mini", base_url="https://me:secret@host/v1")
    with_models(house, FakeAnalysts(), llm=llm)
    run = await run_and_close(house)
    assert (run.snapshot.agent, run.snapshot.agent_version) == ("llm", 1)
    assert run.snapshot.base_url == "https://host/v1", "a password is kept nowhere else"
    with_models(house, FakeAnalysts(), llm=replace(llm, model="openai:gpt-5"))
    assert (await run_and_close(house)).snapshot.agent_version == 2
    with_models(house, FakeAnalysts(), llm=replace(llm, model="openai:gpt-5"))
    assert (await run_and_close(house)).snapshot.agent_version == 2


async def test_two_that_share_the_runs_take_turns_from_then_on(house: House) -> None:
    with_models(house, FakeAnalysts())
    await house.do.staff.put(CAREFUL)
    await run_and_close(house)
    await house.do.staff.toggle(PROJECT, Stage.KNOWLEDGE, "careful", REVIEWER)
    house.clock.move(seconds=1)
    made = [(await run_and_close(house)).snapshot.agent for _ in range(6)]
    assert made == ["rules", "careful"] * 3


async def test_a_run_that_was_called_off_gives_its_turn_back(house: House) -> None:
    with_models(house, FakeAnalysts())
    await house.do.staff.put(CAREFUL)
    await house.do.staff.toggle(PROJECT, Stage.KNOWLEDGE, "careful", REVIEWER)
    house.clock.move(seconds=1)
    await house.say("login is dead")
    await house.offer(Stage.KNOWLEDGE)
    run = await house.do.runs.find(PROJECT, None)
    await house.do.runs.cancel(run.id, REVIEWER)
    assert run.snapshot.agent == (await run_and_close(house)).snapshot.agent == "rules"
    assert (await run_and_close(house)).snapshot.agent == "careful"


async def test_a_third_takes_the_place_of_the_second_and_the_last_one_stays(house: House) -> None:
    with_models(house, FakeAnalysts())
    await house.do.staff.put(CAREFUL)
    await house.do.staff.put(replace(CAREFUL, name="quick"))
    toggle = house.do.staff.toggle
    assert await toggle(PROJECT, Stage.TASKS, "careful", REVIEWER) == ("rules", "careful")
    assert await toggle(PROJECT, Stage.TASKS, "quick", REVIEWER) == ("rules", "quick")
    assert await toggle(PROJECT, Stage.TASKS, "rules", REVIEWER) == ("quick",)
    assert await toggle(PROJECT, Stage.TASKS, "quick", REVIEWER) == ("quick",)
    with pytest.raises(NotFound):
        await toggle(PROJECT, Stage.TASKS, "nobody", REVIEWER)
    with pytest.raises(NotOwner):
        await toggle(PROJECT, Stage.TASKS, "rules", an_actor(7))


async def test_a_version_never_changes_and_a_run_goes_on_with_its_own(house: House) -> None:
    models = FakeAnalysts()
    with_models(house, models)
    await house.do.staff.put(CAREFUL)
    await house.do.staff.toggle(PROJECT, Stage.KNOWLEDGE, "careful", REVIEWER)
    await house.do.staff.toggle(PROJECT, Stage.KNOWLEDGE, "rules", REVIEWER)
    models.model.failures = [AnalystFailed(Failing.AWAY)] * 2
    await house.say("login is dead")
    run = await house.run(Stage.KNOWLEDGE)
    assert run.status is RunStatus.FAILED
    newer = await house.do.staff.put(replace(CAREFUL, prompts=(prompt_of("extract", "Read it once."),)))
    assert newer.version == 2
    assert await house.do.staff.put(newer) == newer, "what is alike is no new version"
    models.asked.clear()
    await house.do.runs.resume(run.id, REVIEWER)
    await house.work()
    assert {(one.version, one.prompts) for one in models.asked} == {(1, CAREFUL.prompts)}
    await house.do.runs.close(run.id, REVIEWER, CloseMode.CARRY)
    assert (await run_and_close(house)).snapshot.agent_version == 2
    async with house.transactions.reading() as tx:
        first = await tx.agents.find("careful", 1)
    assert first is not None
    assert first.prompts == CAREFUL.prompts


async def test_an_agent_brings_bounds_of_its_own(house: House) -> None:
    with_models(house, FakeAnalysts())
    await house.do.staff.put(replace(CAREFUL, batch_messages=2, min_length=8))
    await house.do.staff.toggle(PROJECT, Stage.KNOWLEDGE, "careful", REVIEWER)
    await house.do.staff.toggle(PROJECT, Stage.KNOWLEDGE, "rules", REVIEWER)
    await house.say("short one", "tiny", "login is dead", "export is broken")
    run = await house.run(Stage.KNOWLEDGE)
    async with house.transactions.reading() as tx:
        batches = await tx.runs.list_batches(run.id)
    assert [len(one.messages) for one in batches] == [2, 1, 0]
    assert [len(one.left_out) for one in batches] == [0, 0, 1]
    assert run.snapshot.settings["analysis.batch_messages"] == 2


async def test_text_stays_here_where_it_must(house: House) -> None:
    models = FakeAnalysts()
    models.model.sends_text_away = True
    with_models(house, models, privacy=PrivacySettings(local_only=True))
    await house.do.staff.put(CAREFUL)
    await house.do.staff.toggle(PROJECT, Stage.KNOWLEDGE, "careful", REVIEWER)
    await house.do.staff.toggle(PROJECT, Stage.KNOWLEDGE, "rules", REVIEWER)
    await house.say("login is dead")
    with pytest.raises(NotLocal):
        await house.offer(Stage.KNOWLEDGE)
    with_models(house, models, privacy=PrivacySettings())
    await house.offer(Stage.KNOWLEDGE)
    with_models(house, models, privacy=PrivacySettings(local_only=True))
    await house.work()
    run = await house.do.runs.find(PROJECT, None)
    assert (run.status, models.model.calls) == (RunStatus.FAILED, 0)


@pytest.mark.parametrize("name", ["rules", "llm", "Careful", ""])
async def test_names_that_are_the_programs_own_or_no_names_are_refused(house: House, name: str) -> None:
    with pytest.raises(BadConfig):
        await house.do.staff.put(replace(CAREFUL, name=name))


async def test_what_each_made_is_counted_from_the_rows(house: House) -> None:
    await house.say("login is dead", "export is broken", "push is late")
    run = await house.run(Stage.KNOWLEDGE)
    async with house.transactions.reading() as tx:
        notes = [one for one in await tx.proposals.list_of_run(run.id) if one.title != "Login"]
    await house.do.review.reject(notes[0].id, REVIEWER, notes[0].press_version)
    await house.do.review.approve(notes[1].id, REVIEWER, notes[1].press_version)
    async with house.transactions.reading() as tx:
        records = await tx.agents.list_records(PROJECT)
    assert records == [Record(run.snapshot.key, "built-in", Stage.KNOWLEDGE, 1, 1, 0, 1, 0, 1)]
    assert RULES.name == run.snapshot.agent
