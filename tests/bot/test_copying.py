"""`triagram db copy`: from a file to a server, with words for what it refuses."""

from pathlib import Path

import pytest

from bot.cli import BAD_INPUT, FAILED, main
from tests.databases import fresh_database, migrated_database, url_of
from tests.postgres import postgres_database


def _run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    code = ended.value.code
    assert isinstance(code, int)
    return code


def test_a_file_is_moved_to_a_server_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = fresh_database(migrated_database(), tmp_path)
    with postgres_database() as target:
        assert _run("db", "copy", "--from", source, "--to", target) == 0
    assert "each table has as many as before" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_named_and_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "none.db"
    with postgres_database() as target:
        assert _run("db", "copy", "--from", url_of(missing), "--to", target) == FAILED
    assert not missing.exists()
    assert capsys.readouterr().err


@pytest.mark.parametrize("command", [("backup", "x.bin"), ("restore", "x.bin")])
def test_what_postgres_does_itself_is_told(
    command: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRIAGRAM__DATABASE__URL", "postgresql+asyncpg://nobody@localhost/none")
    (tmp_path / "x.bin").write_bytes(b"SQLite format 3\0")
    assert _run(*command) == BAD_INPUT
    assert "pg_dump" in capsys.readouterr().err
