"""Tasks come from notes; every field is said by somebody or left blank."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from core.domain.checking import check
from core.domain.conversation import Finding, Recalled, Study
from core.domain.ids import Kind, PersonId, Ref
from core.domain.knowledge import Atom, AtomType, Link, LinkType
from core.domain.person import Person, Project
from core.domain.proposal import Recommendation
from core.domain.task import Assignee, Category, Due, Priority, Task, TaskDraft
from core.rules.tasks import Tasks
from tests.rules.chat import PEOPLE, PROJECT, TUESDAY, Line, note, said, topic


def study(atoms: Sequence[Atom], *lines: Line, project: Project = PROJECT) -> Study:
    return Study(project, tuple(atoms), tuple(said(*lines)), topic(1, "Login"), people=PEOPLE)


def propose(
    tasks: Tasks, type_: AtomType, title: str, *lines: Line, project: Project = PROJECT
) -> list[Finding[TaskDraft]]:
    atom = note(1, type_, title, said(*lines))
    findings = list(tasks.propose(study([atom], *lines, project=project)).tasks)
    shown = {message.key: message for message in said(*lines)}
    assert all(not check(finding, shown, frozenset(shown)).dropped for finding in findings)
    assert all(finding.sources == (atom.id,) for finding in findings)
    return findings


@pytest.mark.parametrize(
    ("type_", "title", "category"),
    [
        (AtomType.PROBLEM, "Login is dead on iPhone", Category.BUG),
        (AtomType.PROBLEM, "The trip list is slow", Category.IMPROVEMENT),
        (AtomType.REQUIREMENT, "Customers ask for a dark theme", Category.FEATURE),
        (AtomType.REQUIREMENT, "Update the store screenshots", Category.CHORE),
        (AtomType.DECISION, "Ship 2.4 on Thursday", Category.CHORE),
        (AtomType.QUESTION, "Who owns the push certificate?", Category.QUESTION),
        (AtomType.REQUIREMENT, "Клиенты просят экспорт в CSV", Category.FEATURE),
        (AtomType.PROBLEM, "Не працює вхід на iPhone", Category.BUG),
    ],
)
def test_the_kind_of_note_makes_the_kind_of_work(
    tasks: Tasks, type_: AtomType, title: str, category: Category
) -> None:
    (finding,) = propose(tasks, type_, title, Line("Olya", title))
    assert (finding.content.category, finding.content.title) == (category, title)


@pytest.mark.parametrize(
    ("type_", "title"),
    [
        (AtomType.SOLUTION, "Rebuild the search index"),
        (AtomType.INSIGHT, "The search index was missing"),
        (AtomType.DECISION, "Postgres stays our database"),
        (AtomType.QUESTION, "What colour do invoices have?"),
    ],
)
def test_knowledge_that_asks_for_nothing_is_no_task(tasks: Tasks, type_: AtomType, title: str) -> None:
    assert propose(tasks, type_, title, Line("Olya", title)) == []


def test_messages_without_notes_are_no_tasks(tasks: Tasks) -> None:
    assert tasks.propose(study([], Line("Olya", "Max, please fix the login by Friday!"))).tasks == ()


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("the login fails", Priority.MEDIUM),
        ("the login fails, it is urgent", Priority.HIGH),
        ("the login fails for all users, production is down", Priority.CRITICAL),
        ("the login fails, срочно", Priority.HIGH),
        ("minor: the login fails", Priority.LOW),
    ],
)
def test_words_of_urgency_and_impact_make_the_priority(tasks: Tasks, text: str, priority: Priority) -> None:
    (finding,) = propose(tasks, AtomType.PROBLEM, "Login fails on iPhone", Line("Olya", text))
    assert finding.content.priority is priority


@pytest.mark.parametrize(
    ("lines", "assignee"),
    [
        (
            [Line("Olya", "login fails"), Line("Max", "I'll take it", 1)],
            Assignee("Max", PersonId(2), has_agreed=True),
        ),
        (
            [Line("Olya", "login fails"), Line("Max", "беру", 1)],
            Assignee("Max", PersonId(2), has_agreed=True),
        ),
        ([Line("Olya", "login fails. Lena, can you fix it?")], Assignee("Lena", PersonId(3))),
        ([Line("Olya", "login fails, @max please fix it")], Assignee("Max", PersonId(2))),
        (
            [Line("Olya", "login fails. Lena, can you fix it?"), Line("Lena", "sure", 1)],
            Assignee("Lena", PersonId(3), has_agreed=True),
        ),
        ([Line("Olya", "login fails. Lena, can you fix it?"), Line("Lena", "sorry, no time", 1)], None),
        ([Line("Olya", "login fails, Max said"), Line("Lena", "poor Max", 1)], None),
        ([Line("Olya", "login fails. Stranger, can you fix it?")], None),
        ([Line("Olya", "login fails"), Line("Olya", "I'll make a backup first", 1)], None),
        (
            [Line("Olya", "login fails"), Line("Olya", "I'll fix it", 1)],
            Assignee("Olya", PersonId(1), has_agreed=True),
        ),
    ],
)
def test_an_owner_took_it_or_was_asked_by_name(
    tasks: Tasks, lines: Sequence[Line], assignee: Assignee | None
) -> None:
    (finding,) = propose(tasks, AtomType.PROBLEM, "Login fails on iPhone", *lines)
    assert finding.content.assignee == assignee


def test_two_people_of_one_name_are_not_guessed_between(tasks: Tasks) -> None:
    lines = [Line("Olya", "login fails. Lena, can you fix it?")]
    atom = note(1, AtomType.PROBLEM, "Login fails on iPhone", said(*lines))
    twice = replace(study([atom], *lines), people=(*PEOPLE, Person(PersonId(9), "Lena Berg")))
    assert tasks.propose(twice).tasks[0].content.assignee is None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("must be fixed by Friday", Due(date(2026, 11, 13), "by Friday")),
        ("починить до пятницы", Due(date(2026, 11, 13), "до пятницы")),
        ("it failed on Friday", None),
        ("maybe some day", None),
    ],
)
def test_a_due_date_carries_the_phrase_it_came_from(tasks: Tasks, text: str, due: Due | None) -> None:
    lines = [Line("Olya", "login fails on iPhone"), Line("Lena", text, 1)]
    (finding,) = propose(tasks, AtomType.PROBLEM, "Login fails on iPhone", *lines)
    assert finding.content.due == due


def test_the_done_criterion_and_sub_tasks_are_only_what_was_said(tasks: Tasks) -> None:
    text = (
        "Prepare the release:\n- update the store texts\n- tag the build\nIt is done when Tom has the link."
    )
    (finding,) = propose(tasks, AtomType.REQUIREMENT, "Prepare the release", Line("Olya", text))
    assert finding.content.done_criterion == "Tom has the link"
    assert finding.content.sub_tasks == ("Update the store texts", "Tag the build")
    (bare,) = propose(tasks, AtomType.REQUIREMENT, "Prepare the release", Line("Olya", "prepare it"))
    assert (bare.content.done_criterion, bare.content.sub_tasks, bare.content.due) == ("", (), None)


@pytest.mark.parametrize(
    ("text", "sub_tasks"),
    [
        ("We need to get ready:\n1. icons\n2. texts", ("Icons", "Texts")),
        ("the kiosk has\n- two printers\n- one drawer", ()),
        ("Settings that work:\n* Duration: 3600\n* Loops: 10", ()),
    ],
)
def test_a_list_is_sub_tasks_only_where_it_is_of_work(
    tasks: Tasks, text: str, sub_tasks: tuple[str, ...]
) -> None:
    (finding,) = propose(tasks, AtomType.REQUIREMENT, "Prepare the kiosk", Line("Olya", text))
    assert finding.content.sub_tasks == sub_tasks


def test_troubles_alike_are_one_task_that_stands_on_both(tasks: Tasks) -> None:
    lines = [Line("Olya", "login fails on iPhone"), Line("Max", "iPhone login fails for customers")]
    first, second = said(*lines)
    atoms = [
        note(1, AtomType.PROBLEM, "Login fails on iPhone", [first]),
        note(2, AtomType.PROBLEM, "The iPhone login fails for customers", [second]),
    ]
    (finding,) = tasks.propose(study(atoms, *lines)).tasks
    assert set(finding.sources) == {atom.id for atom in atoms}
    assert {quote.key for quote in finding.quotes} == {first.key, second.key}


def test_a_solved_trouble_is_no_task(tasks: Tasks) -> None:
    lines = [Line("Olya", "login fails on iPhone"), Line("Max", "the keychain fix is in", 1)]
    first, second = said(*lines)
    trouble = note(1, AtomType.PROBLEM, "Login fails on iPhone", [first])
    cure = note(2, AtomType.SOLUTION, "Wait for the keychain", [second])
    linked = replace(cure, links=(Link(LinkType.SOLVES, Ref(Kind.ATOM, trouble.id)),))
    alone = study([trouble], *lines)
    assert len(tasks.propose(replace(alone, others=(cure,))).tasks) == 1
    assert tasks.propose(replace(alone, others=(linked,))).tasks == ()


def test_a_decision_out_of_force_or_overtaken_is_no_task(tasks: Tasks) -> None:
    lines = [Line("Olya", "ship 2.4 on Wednesday"), Line("Olya", "ship 2.4 on Thursday", after=900)]
    first, second = said(*lines)
    old = note(1, AtomType.DECISION, "Ship 2.4 on Wednesday", [first])
    new = note(2, AtomType.DECISION, "Ship 2.4 on Thursday", [second])
    assert [one.sources for one in tasks.propose(study([old, new], *lines)).tasks] == [(new.id,)]
    assert tasks.propose(study([replace(old, valid_until=TUESDAY)], *lines)).tasks == ()


def test_a_duplicate_of_a_task_is_recommended_for_merging(tasks: Tasks) -> None:
    lines = [Line("Olya", "login fails on iPhone")]
    atom = note(1, AtomType.PROBLEM, "Login fails on iPhone", said(*lines))
    known = Task(UUID(int=70), PROJECT.id, 17, TaskDraft("Login fails on iPhone"), TUESDAY)
    other = replace(known, draft=TaskDraft("Translate the store texts"))
    alone = study([atom], *lines)
    merge = tasks.propose(replace(alone, recalled=Recalled(tasks=(known,)))).tasks[0]
    new = tasks.propose(replace(alone, recalled=Recalled(tasks=(other,)))).tasks[0]
    assert (merge.recommendation, new.recommendation) == (Recommendation.MERGE, Recommendation.NEW_TASK)


def test_another_project_is_proposed_only_when_its_words_clearly_fit_better(tasks: Tasks) -> None:
    mine = replace(PROJECT, keywords=("iphone",))
    shop = Project(UUID(int=2), "Shop", keywords=("invoice", "refund", "iphone"))
    clear = [Line("Olya", "the refund of an invoice fails")]
    unclear = [Line("Olya", "the invoice fails on my iPhone")]
    found: list[UUID | None] = []
    for lines in (clear, unclear):
        atom = note(1, AtomType.PROBLEM, "It fails for customers", said(*lines))
        of = replace(study([atom], *lines, project=mine), projects=(mine, shop))
        classified = tasks.propose(of).tasks[0].content.classified
        found.append(classified.project_id if classified else None)
    assert found == [shop.id, None]


def test_what_is_withheld_is_never_a_task(tasks: Tasks) -> None:
    assert propose(tasks, AtomType.PROBLEM, "The salary report fails", Line("Olya", "salary fails")) == []
