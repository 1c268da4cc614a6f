"""Checks JSON against the published Bot API specification: an oracle that is not ours."""

import json
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest

SPEC = Path(__file__).parents[4] / "shared" / "data" / "botapi_spec.json"
SIMPLE: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "String": str,
    "Boolean": bool,
    "True": bool,
    "Float": (int, float),
}


@cache
def load_spec() -> dict[str, Any]:
    if not SPEC.exists():
        pytest.skip("the Bot API specification is not beside the repository")
    return json.loads(SPEC.read_text())


def has_spec() -> bool:
    return SPEC.exists()


def faults_of(value: object, types: list[str], where: str = "") -> list[str]:
    """Returns what is wrong with a value that should be one of the types."""
    found = [_faults(value, one, where) for one in types]
    return [] if [] in found else min(found, key=len)


def _faults(value: object, kind: str, where: str) -> list[str]:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{where}: {kind} expected, {value!r}"]
        inner = [kind.removeprefix("Array of ")]
        items = cast("list[object]", value)
        return [f for i, one in enumerate(items) for f in faults_of(one, inner, f"{where}[{i}]")]
    if kind in SIMPLE:
        is_wrong_bool = isinstance(value, bool) and kind not in {"Boolean", "True"}
        good = isinstance(value, SIMPLE[kind]) and not is_wrong_bool
        return [] if good else [f"{where}: {kind} expected, {value!r}"]
    return _object_faults(value, kind, where)


def _object_faults(value: object, kind: str, where: str) -> list[str]:
    spec = load_spec()["types"][kind]
    if "subtypes" in spec and not spec.get("fields"):
        return faults_of(value, spec["subtypes"], where)
    if not isinstance(value, dict):
        return [f"{where}: {kind} expected, {value!r}"]
    given = cast("dict[str, object]", value)
    fields = {field["name"]: field for field in spec.get("fields", [])}
    missing = [
        f"{where}: {kind}.{name} is missing"
        for name, field in fields.items()
        if field["required"] and name not in given
    ]
    unknown = [f"{where}: {kind}.{name} is unknown" for name in given if name not in fields]
    wrong = [
        fault
        for name, one in given.items()
        if name in fields
        for fault in faults_of(one, fields[name]["types"], f"{where}.{name}")
    ]
    return [*missing, *unknown, *wrong, *_constant_faults(given, kind, fields, where)]


def _constant_faults(given: dict[str, object], kind: str, fields: dict[str, Any], where: str) -> list[str]:
    """`type`, `status` and `source` name the subtype: always “creator” and the like."""
    found: list[str] = []
    for name in ("type", "status", "source"):
        words = fields.get(name, {}).get("description", "")
        for marker in ("always “", 'always "'):
            if name in given and marker in words:
                constant = words.split(marker)[1].split("”")[0].split('"')[0]
                if given[name] != constant:
                    found.append(f"{where}: {kind}.{name} is {given[name]!r}, not {constant!r}")
    return found
