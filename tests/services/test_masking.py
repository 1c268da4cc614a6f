"""Masking: what an analyst elsewhere is shown, and what becomes of its answer."""

from dataclasses import replace

import pytest

from core.domain.conversation import Extraction, Finding, Reading, Study, Suggestions
from core.domain.run import RunStatus, Stage
from core.domain.task import TaskDraft
from core.services.agents.masking import guarded
from core.services.wiring import wired
from core.settings import PrivacySettings
from tests.builders import PROJECT, a_message, a_project
from tests.fakes import ScriptedAnalyst
from tests.house import House, each_message_a_note

CONTACT = "mail ann@example.com or call +380 50 123 45 67 about the login"
KEYED = "the staging key is sk-abcdefghijklmnop1234, login fails with it"


async def read_away(house: House, *, masks_secrets: bool = True) -> list[Reading]:
    """Reading a contact and a secret by an analyst elsewhere; return what it was shown."""
    shown: list[Reading] = []

    def extracts(reading: Reading) -> Extraction:
        shown.append(reading)
        return each_message_a_note(reading)

    house.analyst.sends_text_away = True
    house.analyst.extracts = extracts
    privacy = PrivacySettings(mask_secrets=masks_secrets)
    house.do = wired(house.ports, replace(house.settings, privacy=privacy))
    await house.say(CONTACT, KEYED)
    assert (await house.run(Stage.KNOWLEDGE)).status is RunStatus.COMPLETED
    return shown


async def test_an_analyst_elsewhere_sees_neither_contacts_nor_secrets(house: House) -> None:
    shown = repr(await read_away(house))
    assert "⟨email 1⟩" in shown
    assert "⟨phone 2⟩" in shown
    for hidden in ("ann@example", "123 45 67", "sk-abc"):
        assert hidden not in shown


async def test_contacts_come_back_and_secrets_stay_hidden_and_both_pass_the_evidence_check(
    house: House,
) -> None:
    await read_away(house)
    async with house.transactions.reading() as tx:
        pending = await tx.proposals.list_pending(PROJECT)
    quotes = [quote.text for one in pending for quote in one.evidence.quotes]
    assert CONTACT in quotes
    assert KEYED.replace("sk-abcdefghijklmnop1234", "•••") in quotes


async def test_the_second_stage_is_masked_too() -> None:
    told: list[Study] = []

    def proposes(study: Study) -> Suggestions:
        told.append(study)
        return Suggestions((Finding(TaskDraft(study.messages[0].text), 0.8, "asked"),))

    study = Study(a_project(), (), (a_message(1, CONTACT), a_message(2, KEYED)))
    inner = ScriptedAnalyst(proposes=proposes, sends_text_away=True)
    [task] = (await guarded(inner, masks_secrets=True).propose(study)).tasks
    assert task.content.title == CONTACT
    assert "ann@example" not in repr(told)
    assert "sk-abc" not in repr(told)


async def test_masking_can_be_switched_off(house: House) -> None:
    assert "ann@example.com" in repr(await read_away(house, masks_secrets=False))


@pytest.mark.parametrize("text", [CONTACT, KEYED])
async def test_an_analyst_that_reads_here_sees_the_text_itself(house: House, text: str) -> None:
    seen: list[Reading] = []
    house.analyst.extracts = lambda reading: seen.append(reading) or Extraction()
    await house.say(text)
    await house.run(Stage.KNOWLEDGE)
    assert text in repr(seen)
