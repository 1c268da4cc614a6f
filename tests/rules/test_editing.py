"""What a reply to a card asks to change: in three languages, and that talk asks for nothing."""

from dataclasses import replace
from datetime import date

import pytest

from core.domain.ids import PersonId
from core.domain.knowledge import AtomDraft, AtomType, TopicDraft
from core.domain.patch import Field, Instruction, Patch
from core.domain.person import Person
from core.domain.proposal import Content
from core.domain.task import Assignee, Category, Due, Priority, TaskDraft, TaskStatus
from core.rules.editing.editor import RuleEditor
from tests.rules.chat import TUESDAY

ANN = Person(PersonId(1), "Ann", "ann")
OLYA = Person(PersonId(2), "Olya Marchenko", "olya")
MAX = Person(PersonId(3), "Max Weber", "maxw")
LENA = Person(PersonId(4), "Лена", "lena_k")
PEOPLE = (ANN, OLYA, MAX, LENA)
DRAFT = TaskDraft("Login is dead", "Nothing happens", Priority.MEDIUM, Category.CHORE, ("ios",))
NOTE = AtomDraft(AtomType.PROBLEM, "Login is dead", "Nothing happens")
FRIDAY = Due(date(2026, 11, 13))
TOMORROW = Due(date(2026, 11, 11))
HIGH, LOW, CRITICAL = Priority.HIGH, Priority.LOW, Priority.CRITICAL
TO_OLYA = Assignee("Olya Marchenko", PersonId(2))
TO_MAX = Assignee("Max Weber", PersonId(3))
TO_LENA = Assignee("Лена", PersonId(4))
TO_ME = Assignee("Ann", PersonId(1), has_agreed=True)
ALL_THREE = Patch(priority=HIGH, due=FRIDAY, owner=TO_OLYA)
NO_OWNER, NO_DATE = Patch(blank=frozenset({Field.OWNER})), Patch(blank=frozenset({Field.DATE}))


async def patched(text: str, content: Content = DRAFT) -> Patch | None:
    return await RuleEditor().patch(Instruction(text, content, ANN, PEOPLE, TUESDAY, "Europe/Berlin"))


