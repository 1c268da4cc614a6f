"""The moments at which a bot dies: named by what is done, each met once, counted over all its lives."""

from pathlib import Path

import pytest

from tests.soak.moments import Journal, Moment, Watch, What, key_of, written_by


@pytest.mark.parametrize(
    ("statement", "rows", "written"),
    [
        ("UPDATE spot SET wanted = 1", 1, "update spot"),
        ("UPDATE spot SET wanted = 1", 0, ""),
        ('INSERT INTO "incoming" (id) VALUES (1)', 1, "insert incoming"),
        ("INSERT OR IGNORE INTO person (id) VALUES (1)", 1, "insert person"),
        ("\nDELETE FROM task WHERE 1", 1, "delete task"),
        ("SELECT 1 FROM task", -1, ""),
        ("BEGIN IMMEDIATE", -1, ""),
    ],
)
def test_a_statement_is_named_by_the_table_it_wrote(statement: str, rows: int, written: str) -> None:
    assert written_by(statement, rows) == written


@pytest.mark.parametrize(
    ("written", "key"),
    [
        (["update spot", "insert person", "update spot"], "update spot"),
        (["insert person"], "insert person"),
        (["update incoming", "insert message"], "insert message, update incoming"),
    ],
)
def test_a_commit_is_named_by_what_matters_in_it(written: list[str], key: str) -> None:
    assert key_of(written) == key


def test_a_life_ends_at_its_moment_and_the_next_goes_on_counting(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    armed = {Moment(What.COMMIT, "task", 2), Moment(What.SEND, "chat", 1)}
    first = Watch(journal, armed)
    assert [first.commits("task"), first.commits("task")] == [False, True]
    second = Watch(journal, armed)
    assert [second.commits("task"), second.spoke(What.SEND, "chat")] == [False, True]
    third = Watch(journal, armed)
    assert [third.commits("task"), third.spoke(What.SEND, "chat")] == [False, False]
    assert set(journal.died_at()) == armed
    assert Moment(What.COMMIT, "task", 3) in journal.moments()
