"""Where values come from: `config.toml`, the key file, the environment; later ones win."""

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from bot.config.shape import DEFAULTS, SECRETS, SECTIONS, Key

PREFIX = "TRIAGRAM__"
ENVIRONMENT = "environment"
_LINE = re.compile(r"(?:export\s+)?(\w+)\s*=\s*(.*)")
_OTHERS_BITS = 0o077


@dataclass(frozen=True)
class Problem:
    """One thing to mend: the three parts of a BadConfig."""

    where: str
    problem: str
    mend: str


@dataclass(frozen=True)
class Given:
    """A value as it was written, and where; text when it came from an environment."""

    value: Any
    where: str
    is_from_file: bool


@dataclass
class Found:
    """What the sources gave so far, and what is wrong with them."""

    given: dict[Key, Given] = field(default_factory=dict[Key, Given])
    problems: list[Problem] = field(default_factory=list[Problem])

    def complain(self, where: str, problem: str, mend: str) -> None:
        """Adds a problem."""
        self.problems.append(Problem(where, problem, mend))


def read_file(found: Found, path: Path) -> None:
    """Adds what a TOML file gives."""
    text = _text(found, path)
    try:
        tables = {} if text is None else tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found.complain(path.name, str(error), "correct that line; texts stand in quotation marks")
        return
    for section, table in tables.items():
        if section not in SECTIONS or not isinstance(table, dict):
            _refuse_section(found, path.name, section)
            continue
        for name, value in cast("dict[str, Any]", table).items():
            _take(
                found,
                Key(section, name),
                Given(value, f"{path.name}, [{section}] {name}", is_from_file=True),
            )


def read_key_file(found: Found, path: Path) -> None:
    """Adds what the key file gives: lines `TRIAGRAM__TELEGRAM__TOKEN=…`, kept from other people's eyes."""
    if not path.exists():
        return
    mode = path.stat().st_mode & 0o777
    if os.name == "posix" and mode & _OTHERS_BITS:
        found.complain(
            str(path), f"others on this machine may read it (mode {mode:04o})", f"chmod 600 {path}"
        )
        return
    variables: dict[str, str] = {}
    for number, line in enumerate((_text(found, path) or "").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts = _LINE.fullmatch(line.strip())
        if parts is None:
            found.complain(
                f"{path}, line {number}", "it is not NAME=VALUE", f"write {PREFIX}SECTION__KEY=value"
            )
            continue
        variables[parts[1]] = _unquoted(parts[2].strip())
    for name in variables.keys() - _ours(variables):
        found.complain(f"{path}, {name}", "it is no key of this program", f"only {PREFIX}… belongs here")
    read_environment(found, variables, str(path))


def read_environment(found: Found, environ: Mapping[str, str], source: str = ENVIRONMENT) -> None:
    """Adds what environment variables give; those that are not ours are left alone."""
    by_variable = {key.variable: key for key in DEFAULTS}
    by_collapsed = {_collapsed(variable): variable for variable in by_variable}
    for name in sorted(_ours(environ)):
        key = by_variable.get(name)
        if key is None:
            nearest = by_collapsed.get(_collapsed(name)) or _nearest(name, by_variable)
            _refuse_name(found, f"{source}, {name}", nearest)
            continue
        _take(found, key, Given(environ[name], f"{source}, {name}", is_from_file=False))


def _ours(environ: Mapping[str, str]) -> set[str]:
    """Returns our names, and those that would be ours with two underscores."""
    collapsed = {_collapsed(key.variable) for key in DEFAULTS}
    return {name for name in environ if name.startswith(PREFIX) or _collapsed(name) in collapsed}


def _take(found: Found, key: Key, given: Given) -> None:
    if key not in DEFAULTS:
        _refuse_name(found, given.where, _nearest_key(key))
    elif given.is_from_file and key in SECRETS:
        mend = (
            f"take it out; give {key.variable} in the environment, or in the key file of `triagram setup`"
        )
        found.complain(given.where, "a secret does not belong into this file", mend)
    else:
        found.given[key] = given


def _refuse_section(found: Found, file: str, section: str) -> None:
    homes = [key for key in DEFAULTS if key.name == section]
    nearest = f"[{homes[0].section}] {homes[0].name}" if homes else _nearest(section, SECTIONS)
    _refuse_name(found, f"{file}, {section}", nearest)


def _refuse_name(found: Found, where: str, nearest: str) -> None:
    mend = (
        f"did you mean {nearest}?"
        if nearest
        else "take it out; config.toml in the repository lists all keys"
    )
    found.complain(where, "there is no such key", mend)


def _nearest_key(key: Key) -> str:
    homes = [str(known) for known in DEFAULTS if known.name == key.name]
    neighbours = [str(known) for known in DEFAULTS if known.section == key.section]
    return homes[0] if homes else _nearest(str(key), neighbours) or _nearest(str(key), map(str, DEFAULTS))


def _nearest(name: str, names: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(name, list(names), n=1, cutoff=0.75)), "")


def _collapsed(name: str) -> str:
    return re.sub("_+", "_", name.upper())


def _unquoted(value: str) -> str:
    for mark in "\"'":
        if len(value) > 1 and value[0] == value[-1] == mark:
            return value[1:-1]
    return value


def _text(found: Found, path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        found.complain(
            str(path), f"it cannot be read: {error.strerror}", "name a file that is there and may be read"
        )
    except UnicodeDecodeError as error:
        found.complain(str(path), f"it is not UTF-8 text (byte {error.start})", "save it as UTF-8")
    return None
