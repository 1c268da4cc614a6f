"""Which form a database has, told without Alembic."""

from pathlib import Path

import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

from storage import migrations
from storage.engine import Database, open_engine
from storage.form import NEWEST, is_newest
from tests.databases import url_of


def test_the_newest_form_is_the_newest_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_heads() == [NEWEST]


async def test_a_migrated_database_is_newest(database: Database) -> None:
    assert await is_newest(database)


async def test_a_database_of_another_form_is_not(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
    assert not await is_newest(database)


async def test_an_empty_database_is_not_and_can_still_be_migrated(tmp_path: Path) -> None:
    url = url_of(tmp_path / "new.db")
    opened = open_engine(url)
    assert not await is_newest(opened)
    await migrations.upgrade(url)
    assert await is_newest(opened)
    await opened.dispose()
