"""deploy/machines.yaml says only what the program knows, and all that it needs."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from bot.cli import app
from bot.config.rules import RULES
from bot.config.shape import DEFAULTS, SECRETS
from bot.shift import FINISH_SECONDS
from core.domain.duty import Duty

FILE = Path(__file__).parents[1] / "deploy" / "machines.yaml"
_GIVEN = re.compile(r"\$\{(\w+):\?[^}]*\}")
"""A value from deploy/.env, without which compose does not start."""


def services() -> dict[str, Any]:
    return yaml.safe_load(FILE.read_text("utf-8"))["services"]


def ours() -> dict[str, Any]:
    return {name: one for name, one in services().items() if one["image"] == "triagram"}


@pytest.mark.parametrize("name", ours())
def test_each_service_starts_a_command_that_there_is_with_options_it_has(name: str) -> None:
    command, *given = ours()[name]["command"]
    known: Any = get_command(app)
    # Parsing it raises for what there is not; --help of it ends before anything runs.
    known.commands[command].make_context(command, list(given), resilient_parsing=False)


def test_every_duty_is_done_and_one_hears() -> None:
    counted: Counter[str] = Counter()
    for one in ours().values():
        command, *given = one["command"]
        duties = [Duty.WORK] if command == "worker" else [Duty(role) for role in given[1].split(",")]
        counted.update({duty: one.get("deploy", {}).get("replicas", 1) for duty in duties})
    assert counted.keys() == set(Duty)
    assert (counted[Duty.HEAR], counted[Duty.SCHEDULE]) == (1, 1)
    assert counted[Duty.WORK] > 1


@pytest.mark.parametrize("name", ours())
def test_each_setting_is_one_of_the_program_with_a_value_that_it_takes(name: str) -> None:
    by_variable = {key.variable: key for key in DEFAULTS}
    for variable, value in ours()[name]["environment"].items():
        key = by_variable[variable]
        if key in SECRETS:
            assert _GIVEN.fullmatch(value)
        else:
            assert RULES[key].fits(_GIVEN.sub("given", value)), variable


def test_addresses_name_services_that_there_are() -> None:
    text = FILE.read_text("utf-8")
    hosts = set(re.findall(r"(?:@|nats://)(\w+):\d+", text))
    assert hosts == {"postgres", "nats"} <= services().keys()
    volumes = yaml.safe_load(text)["volumes"]
    mounted = {mount.partition(":")[0] for one in services().values() for mount in one["volumes"]}
    assert mounted == volumes.keys()


@pytest.mark.parametrize("name", ours())
def test_a_stopped_service_is_given_longer_than_it_needs_to_finish(name: str) -> None:
    assert int(ours()[name]["stop_grace_period"].rstrip("s")) >= FINISH_SECONDS + 10


def test_no_port_is_opened_and_no_password_stands_there() -> None:
    assert not any("ports" in one for one in services().values())
    passwords = re.findall(r"PASSWORD: (.+)", FILE.read_text("utf-8"))
    assert [one for one in passwords if not _GIVEN.fullmatch(one)] == []
