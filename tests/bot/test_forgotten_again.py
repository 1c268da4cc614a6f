"""A database put back by other programs than ours: what was deleted since is deleted again at the start."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.config import Config, DatabaseConfig, demo_config
from bot.main import open_app
from bot.running import running
from bot.sandbox.server import serve
from core.domain.duty import Duty
from core.domain.ids import ChatId
from core.domain.person import Binding, Chat, ChatKind, ChatState
from tests.builders import PROJECT, a_message, a_project
from tests.postgres import running_postgres

CHAT = ChatId(-1009)


@pytest.fixture
def database() -> str:
    """The name of a database on the server."""
    return running_postgres().fresh().partition("@/")[2].partition("?")[0]


def on_server(config: Config, database: str) -> Config:
    return replace(config, database=DatabaseConfig(running_postgres().url(database)))


async def texts(config: Config) -> list[str]:
    async with open_app(config) as app, app.transactions.reading() as tx:
        found = [await tx.messages.find(a_message(number, chat_id=CHAT).key) for number in (1, 2)]
    return [one.text for one in found if one is not None and one.text]


async def test_what_was_deleted_after_a_server_was_dumped_is_deleted_again_at_the_start(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    server, copy = running_postgres(), f"{database}_copy"
    async with serve() as address:
        plain = demo_config(address.url, address.token, tmp_path)
        there, back = on_server(plain, database), on_server(plain, copy)
        async with open_app(there) as app, app.transactions() as tx:
            await tx.projects.add(a_project())
            await tx.chats.put(Chat(CHAT, ChatKind.SUPERGROUP, "Mobile", state=ChatState.READING))
            await tx.chats.bind(Binding(CHAT, PROJECT))
            await tx.messages.add_many([a_message(number, chat_id=CHAT) for number in (1, 2)])
        server.ask(f"CREATE DATABASE {copy} TEMPLATE {database}")
        async with open_app(there) as app:
            await app.use_cases.forgetting.forget_chat(CHAT)
        assert len(await texts(back)) == 2
        async with open_app(back) as app, running(app, frozenset({Duty.SCHEDULE})):
            pass
        assert await texts(back) == []
    for name in (database, copy):
        server.ask(f"DROP DATABASE {name} WITH (FORCE)")
