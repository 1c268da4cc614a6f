"""An export stored for good: once is all of it, twice is no more."""

from itertools import islice
from pathlib import Path

import pytest

from bot.archive import open_archive
from bot.config import demo_config
from bot.main import App, open_app
from core.domain.person import Chat, ChatKind
from core.services.chats.imports import CHUNK
from tests.bot.archive.conftest import EXPORTS, ZONE
from tests.bot.archive.test_exports import FILES
from tests.builders import PROJECT, a_project

NOWHERE = "http://127.0.0.1:9"


@pytest.mark.parametrize("name", FILES)
async def test_an_export_brought_in_twice_adds_nothing(tmp_path: Path, name: str) -> None:
    if not (EXPORTS / name).exists():
        pytest.skip("the shared exports are not on this machine")
    async with open_app(demo_config(NOWHERE, "", tmp_path)) as app:
        async with app.transactions() as tx:
            await tx.projects.add(a_project())
        assert await _stored(app, EXPORTS / name) == FILES[name][0]
        assert await _stored(app, EXPORTS / name) == 0


async def _stored(app: App, export: Path) -> int:
    archive = open_archive(export, ZONE)
    chat, reading = Chat(archive.chat_id, ChatKind.SUPERGROUP, archive.name), archive.messages()
    new = 0
    while chunk := list(islice(reading, CHUNK)):
        new += await app.services.intake.store_archive(PROJECT, chat, chunk)
    return new
