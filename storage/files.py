"""Whole database files: copied while in use, looked through, moved."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from core.errors import StorageFailed
from core.ports.copies import Held
from storage.failures import kind_of

try:
    import fcntl
except ImportError:  # Windows moves no file that is open
    fcntl = None

_COMPANIONS = ("-wal", "-shm", "-journal")
_LOCK_START, _LOCK_BYTES = 0x40000002, 510
"""SHARED_FIRST and SHARED_SIZE of https://www.sqlite.org/src/file/src/os.h: while a connection to a WAL
database is open, it holds a shared lock on these bytes."""
_TABLES = """SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'
    AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"""
_FORM = "SELECT version_num FROM alembic_version"


def copy_file(source: Path, target: Path) -> None:
    """Copy a database by SQLite's backup API, beside whoever reads and writes it; look through the copy.

    The target has mode 0600; an older one stays until the new one is whole. Raises StorageFailed.
    """
    if not source.exists():
        raise StorageFailed("missing", str(source))
    fresh = target.with_name(f"{target.name}.new")
    with failing():
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            _fill(fresh, source)
            held_in(fresh)
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)


def _fill(fresh: Path, source: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(fresh)) as new:
        old.backup(new)
        # A copy is one file: nobody writes to it, so it needs no log beside it.
        new.execute("PRAGMA journal_mode = DELETE")


def held_in(file: Path) -> Held:
    """What a closed file holds, all of it read and found whole; raises StorageFailed."""
    if not file.exists():
        raise StorageFailed("missing", str(file))
    with failing(), closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        for (said,) in opened.execute("PRAGMA integrity_check(1)"):
            if said != "ok":
                raise StorageFailed("corrupt", said)
        tables = [str(name) for (name,) in opened.execute(_TABLES)]
        rows = {name: _count(opened, name) for name in tables}
        form = opened.execute(_FORM).fetchone() if rows.get("alembic_version") else None
        return Held(form[0] if form else "", rows)


def _count(opened: sqlite3.Connection, table: str) -> int:
    [count] = opened.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608 # a name from the schema
    return count


def is_open_elsewhere(file: Path) -> bool:
    """Whether another process has a database open, even a damaged one; never asked while this one has."""
    if fcntl is None or not file.exists():
        return False
    with file.open("r+b") as opened:
        try:
            fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCK_BYTES, _LOCK_START)
        except OSError:
            return True
    return False


def put_in_place(copy: Path, file: Path, aside: Path) -> Path | None:
    """Move a closed copy to `file`; what stood there goes to `aside`, its log along with it.

    Returns `aside`, None when nothing stood there. Raises StorageFailed: "busy" while somebody has it open.
    """
    if is_open_elsewhere(file):
        raise StorageFailed("busy", str(file))
    fresh = file.with_name(f"{file.name}.new")
    with failing():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Another disk takes a while; only then does anything move.
        shutil.move(copy, fresh)
        was_there = file.exists()
        if was_there:
            aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.replace(aside)
        for suffix in _COMPANIONS:
            beside = file.with_name(file.name + suffix)
            if beside.exists():
                beside.replace(aside.with_name(aside.name + suffix))
        fresh.replace(file)
    return aside if was_there else None


@contextmanager
def failing() -> Generator[None]:
    """SQLite's failures and the system's, in our words."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise StorageFailed(kind_of(str(error)) or "io", str(error)) from error
    except OSError as error:
        raise StorageFailed("full" if error.errno == errno.ENOSPC else "io", str(error)) from error
