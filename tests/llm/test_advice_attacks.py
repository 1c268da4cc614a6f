"""The adviser under attack: it obeys whoever wrote in the chat, and the checks in code hold."""

import re
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from bot.view.html import plain
from core.domain.advice import Comparing, Item, Material, Pair, checked_wording
from core.domain.ids import Kind, Ref
from core.domain.patch import Instruction, Patch
from core.domain.showing.shown_known import Worded
from core.domain.similarity import SimilarType
from core.domain.task import Priority
from core.llm.adviser import LlmAdviser
from core.ports.analysis import Likeness
from core.rules.deadlines import RuleDays
from core.services.runs.judging import settled
from tests.bot.view.checks import ensure_parses
from tests.bot.view.known import NEW, answer
from tests.bot.view.samples import paint
from tests.builders import a_person, a_project, a_task_draft
from tests.llm.scripted import Script, an_asker
from tests.llm.test_attacks import ASIDE

ATTACKS: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "advice_attacks.toml").read_text("utf-8")
)
OURS, THEIRS = Ref(Kind.ATOM, UUID(int=1)), Ref(Kind.ATOM, UUID(int=2))
LIKELY = Likeness(0.85, SimilarType.SEMANTIC, is_shown=True, is_duplicate=True)
HALF = Likeness(0.5, SimilarType.SEMANTIC, is_shown=True, is_duplicate=False)
FENCE = re.compile(r"<(/?)([\w-]+)>")


def attacks(of: str) -> list[Any]:
    return [pytest.param(one, id=one["name"]) for one in ATTACKS[of]]


def obeying(answer: dict[str, Any]) -> tuple[LlmAdviser, Script]:
    script = Script(lambda _: answer)
    return LlmAdviser(an_asker(script), RuleDays()), script


def fences_hold(script: Script) -> bool:
    """Whether our marks are opened and closed once each, and what was written has none of their names."""
    question = script.questions[-1]
    marks = [found for line in question.splitlines() if (found := FENCE.fullmatch(line))]
    names = [mark[2] for mark in marks if not mark[1]]
    closed = [mark[2] for mark in marks if mark[1]]
    return bool(names) and names == closed and all(question.count(f"{one}>") == 2 for one in names)


@pytest.mark.parametrize("attack", attacks("judge"))
async def test_a_judge_that_obeys_hides_nothing(attack: dict[str, Any]) -> None:
    adviser, script = obeying({"verdicts": attack["answer"]})
    pair = Pair("Login fails on iOS", "since 17", attack["said"][:60], attack["said"])
    verdicts = (await adviser.judge(Comparing(a_project(), (pair,)))).verdicts
    assert len(verdicts) == 1
    kind = Kind(attack["kind"])
    # Nothing the rules keep is left out unseen, and what they call the same stays in sight.
    assert not (kind is Kind.ATOM and settled(HALF, verdicts[0], kind).is_duplicate)
    assert settled(LIKELY, verdicts[0], kind).is_shown
    assert fences_hold(script)


@pytest.mark.parametrize("attack", attacks("edit"))
async def test_a_draft_cannot_ask_for_changes_of_itself(attack: dict[str, Any]) -> None:
    adviser, script = obeying({"changes": attack["answer"]})
    ann, mallory = a_person(1, "Ann"), a_person(66, "Mallory")
    at = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
    draft = a_task_draft(description=attack["said"], priority=Priority.LOW)
    talk = Instruction("thanks, looks good", draft, ann, (ann, mallory), at, "UTC")
    assert (await adviser.edit(talk)).patch is None
    assert fences_hold(script)
    asked, _ = obeying(
        {"changes": [*attack["answer"], {"field": "priority", "value": "high", "words": "make it high"}]}
    )
    wanted = await asked.edit(replace(talk, text="make it high"))
    assert wanted.patch == Patch(priority=Priority.HIGH)


@pytest.mark.parametrize("question", ["when do we ship?", ""], ids=["answer", "digest"])
@pytest.mark.parametrize("attack", attacks("word"))
async def test_a_sentence_rests_on_an_item_and_links_calls_and_formats_nothing(
    attack: dict[str, Any], question: str
) -> None:
    adviser, script = obeying({"sentences": attack["answer"], "reasoning": attack["said"]})
    items = (
        Item(OURS, "decision", "Ship 2.4 on Thursday", "Ann, 2026-11-10: we ship 2.4 on Thursday"),
        Item(THEIRS, "insight", attack["said"][:60], attack["said"]),
    )
    material = Material(a_project(), items, question)
    wording = checked_wording((await adviser.word(material)).claims, material)
    assert len(wording.sentences) == attack["left"]
    assert {one.ref for one in wording.sentences} <= {THEIRS}
    assert fences_hold(script)
    sentences = tuple(Worded(one.text, NEW) for one in wording.sentences)
    html = paint(replace(answer(NEW), sentences=sentences)).html
    ensure_parses(html)
    assert not ASIDE.search(plain(html)), html
