"""The contracts hold, and each one would catch what it is there for."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.conftest import ROOT, contracts, linted


@dataclass(frozen=True)
class Plant:
    """A line added to a module (made when it is not there), and what the linter must name."""

    file: str
    line: str
    named: str


PLANTS: Mapping[str, Plant] = {
    "bot and storage stand on core, not on each other": Plant(
        "storage/engine.py", "from bot.world import SystemClock", "storage.engine -> bot.world"
    ),
    "rooms of core": Plant(
        "core/domain/ids.py", "from core.ports.world import Clock", "core.domain.ids -> core.ports.world"
    ),
    "rooms of bot": Plant(
        "bot/view/links.py", "from bot.speak.pacing import Pacing", "bot.view.links -> bot.speak.pacing"
    ),
    "the sandbox knows nothing of ours": Plant(
        "bot/sandbox/rules/limits.py",
        "from core.domain.ids import ChatId",
        "bot.sandbox.rules.limits -> core.domain.ids",
    ),
    "aiogram hears; main starts it, the sandbox checks calls with its models": Plant(
        "bot/speak/pacing.py", "import aiogram", "bot.speak.pacing -> aiogram"
    ),
    "python-telegram-bot speaks; main and running start it": Plant(
        "bot/view/html.py", "import telegram", "bot.view.html -> telegram"
    ),
    "SQL only in storage": Plant(
        "core/services/review/review.py", "import sqlalchemy", "core.services.review.review -> sqlalchemy"
    ),
    "schedules only in bot.schedule": Plant(
        "core/domain/daily/schedule.py", "import apscheduler", "core.domain.daily.schedule -> apscheduler"
    ),
    "HTTP is answered in bot.web": Plant(
        "bot/hear/stream/arrivals.py", "import fastapi", "arrivals -> fastapi"
    ),
    "models only in core.llm": Plant(
        "bot/web/site.py", "import pydantic_ai", "bot.web.site -> pydantic_ai"
    ),
    "queues only in bot.work": Plant("bot/schedule.py", "import taskiq", "bot.schedule -> taskiq"),
    "the pure rooms use no library": Plant(
        "core/domain/similarity.py", "import numpy", "core.domain.similarity -> numpy"
    ),
    "siblings form no cycles": Plant(
        "core/domain/message.py",
        "from core.domain.conversation import Conversation",
        ".message -> .conversation",
    ),
    "storage serves the ports, not those who use them": Plant(
        "storage/types.py",
        "from core.services.showing.placing import Placing",
        "storage.types -> core.services.showing.placing",
    ),
}


def plant(tree: Path, seed: Plant) -> None:
    file = tree / seed.file
    file.parent.mkdir(parents=True, exist_ok=True)
    old = file.read_text("utf-8") if file.exists() else ""
    file.write_text(f"{old}\n{seed.line}\n", "utf-8")


def test_every_contract_is_kept() -> None:
    verdict = linted(ROOT)
    assert verdict.code == 0, verdict.text


def test_every_contract_has_a_planted_violation() -> None:
    assert sorted(PLANTS) == sorted(contracts())


@pytest.mark.parametrize("contract", PLANTS)
def test_a_planted_violation_is_caught(contract: str, tree: Path) -> None:
    plant(tree, PLANTS[contract])
    verdict = linted(tree)
    assert verdict.code == 1
    assert PLANTS[contract].named in verdict.broken.get(contract, ""), verdict.text


@pytest.mark.parametrize(
    ("contract", "room"), [("rooms of core", "core/helpers.py"), ("rooms of bot", "bot/helpers.py")]
)
def test_a_module_without_a_room_is_caught(contract: str, room: str, tree: Path) -> None:
    plant(tree, Plant(room, "x = 1", "helpers"))
    verdict = linted(tree)
    assert "helpers" in verdict.broken.get(contract, ""), verdict.text
