"""The house is as CONTRIBUTING.md says: its rooms, its file sizes, its dependencies."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.architecture.conftest import PACKAGES, ROOT, project, sources

MOST_LINES = 350
"""A file is split before about 300 lines; the rest is room for a list that reads as one."""
_ROOM = re.compile(r"^\| `([a-z_.]+)` \|", re.MULTILINE)
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)(?:\[([A-Za-z0-9,-]+)\])?")

PLUGINS: Mapping[str, str] = {
    "aiosqlite": "SQLAlchemy loads it by the name in database.url",
    "tzdata": "zoneinfo reads its files where the system has none",
}
"""Dependencies that nobody imports, and who uses them."""
BROUGHT_BY: Mapping[str, str] = {
    "pydantic-core": "sqlmodel",
    "scipy": "scikit-learn",
}
"""Libraries we import that come with a declared one: we read its errors or use what it hands out."""


def rooms() -> set[str]:
    """What the layout has: each package's modules and folders; storage is one room."""
    found = {"storage"}
    for package in ("bot", "core"):
        for entry in (ROOT / package).iterdir():
            is_folder = entry.is_dir() and (entry / "__init__.py").exists()
            is_module = entry.suffix == ".py" and not entry.name.startswith("__")
            if is_folder or is_module:
                found.add(f"{package}.{entry.stem}")
    return found


def imported(file: Path) -> Iterator[str]:
    """The top-level names a file imports, at its head or within a function."""
    for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def used() -> set[str]:
    """The distributions the product imports, by their normalised names."""
    owners = packages_distributions()
    names = {name for file in sources() for name in imported(file)} - set(sys.stdlib_module_names)
    return {_normal(owners[name][0]) for name in names - set(PACKAGES)}


def extras() -> set[str]:
    """What somebody may install beside it, by normalised names."""
    groups = project()["project"]["optional-dependencies"].values()
    found = [_REQUIREMENT.match(line) for group in groups for line in group]
    return {_normal(match[1]) for match in found if match}


def declared() -> set[str]:
    """The dependencies of pyproject.toml, by their normalised names."""
    found = [_REQUIREMENT.match(line) for line in project()["project"]["dependencies"]]
    return {_normal(one[1]) for one in found if one}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_table_of_rooms_names_each_room_and_no_other() -> None:
    named = _ROOM.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert sorted(named) == sorted(rooms())


@pytest.mark.parametrize("file", sources(), ids=str)
def test_a_file_is_short(file: Path) -> None:
    lines = (ROOT / file).read_text("utf-8").count("\n")
    assert lines < MOST_LINES


def test_every_dependency_is_imported_or_is_a_plugin_with_a_reason() -> None:
    assert declared() - used() == set(PLUGINS)


def test_everything_imported_is_declared_or_comes_with_what_is() -> None:
    assert used() - declared() - extras() == set(BROUGHT_BY)
    assert set(BROUGHT_BY.values()) <= declared()


def test_bot_meets_storage_only_where_rooms_are_joined_and_databases_kept() -> None:
    joining = sorted(
        str(file) for file in sources() if file.parts[0] == "bot" and "storage" in set(imported(file))
    )
    assert joining == ["bot/databases.py", "bot/main.py"]
