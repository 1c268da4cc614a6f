"""What is said is work, knowledge or neither by whose it is, whom it answers and whether it is over."""

from collections.abc import Sequence

import pytest

from core.domain.knowledge import AtomType
from core.rules.atoms import Atoms
from core.rules.tasks import Tasks
from tests.rules.chat import Line, note, reading, said
from tests.rules.test_tasks import study

KIOSK = "The kiosk prints two receipts, how do I stop it?"


def found(atoms: Atoms, lines: Sequence[Line]) -> list[tuple[AtomType, str]]:
    extraction = atoms.extract(reading(said(*lines)))
    return [(one.content.type, one.content.title) for one in extraction.atoms]


@pytest.mark.parametrize(
    ("lines", "type_", "title"),
    [
        (
            [Line("Max", "I'll prepare the printer manual for the new shop")],
            AtomType.REQUIREMENT,
            "Prepare the printer manual for the new shop",
        ),
        (
            [Line("Max", "We should drop support for the old printers")],
            AtomType.REQUIREMENT,
            "Drop support for the old printers",
        ),
        (
            [Line("Max", "The old drivers took too long, so we need to update the printer manual")],
            AtomType.REQUIREMENT,
            "Update the printer manual",
        ),
        (
            [
                Line("Olya", KIOSK),
                Line("Max", "You need to disable the second tray in the driver settings", 1),
                Line("Olya", "thanks!", 2),
            ],
            AtomType.SOLUTION,
            "Disable the second tray in the driver settings",
        ),
        (
            [Line("Olya", "I can't get the new card reader to work with the old kiosk")],
            AtomType.PROBLEM,
            "Can't get the new card reader to work with the old kiosk",
        ),
        ([Line("Max", "Хорошо, я напишу список касс")], AtomType.REQUIREMENT, "Написать список касс"),
        ([Line("Max", "Добре, я напишу перелік кас")], AtomType.REQUIREMENT, "Написати перелік кас"),
    ],
)
def test_work_and_knowledge_are_titled_by_what_is_done(
    atoms: Atoms, lines: Sequence[Line], type_: AtomType, title: str
) -> None:
    assert (type_, title) in found(atoms, lines)


@pytest.mark.parametrize(
    "lines",
    [
        [Line("Max", "Let's close the formal part of the meeting")],
        [Line("Max", "Do we want to wait for two more shops?")],
        [Line("Max", "Should we go back briefly to the topic of printers?")],
        [Line("Max", "Who will be in Lviv for the shop opening?")],
        [Line("Max", "I do not think we need to update the drawer sensors")],
        [Line("Max", "The cashiers attended and we kind of agreed on the drawer sensors")],
        [Line("Max", "Customers need to compile the drawer driver themselves")],
        [Line("Max", "In the beginning customers wanted a bigger drawer")],
        [Line("Max", "I can create big drawers on paper already")],
        [Line("Max", "I'll update the drawer driver right away")],
        [Line("Olya", KIOSK), Line("Max", "Please check the owner of that printer folder", 1)],
        [
            Line("Olya", KIOSK),
            Line("Max", "the driver, most likely", 1),
            Line("Olya", "I will check the driver settings of the tray", 2),
        ],
        [Line("Olya", "Мне нужно отправить чек с двумя строками на кассу")],
        [Line("Max", "Посмотрю, спасибо, я сразу драйвер вспомнил")],
        [Line("Olya", "Мені треба надіслати чек із двома рядками на касу")],
    ],
)
def test_advice_ones_own_chores_and_talk_about_the_talk_are_nothing(
    atoms: Atoms, lines: Sequence[Line]
) -> None:
    assert [title for type_, title in found(atoms, lines) if type_ is not AtomType.PROBLEM] == []


def test_who_asks_for_help_tells_one_trouble_in_many_messages(atoms: Atoms) -> None:
    lines = [
        Line("Olya", "Our kiosk prints nothing and shows an error on start, any idea?"),
        Line("Olya", "the tray of our kiosk is stuck every morning"),
    ]
    assert len(found(atoms, lines)) == 1


def test_one_persons_call_for_help_is_no_task_until_another_has_it(tasks: Tasks) -> None:
    asks = Line("Olya", "I can't reach the printer page of my shop, any idea?")
    too = Line("Max", "same here, since the update", 1)
    for lines, many in (([asks], 0), ([asks, too], 1)):
        atom = note(1, AtomType.PROBLEM, "Can't reach the printer page of my shop", said(*lines))
        assert len(tasks.propose(study([atom], *lines)).tasks) == many


def test_what_a_machine_printed_is_no_sentence_of_a_person(atoms: Atoms) -> None:
    pasted = (
        "Mar 02 10:15:20 kiosk systemd[1]: printer.service: our unit entered failed state\n"
        "2026-03-02 10:15:21 [ERROR] drawer - we cannot open the drawer socket\n"
        "level=fatal msg=our daemon crashed on start of the tray"
    )
    assert found(atoms, [Line("Olya", pasted)]) == []
