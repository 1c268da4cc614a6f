"""Russian and Ukrainian teams get what English ones get: what is said, who took it and by when."""

from collections.abc import Sequence
from datetime import date

import pytest

from core.domain.conversation import Study
from core.domain.knowledge import AtomType
from core.domain.task import Category, Priority
from core.rules.atoms import Atoms
from core.rules.tasks import Tasks
from tests.rules.chat import PEOPLE, PROJECT, Line, kept, reading, said, topic

SAID: list[tuple[str, AtomType, str]] = [
    ("Ребят, у нас прод лежит, апи отдаёт 502", AtomType.PROBLEM, "У нас прод лежит, апи отдаёт 502"),
    (
        "Баг: при оплате картой деньги списываются дважды",
        AtomType.PROBLEM,
        "При оплате картой деньги списываются дважды",
    ),
    (
        "не могу залогиниться в админку, пишет 403",
        AtomType.PROBLEM,
        "Не могу залогиниться в админку, пишет 403",
    ),
    (
        "На айфоне 12 крашится приложение при открытии камеры",
        AtomType.PROBLEM,
        "На айфоне 12 крашится приложение при открытии камеры",
    ),
    (
        "Каждый релиз одно и то же: отваливаются вебхуки оплаты",
        AtomType.PATTERN,
        "Каждый релиз одно и то же: отваливаются вебхуки оплаты",
    ),
    (
        "На созвоне решили: релиз 2.4 переносим на четверг",
        AtomType.DECISION,
        "Релиз 2.4 переносим на четверг",
    ),
    (
        "Договорились: Android 8 больше не поддерживаем",
        AtomType.DECISION,
        "Android 8 больше не поддерживаем",
    ),
    (
        "Итог встречи: берём Postgres, Mongo выпиливаем",
        AtomType.DECISION,
        "Берём Postgres, Mongo выпиливаем",
    ),
    ("Клиенты опять просят тёмную тему", AtomType.REQUIREMENT, "Клиенты опять просят тёмную тему"),
    (
        "Предлагаю добавить фильтр по дате в отчёты",
        AtomType.REQUIREMENT,
        "Добавить фильтр по дате в отчёты",
    ),
    (
        "Нужно завести тикет на миграцию базы и описать откат",
        AtomType.REQUIREMENT,
        "Завести тикет на миграцию базы и описать откат",
    ),
    ("Надо не забыть продлить сертификат, он истекает 15.11", AtomType.REQUIREMENT, "Продлить сертификат"),
    (
        "Разобрался: оказалось, что утечка памяти была из-за незакрытых соединений к редису",
        AtomType.INSIGHT,
        "Утечка памяти была из-за незакрытых соединений к редису",
    ),
    ("Кто отвечает за сертификат для пушей?", AtomType.QUESTION, "Кто отвечает за сертификат для пушей?"),
    ("Колеги, у нас прод лежить, апі віддає 502", AtomType.PROBLEM, "У нас прод лежить, апі віддає 502"),
    (
        "Баг: при оплаті карткою гроші списуються двічі",
        AtomType.PROBLEM,
        "При оплаті карткою гроші списуються двічі",
    ),
    (
        "Щорелізу одне й те саме: відвалюються вебхуки оплати",
        AtomType.PATTERN,
        "Щорелізу одне й те саме: відвалюються вебхуки оплати",
    ),
    (
        "На зідзвоні вирішили: реліз 2.4 переносимо на четвер",
        AtomType.DECISION,
        "Реліз 2.4 переносимо на четвер",
    ),
    (
        "Підсумок зустрічі: беремо Postgres, Mongo випилюємо",
        AtomType.DECISION,
        "Беремо Postgres, Mongo випилюємо",
    ),
    (
        "Користувачі скаржаться, що пошук дуже повільний",
        AtomType.REQUIREMENT,
        "Користувачі скаржаться, що пошук дуже повільний",
    ),
    ("Пропоную додати фільтр за датою у звіти", AtomType.REQUIREMENT, "Додати фільтр за датою у звіти"),
    (
        "Потрібно завести тікет на міграцію бази і описати відкат",
        AtomType.REQUIREMENT,
        "Завести тікет на міграцію бази і описати відкат",
    ),
    (
        "Хто відповідає за сертифікат для пушів?",
        AtomType.QUESTION,
        "Хто відповідає за сертифікат для пушів?",
    ),
]

SILENT = [
    "Системе не сложно давать таймауты, она отдохнула",
    "спросят про баг-трекинг, ответишь что не использовал",
    "Может, завтра выкатим, если тесты пройдут",
    "если сервер упадёт, откатим",
    "кто может подсказать, откуда ноги растут?",
    "всем привет, с пятницей!",
    "решается количеством бюджета",
    "якщо сервер впаде, відкотимо",
    "може, завтра викотимо, як тести пройдуть",
    "доброго ранку, з п’ятницею!",
]


@pytest.mark.parametrize(("text", "type_", "title"), SAID)
def test_a_sentence_becomes_the_note_a_person_would_write(
    atoms: Atoms, text: str, type_: AtomType, title: str
) -> None:
    found = atoms.extract(reading(said(Line("Olya", text)))).atoms
    assert [(one.content.type, one.content.title) for one in found] == [(type_, title)]


@pytest.mark.parametrize("text", SILENT)
def test_talk_stays_silent(atoms: Atoms, text: str) -> None:
    assert atoms.extract(reading(said(Line("Olya", text)))).atoms == ()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            [
                Line("Olya", "После обновления до 2.4 не приходят пуши на айфоне"),
                Line("Lena", "у меня тоже не приходят", 1),
                Line("Max", "беру, гляну до пятницы", 1),
            ],
            (Category.BUG, Priority.HIGH, "Max", True, date(2026, 11, 13)),
        ),
        (
            [
                Line("Olya", "Макс, сможешь до завтра обновить скриншоты в сторе?"),
                Line("Max", "ок, сделаю", 1),
            ],
            (Category.CHORE, Priority.HIGH, "Max", True, date(2026, 11, 11)),
        ),
        (
            [
                Line("Olya", "Максе, зможеш до завтра оновити скріншоти у сторі?"),
                Line("Max", "ок, зроблю", 1),
            ],
            (Category.CHORE, Priority.HIGH, "Max", True, date(2026, 11, 11)),
        ),
        (
            [Line("Max", "я завтра дороблю експорт у CSV і викладу на стейдж")],
            (Category.CHORE, Priority.HIGH, "Max", True, date(2026, 11, 11)),
        ),
    ],
)
def test_owner_and_date_are_read_too(
    atoms: Atoms, tasks: Tasks, lines: Sequence[Line], told: tuple[Category, Priority, str, bool, date]
) -> None:
    messages = said(*lines)
    subject = topic(1, "X")
    notes = kept(atoms.extract(reading(messages)).atoms, subject)
    (task,) = tasks.propose(Study(PROJECT, tuple(notes), tuple(messages), subject, people=PEOPLE)).tasks
    draft = task.content
    assert draft.assignee is not None
    assert draft.due is not None
    assert told == (
        draft.category,
        draft.priority,
        draft.assignee.name,
        draft.assignee.has_agreed,
        draft.due.on,
    )
