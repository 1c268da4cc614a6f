"""Sealed keys: nobody reads them without ours, ours may change, and a lost one is told in words."""

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from core.errors import BadConfig
from core.ports.agents import Credential
from storage.engine import Database
from storage.secrets import SealedSecrets
from tests.storage.making import StillClock

FIRST, SECOND = Fernet.generate_key().decode(), Fernet.generate_key().decode()
OPENAI = Credential("openai", "sk-a_key_that_nobody_may_see")
OWN = Credential("own", "another-key", "http://10.0.0.5:8000/v1")


def secrets(database: Database, *keys: str) -> SealedSecrets:
    return SealedSecrets(database, StillClock(), keys)


async def sealed(database: Database) -> list[str]:
    async with database.reading() as connection:
        rows = await connection.execute(sa.text("SELECT sealed FROM credential ORDER BY name"))
        return list(rows.scalars())


async def test_a_key_comes_back_and_no_row_shows_it(database: Database) -> None:
    ours = secrets(database, FIRST)
    await ours.put(OPENAI)
    await ours.put(OWN)
    assert await ours.find("openai") == OPENAI
    assert await ours.find_at(OWN.base_url) == OWN
    assert await ours.find("nobody") is None
    assert await ours.find_at("http://elsewhere") is None
    assert not any(OPENAI.key in one or OWN.key in one for one in await sealed(database))
    assert OPENAI.key not in repr(OPENAI)
    assert FIRST not in repr(ours)
    assert [(one.name, one.is_readable) for one in await ours.list_notes()] == [
        ("openai", True),
        ("own", True),
    ]


async def test_a_new_key_goes_first_and_what_was_sealed_before_is_sealed_anew(database: Database) -> None:
    await secrets(database, FIRST).put(OPENAI)
    both = secrets(database, SECOND, FIRST)
    assert await both.find("openai") == OPENAI
    assert (await both.reseal(), await both.reseal()) == (1, 0)
    assert await secrets(database, SECOND).find("openai") == OPENAI
    with pytest.raises(BadConfig):
        await secrets(database, FIRST).find("openai")


@pytest.mark.parametrize(("keys", "told"), [((SECOND,), "none of them opens"), ((), "there is none")])
async def test_a_wrong_or_lost_key_is_told_with_the_way_to_mend_it(
    database: Database, keys: tuple[str, ...], told: str
) -> None:
    await secrets(database, FIRST).put(OPENAI)
    ours = secrets(database, *keys)
    with pytest.raises(BadConfig, match=told) as lost:
        await ours.find("openai")
    assert "triagram provider add openai" in lost.value.mend
    assert await ours.reseal() == 0
    [note] = await ours.list_notes()
    assert not note.is_readable
    assert await secrets(database, FIRST).find("openai") == OPENAI, "nothing was spoiled"


async def test_nothing_is_kept_without_a_key_to_seal_with(database: Database) -> None:
    with pytest.raises(BadConfig, match="no key to seal with"):
        await secrets(database).put(OPENAI)
    assert await sealed(database) == []


async def test_a_key_is_sent_nowhere_else_by_changing_its_row(database: Database) -> None:
    ours = secrets(database, FIRST)
    await ours.put(OPENAI)
    async with database.writing() as connection:
        await connection.execute(sa.text("UPDATE credential SET base_url = 'http://evil'"))
    with pytest.raises(BadConfig):
        await ours.find_at("http://evil")


async def test_what_is_forgotten_is_gone(database: Database) -> None:
    ours = secrets(database, FIRST)
    await ours.put(OPENAI)
    await ours.put(Credential("openai", "newer"))
    found = await ours.find("openai")
    assert found is not None
    assert found.key == "newer"
    assert (await ours.remove("openai"), await ours.remove("openai")) == (True, False)
