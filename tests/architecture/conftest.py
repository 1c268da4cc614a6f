"""The repository as the architecture tests see it, and the linter run over a tree."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "core", "storage")
_HEADING = re.compile(r"^(?P<name>.+)\n-{3,}$", re.MULTILINE)


@dataclass(frozen=True)
class Verdict:
    """What the linter said: its exit code, all of its words, and those on each broken contract."""

    code: int
    text: str
    broken: Mapping[str, str]


def project() -> dict[str, Any]:
    """pyproject.toml, read."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def contracts() -> list[str]:
    """The names of all contracts."""
    return [one["name"] for one in project()["tool"]["importlinter"]["contracts"]]


def sources() -> list[Path]:
    """Every Python file of the product, relative to the repository."""
    return sorted(file.relative_to(ROOT) for room in PACKAGES for file in (ROOT / room).rglob("*.py"))


def linted(tree: Path) -> Verdict:
    """Runs `lint-imports` in a tree as `make contracts` does."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(  # noqa: S603 - our own linter on our own tree
        [linter, "--no-cache", "--no-logo"],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "200"},
    )
    names = set(contracts())
    headings = [found for found in _HEADING.finditer(done.stdout) if found["name"] in names]
    ends = [*(found.start() for found in headings), len(done.stdout)]
    broken = {
        found["name"]: done.stdout[found.end() : end] for found, end in zip(headings, ends[1:], strict=True)
    }
    return Verdict(done.returncode, done.stdout + done.stderr, broken)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the product's Python files and configuration, to plant things in."""
    for file in sources():
        copy = tmp_path / file
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((ROOT / file).read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    return tmp_path