@pytest.mark.parametrize(
    ("text", "patch"),
    [
        ("it's not a bug but a feature", Patch(category=Category.FEATURE)),
        ("make it high, due Friday, give it to Olya", ALL_THREE),
        ("make it high", Patch(priority=HIGH)),
        ("priority high", Patch(priority=HIGH)),
        ("Priority: critical", Patch(priority=CRITICAL)),
        ("high priority please", Patch(priority=HIGH)),
        ("bump it to p1", Patch(priority=HIGH)),
        ("can you make it urgent?", Patch(priority=HIGH)),
        ("not urgent", Patch(priority=LOW)),
        ("high", Patch(priority=HIGH)),
        ("lower the priority to low and assign to @maxw", Patch(priority=LOW, owner=TO_MAX)),
        ("it's a bug", Patch(category=Category.BUG)),
        ("this is a feature request", Patch(category=Category.FEATURE)),
        ("category: improvement", Patch(category=Category.IMPROVEMENT)),
        ("mark as bug and critical", Patch(category=Category.BUG, priority=CRITICAL)),
        ("due Friday", Patch(due=FRIDAY)),
        ("deadline 2026-11-13", Patch(due=FRIDAY)),
        ("move it to Friday", Patch(due=FRIDAY)),
        ("by tomorrow", Patch(due=TOMORROW)),
        ("tomorrow", Patch(due=TOMORROW)),
        ("due on 20 Nov", Patch(due=Due(date(2026, 11, 20)))),
        ("due in 3 days", Patch(due=FRIDAY)),
        ("postpone to next week", Patch(due=Due(date(2026, 11, 20)))),
        ("due Tuesday", Patch(due=Due(date(2026, 11, 17)))),
        ("no deadline", NO_DATE),
        ("remove the due date", NO_DATE),
        ("give it to Max", Patch(owner=TO_MAX)),
        ("Olya Marchenko takes it", Patch(owner=TO_OLYA)),
        ("owner: Lena", Patch(owner=TO_LENA)),
        ("assign it to me", Patch(owner=TO_ME)),
        ("I'll take it", Patch(owner=TO_ME)),
        ("unassign", NO_OWNER),
        ("assign to nobody", NO_OWNER),
        ("rename to Login, logout and signup are dead", Patch(title="Login, logout and signup are dead")),
        ('title: "Login is dead on iOS 17", high', Patch(title="Login is dead on iOS 17", priority=HIGH)),
        ("description: nothing at all happens", Patch(text="nothing at all happens")),
        ("add to description: since 2.3", Patch(text="Nothing happens\nsince 2.3")),
        ("add tag login", Patch(added=("login",))),
        ("tags: login, auth", Patch(added=("login", "auth"))),
        ("#auth", Patch(added=("auth",))),
        ("remove tag ios, make it low", Patch(removed=("ios",), priority=LOW)),
        ("сделай приоритет высоким, срок до пятницы, отдай Оле", ALL_THREE),
        ("высокий приоритет", Patch(priority=HIGH)),
        ("поставь критичный", Patch(priority=CRITICAL)),
        ("не срочно", Patch(priority=LOW)),
        ("это баг", Patch(category=Category.BUG)),
        ("это не баг, это фича", Patch(category=Category.FEATURE)),
        ("категория: улучшение", Patch(category=Category.IMPROVEMENT)),
        ("перенеси на пятницу", Patch(due=FRIDAY)),
        ("срок 20 ноября", Patch(due=Due(date(2026, 11, 20)))),
        ("завтра", Patch(due=TOMORROW)),
        ("перенеси на следующую неделю", Patch(due=Due(date(2026, 11, 20)))),
        ("без срока", NO_DATE),
        ("убери дедлайн и сделай низкий приоритет", Patch(priority=LOW, blank=frozenset({Field.DATE}))),
        ("назначь на Макса", Patch(owner=TO_MAX)),
        ("пусть Лена займётся", Patch(owner=TO_LENA)),
        ("ответственный Олю", Patch(owner=TO_OLYA)),
        ("на меня", Patch(owner=TO_ME)),
        ("сними исполнителя", NO_OWNER),
        ("никому", NO_OWNER),
        ("назови «Вход и выход, оба», высокий", Patch(title="Вход и выход, оба", priority=HIGH)),
        ("название: Вход сломан", Patch(title="Вход сломан")),
        ("описание: ничего не происходит", Patch(text="ничего не происходит")),
        ("добавь тег вход", Patch(added=("вход",))),
        ("теги: вход, ios17", Patch(added=("вход", "ios17"))),
        ("зроби високий пріоритет, термін до п’ятниці, віддай Олі", ALL_THREE),
        ("пріоритет: низький", Patch(priority=LOW)),
        ("постав критичний", Patch(priority=CRITICAL)),
        ("не терміново", Patch(priority=LOW)),
        ("це помилка", Patch(category=Category.BUG)),
        ("категорія покращення", Patch(category=Category.IMPROVEMENT)),
        ("перенеси на п'ятницю", Patch(due=FRIDAY)),
        ("дедлайн 20 листопада", Patch(due=Due(date(2026, 11, 20)))),
        ("без терміну", NO_DATE),
        ("признач Максу", Patch(owner=TO_MAX)),
        ("нехай Лена зробить та постав високий", Patch(owner=TO_LENA, priority=HIGH)),
        ("на мене", Patch(owner=TO_ME)),
        ("зніми виконавця", NO_OWNER),
        ("назва: Вхід не працює", Patch(title="Вхід не працює")),
        ("додай тег вхід", Patch(added=("вхід",))),
    ],
)  # fmt: skip
async def test_a_reply_in_plain_words_is_a_typed_patch(text: str, patch: Patch | None) -> None:
    assert await patched(text) == patch


