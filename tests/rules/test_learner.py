"""What decisions teach is learned without a library's objects, and told honestly."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.lessons import Judgement, Lesson, Trial, Worth, taught
from core.rules.learner import MAKE, TextLearner, unpacked

LEARNER = TextLearner()
CATEGORY, PRIORITY = Judgement.CATEGORY, Judgement.PRIORITY
NOTE, MESSAGE = Judgement.NOTE, Judgement.MESSAGE


def lessons(count: int, *, found: str = "medium") -> list[Lesson]:
    """Everything of the shop is urgent here, all else can wait; the analyst says `found` to all."""
    draw = Random(7)  # noqa: S311 - words, not secrets
    made: list[Lesson] = []
    for number in range(count):
        is_shop = number % 2 == 0
        where = "shop" if is_shop else "blog"
        text = " ".join(
            draw.choice(["login", "slow", "page", "broken", "again", "button"]) for _ in range(6)
        )
        answer = {PRIORITY: "high" if is_shop else "low"}
        made.append(Lesson(f"The {where} {text}", text, answer, {PRIORITY: found}))
    return made


def test_a_word_that_divides_the_answers_is_learned_and_wins() -> None:
    model, trial = LEARNER.learn(lessons(60), PRIORITY)
    assert (trial.decisions, trial.held_back, trial.worse) == (60, 60, 0)
    assert trial.better >= 56
    assert trial.wins(PRIORITY)
    assert LEARNER.answer(model, PRIORITY, "Login in the shop is broken", "")[0] == "high"
    assert LEARNER.answer(model, PRIORITY, "Login of the blog is broken", "")[0] == "low"


def test_a_message_is_learned_by_what_was_said_not_by_what_was_made_of_it() -> None:
    told = [
        Lesson("A note", "", {MESSAGE: "rejected" if one.answers[PRIORITY] == "low" else "kept"},
               {MESSAGE: "kept"}, said=one.title)
        for one in lessons(60)
    ]  # fmt: skip
    model, trial = LEARNER.learn(told, MESSAGE)
    assert trial.wins(MESSAGE)
    assert LEARNER.answer(model, MESSAGE, "", "The blog is slow again")[0] == "rejected"
    assert LEARNER.answer(model, MESSAGE, "", "The shop is slow again")[0] == "kept"


def test_nothing_is_won_where_the_analyst_was_right_already() -> None:
    right = [Lesson(one.title, one.text, one.answers, one.answers) for one in lessons(60)]
    assert not LEARNER.learn(right, PRIORITY)[1].wins(PRIORITY)


def test_answers_that_no_word_tells_are_not_won() -> None:
    draw = Random(3)  # noqa: S311 - as above
    blind = [
        Lesson(one.title, one.text, {PRIORITY: draw.choice(["high", "low"])}, {PRIORITY: "high"})
        for one in lessons(80)
    ]
    assert not LEARNER.learn(blind, PRIORITY)[1].wins(PRIORITY)


@pytest.mark.parametrize("few", [[], lessons(19), lessons(60)[::2]])
def test_too_few_or_all_the_same_teach_nothing(few: list[Lesson]) -> None:
    assert LEARNER.learn(few, PRIORITY) == (b"", Trial(decisions=len(few)))


def test_what_people_entered_teaches_but_is_no_trial() -> None:
    entered = [Lesson(one.title, one.text, one.answers) for one in lessons(60)]
    model, trial = LEARNER.learn(entered, PRIORITY)
    assert model
    assert trial == Trial(decisions=60)


def test_the_same_lessons_give_the_same_bytes() -> None:
    assert LEARNER.learn(lessons(40), PRIORITY) == LEARNER.learn(lessons(40), PRIORITY)


@given(st.binary(max_size=200))
def test_bytes_of_another_make_answer_nothing(data: bytes) -> None:
    assert LEARNER.answer(data, PRIORITY, "Login is dead", "") == ("", 0.0)


def test_a_model_cut_short_answers_nothing() -> None:
    model, _ = LEARNER.learn(lessons(40), PRIORITY)
    assert unpacked(model) is not None
    assert unpacked(model[:-4]) is None
    assert unpacked(MAKE + b"many high low\n") is None


def test_a_model_has_no_word_anybody_said() -> None:
    model, _ = LEARNER.learn(lessons(40), PRIORITY)
    assert not any(word.encode() in model for word in ("shop", "blog", "login", "button"))


@pytest.mark.parametrize(
    ("trial", "wins"),
    [
        (Trial(40, 20, better=0, worse=0), False),
        (Trial(40, 20, better=1, worse=0), False),
        (Trial(40, 20, better=3, worse=1), True),
        (Trial(240, 120, better=32, worse=29), False),
        (Trial(40, 20, better=8, worse=1), True),
        (Trial(40, 20, better=1, worse=8), False),
    ],
)
def test_a_field_is_won_only_when_it_is_not_by_chance(trial: Trial, *, wins: bool) -> None:
    assert trial.wins(CATEGORY) is wins


@pytest.mark.parametrize(
    ("trial", "wins"),
    [
        (Trial(90, 45, better=4, worse=0), False),
        (Trial(90, 45, better=9, worse=1), True),
        (Trial(90, 45, better=8, worse=2), False),
    ],
)
def test_leaving_out_must_be_right_nine_times_in_ten(trial: Trial, *, wins: bool) -> None:
    assert trial.wins(NOTE) is wins


def test_only_what_is_nearly_surely_rejected_is_left_out() -> None:
    kept, rejected = Worth.KEPT.value, Worth.REJECTED.value
    assert taught(kept, (rejected, 0.95), NOTE) == rejected
    assert taught(kept, (rejected, 0.6), NOTE) == kept
    assert taught("bug", ("chore", 0.3), CATEGORY) == "chore"
    assert taught("bug", ("", 0.0), CATEGORY) == "bug"


def test_a_models_head_is_plain() -> None:
    model, _ = LEARNER.learn(lessons(40), PRIORITY)
    count, *answers = model.removeprefix(MAKE).split(b"\n", 1)[0].decode().split(" ")
    assert (int(count) > 0, answers) == (True, ["high", "low"])
