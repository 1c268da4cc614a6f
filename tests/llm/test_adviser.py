"""What a model answers as adviser becomes verdicts, patches and claims, and no more than it was given."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from core.domain.advice import Comparing, Item, Material, Pair, Verdict, checked_wording
from core.domain.ids import Kind, Ref
from core.domain.models import ModelName
from core.domain.patch import Field, Instruction, Patch
from core.domain.task import Assignee, Category, Due, Priority
from core.llm.adviser import LlmAdviser
from core.llm.asking import Asker
from core.llm.limits import Limiter
from core.rules.deadlines import RuleDays
from core.settings import LlmSettings
from tests.builders import a_person, a_project, a_task_draft
from tests.llm.scripted import Script, an_asker
from tests.llm.test_wires import OneKey, asked_at
from tests.llm.wire import serving

NOTE, TASK = Ref(Kind.ATOM, UUID(int=1)), Ref(Kind.TASK, UUID(int=2))
ITEMS = (
    Item(NOTE, "decision", "Ship 2.4 on Thursday", "Ann, 2026-11-10: we ship 2.4 on Thursday"),
    Item(TASK, "task, open", "Mend the login", "It is dead on iOS 17"),
)
PAIRS = tuple(Pair(f"login fails {number}", "", "login is dead", "") for number in range(3))
ANN, OLYA, MAX = a_person(1, "Ann"), a_person(7, "Olya Petrova"), a_person(8, "Max")


def an_adviser(answer: dict[str, Any], name: str = "openai:scripted", **settings: Any) -> LlmAdviser:
    return LlmAdviser(an_asker(Script(lambda _: answer), name, **settings), RuleDays())


def question_of(adviser: LlmAdviser) -> str:
    script = getattr(adviser.asker.made, "__self__", None)
    assert isinstance(script, Script)
    return script.questions[-1]


def instruction(text: str, **draft: Any) -> Instruction:
    at = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
    return Instruction(text, a_task_draft(**draft), ANN, (ANN, OLYA, MAX), at, "UTC")


async def patched(text: str, *changes: tuple[str, str, str], **draft: Any) -> Patch | None:
    found = [{"field": field, "value": value, "words": words} for field, value, words in changes]
    return (await an_adviser({"changes": found}).edit(instruction(text, **draft))).patch


@pytest.mark.parametrize("name", ["openai:scripted", "ollama:qwen3:4b"])
async def test_a_verdict_is_given_by_the_pairs_number_and_unsure_where_there_is_none(name: str) -> None:
    found = [
        {"pair": 3, "verdict": "same"},
        {"pair": 9, "verdict": "same"},
        {"pair": 1, "verdict": "same"},
        {"pair": 1, "verdict": "different"},
    ]
    adviser = an_adviser({"verdicts": found}, name, output="tool")
    verdicts = (await adviser.judge(Comparing(a_project(), PAIRS))).verdicts
    assert verdicts == (Verdict.UNSURE, Verdict.UNSURE, Verdict.SAME)
    assert "[2] new: login fails 1" in question_of(adviser)


async def test_what_does_not_fit_is_not_asked_about() -> None:
    long = tuple(Pair("x" * 250, "y" * 250, "z" * 250, "") for _ in range(30))
    answer = {"verdicts": [{"pair": number, "verdict": "same"} for number in range(1, 31)]}
    adviser = an_adviser(answer, context_tokens=4_000, answer_tokens=500)
    verdicts = (await adviser.judge(Comparing(a_project(), long))).verdicts
    assert len(verdicts) == 30
    assert "[1]" in question_of(adviser)
    assert "[30]" not in question_of(adviser)


async def test_changes_the_reply_asks_for_become_one_patch() -> None:
    assert await patched(
        "this is really urgent, let Olya do it before Friday and call it a bug",
        ("priority", "critical", "really urgent"),
        ("owner", "Olya Petrova", "let Olya do it"),
        ("date", "2026-11-13", "before Friday"),
        ("category", "bug", "call it a bug"),
        priority=Priority.LOW,
        category=Category.CHORE,
    ) == Patch(
        priority=Priority.CRITICAL,
        category=Category.BUG,
        owner=Assignee("Olya Petrova", OLYA.id, has_agreed=False),
        due=Due(date(2026, 11, 13), "before Friday"),
    )


@pytest.mark.parametrize(
    ("said", "change", "expected"),
    [
        ("thanks!", ("priority", "high", "make it high"), None),
        ("make it high", ("priority", "enormous", "make it high"), None),
        ("give it to somebody", ("owner", "Max", "give it to somebody"), None),
        ("дай Максу", ("owner", "Mallory", "дай Максу"), None),
        ("I take it", ("owner", "Ann", "I take it"), Patch(owner=Assignee("Ann", ANN.id, has_agreed=True))),
        ("by 1 Nov", ("date", "2026-11-01", "by 1 Nov"), None),
        ("whenever", ("date", "2026-11-20", "whenever"), Patch(due=Due(date(2026, 11, 20), "whenever"))),
        ("nobody for now", ("owner", "", "nobody"), Patch(blank=frozenset({Field.OWNER}))),
        ("it is about login", ("add_tag", "#login", "about login"), Patch(added=("login",))),
        ("it is about login", ("add_tag", "log in <b>", "about login"), None),
        ("shorter please", ("title", "Mend\n it", "shorter"), Patch(title="Mend it")),
        ("that is a decision", ("type", "decision", "a decision"), None),
    ],
)
async def test_what_no_words_of_the_reply_ask_for_is_left_out(
    said: str, change: tuple[str, str, str], expected: Patch | None
) -> None:
    assert await patched(said, change, assignee=Assignee("Max", MAX.id)) == expected


async def test_a_sentence_cites_an_item_it_was_given_by_words_that_stand_there() -> None:
    material = Material(a_project(), ITEMS, "when do we ship?")
    found = [
        {"text": "On\nThursday.", "item": 1, "words": "we ship 2.4"},
        {"text": "On Monday.", "item": 1, "words": "on Monday"},
        {"text": "Never.", "item": 7, "words": "we ship 2.4"},
        {"text": "The login comes first.", "item": 2, "words": ""},
    ]
    adviser = an_adviser({"sentences": found})
    wording = checked_wording((await adviser.word(material)).claims, material)
    assert [(one.text, one.ref) for one in wording.sentences] == [("On Thursday.", NOTE)]
    assert wording.given == (NOTE, TASK)
    question = question_of(adviser)
    assert "[2] task, open: Mend the login" in question
    assert question.index("<items>") < question.index("<question>\nwhen do we ship?")


async def test_a_small_model_gives_the_number_alone() -> None:
    found = [{"text": "On Thursday.", "item": 1}, {"text": "Never.", "item": 3}]
    material = Material(a_project(), ITEMS)
    adviser = an_adviser({"sentences": found}, "ollama:qwen3:4b", output="tool")
    wording = checked_wording((await adviser.word(material)).claims, material)
    assert [one.text for one in wording.sentences] == ["On Thursday."]


async def test_to_know_nothing_is_an_answer() -> None:
    material = Material(a_project(), ITEMS, "who likes tea?")
    told = await an_adviser({"reasoning": "nobody says", "sentences": []}).word(material)
    assert told.claims == ()
    assert told.usage.output_tokens == 50
    assert checked_wording(told.claims, material).given == ()


@pytest.mark.parametrize("name", ["openai-chat:big", "anthropic:claude-haiku-4-5"])
async def test_advice_goes_over_the_wire(name: str) -> None:
    answers: list[dict[str, Any]] = [
        {"verdicts": [{"pair": 1, "verdict": "same"}]},
        {"changes": [{"field": "priority", "value": "low", "words": "not urgent"}]},
        {"sentences": [{"text": "On Thursday.", "item": 1, "words": "on Thursday"}]},
    ]
    async with serving(*answers) as provider:
        names = (ModelName.parsed(name, asked_at(name, provider).base_url),)
        asker = Asker(names, OneKey(), Limiter(1, 100, 10**7), LlmSettings(output="tool", retries=0))
        adviser = LlmAdviser(asker, RuleDays())
        assert (await adviser.judge(Comparing(a_project(), PAIRS))).verdicts[0] is Verdict.SAME
        edited = await adviser.edit(instruction("not urgent at all", priority=Priority.HIGH))
        assert edited.patch == Patch(priority=Priority.LOW)
        told = await adviser.word(Material(a_project(), ITEMS))
        assert told.claims[0].ref == NOTE
    assert len(provider.asked) == 3


def test_the_most_an_answer_may_cost_is_known_before() -> None:
    adviser = an_adviser({}, "openai:gpt-5-mini")
    most = adviser.most(Material(a_project(), ITEMS, "when?"))
    assert most.cost_usd
    assert most.output_tokens == 8_000
    assert adviser.most(Comparing(a_project(), PAIRS)).cost_usd
    assert adviser.most(instruction("make it high")).cost_usd
    assert not an_adviser({}, "ollama:qwen3:14b").most(Comparing(a_project(), PAIRS)).cost_usd