@pytest.mark.parametrize(
    "text",
    [
        "I think it is high priority for the client because they pay us",
        "is it high?",
        "is it due Friday?",
        "Olya, can you look at this tomorrow?",
        "thanks",
        "ok",
        "Max said the bug is gone",
        "we talked about the owner yesterday",
        "title looks fine to me",
        "по-моему, это важно для клиента, потому что он платит",
        "это важно?",
        "а кто исполнитель?",
        "спасибо, посмотрю",
        "дякую, гляну",
        "Олю, глянь будь ласка коли буде час",
        "чому це критично?",
        "let us discuss it on Friday with Max",
        "see #42",
        "",
    ],
)
async def test_talk_asks_for_nothing(text: str) -> None:
    assert await patched(text) is None


async def test_what_was_not_understood_beside_an_order_is_told() -> None:
    patch = await patched("make it high, because the client is angry")
    assert patch == Patch(priority=HIGH, unclear=("because the client is angry",))


async def test_a_name_two_people_have_names_nobody() -> None:
    people = (*PEOPLE, replace(MAX, id=PersonId(9), name="Max Frei", username="frei"))
    instruction = Instruction("give it to Max", DRAFT, ANN, people, TUESDAY, "UTC")
    assert await RuleEditor().patch(instruction) is None
    named = await RuleEditor().patch(replace(instruction, text="give it to Max Frei"))
    assert named == Patch(owner=Assignee("Max Frei", PersonId(9)))


@pytest.mark.parametrize(
    ("text", "patch"),
    [
        ("it's a decision", Patch(type=AtomType.DECISION)),
        ("type: question", Patch(type=AtomType.QUESTION)),
        ("это требование", Patch(type=AtomType.REQUIREMENT)),
        ("тип: рішення", Patch(type=AtomType.SOLUTION)),
        ("rename to Login is dead on iOS", Patch(title="Login is dead on iOS")),
        ("make it high", None),
        ("give it to Olya", None),
    ],
)
async def test_a_note_has_a_type_and_no_owner(text: str, patch: Patch | None) -> None:
    assert await patched(text, NOTE) == patch


async def test_a_subject_is_only_named_and_described() -> None:
    assert await patched("rename to Login", TopicDraft("Sign-in")) == Patch(title="Login")
    assert await patched("make it high", TopicDraft("Sign-in")) is None


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Done", TaskStatus.DONE),
        ("done!", TaskStatus.DONE),
        ("fixed in #42", TaskStatus.DONE),
        ("Fixed in 2.4.1, thanks", TaskStatus.DONE),
        ("merged in PR 17 🎉", TaskStatus.DONE),
        ("it's done", TaskStatus.DONE),
        ("I've fixed it", TaskStatus.DONE),
        ("✅", TaskStatus.DONE),
        ("готово", TaskStatus.DONE),
        ("сделала", TaskStatus.DONE),
        ("починил в #42", TaskStatus.DONE),
        ("уже исправлено", TaskStatus.DONE),
        ("зроблено", TaskStatus.DONE),
        ("виправив у #42", TaskStatus.DONE),
        ("вже полагодили", TaskStatus.DONE),
        ("on it", TaskStatus.IN_PROGRESS),
        ("working on it", TaskStatus.IN_PROGRESS),
        ("взял в работу", TaskStatus.IN_PROGRESS),
        ("вже роблю", TaskStatus.IN_PROGRESS),
        ("won't fix", TaskStatus.DROPPED),
        ("не актуально", TaskStatus.DROPPED),
        ("вже не потрібно", TaskStatus.DROPPED),
        ("not done", None),
        ("is it done?", None),
        ("when will it be fixed", None),
        ("не готово", None),
        ("ще не зроблено", None),
        ("done with lunch, who wants coffee", None),
        ("fixed the kettle", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_short_answer_says_where_a_task_stands(text: str, status: TaskStatus | None) -> None:
    assert RuleEditor().status_said(text) is status
