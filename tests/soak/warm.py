"""Imported by the server that lives are forked from: it opens a bot once, so that a life need not load what
a first start loads (half a second of it).
"""

import asyncio
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.config import Config, DatabaseConfig
from bot.hear.hearing import build_dispatcher
from bot.main import open_app
from tests.databases import url_of


async def _open_once(folder: Path) -> None:
    config = replace(Config(), database=DatabaseConfig(url=url_of(folder / "triagram.db")))
    async with open_app(config) as app:
        build_dispatcher(app.services)
        await app.use_cases.schedules.ensure_all()


with TemporaryDirectory() as _folder:
    asyncio.run(_open_once(Path(_folder)))
