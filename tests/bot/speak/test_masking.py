"""The token never reaches a log, at DEBUG, from any library."""

import io
import logging
from collections.abc import Generator
from contextlib import contextmanager

import pytest
import structlog
from telegram.error import InvalidToken

from bot.speak.connection import open_bot
from bot.speak.masking import hide_in_logs
from bot.speak.messenger import PtbMessenger
from core.ports.chat import Card
from tests.bot.speak.conftest import TOKEN, Room

SECRET = TOKEN.partition(":")[2]
WRONG = "4712:AAW-a_secret_that_nobody_knows_of"


@contextmanager
def _everything_logged(formatter: logging.Formatter) -> Generator[io.StringIO]:
    written, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(written), root.level
    handler.setFormatter(formatter)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield written
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


@pytest.fixture(params=["standard", "structlog"])
def formatter(request: pytest.FixtureRequest) -> logging.Formatter:
    if request.param == "standard":
        return logging.Formatter("%(name)s %(message)s")
    return structlog.stdlib.ProcessorFormatter(
        processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )


async def test_debug_output_of_calls_and_failures_has_no_token(
    room: Room, formatter: logging.Formatter
) -> None:
    with _everything_logged(formatter) as written:
        await room.facts.reads_everything()
        await room.driver.fault("502", method="sendMessage")
        await room.messenger.send(room.group, Card("x"), thread_id=None, reply_to=None)
        async with open_bot(TOKEN, api_base="http://127.0.0.1:9") as bot:
            await PtbMessenger(bot).send(room.group, Card("x"), thread_id=None, reply_to=None)
    assert "getMe" in written.getvalue()
    assert SECRET not in written.getvalue()


async def test_a_traceback_that_names_the_token_is_masked(room: Room, formatter: logging.Formatter) -> None:
    refused = open_bot(WRONG, api_base=room.address.url)
    with _everything_logged(formatter) as written:
        try:
            async with refused as bot:
                await bot.initialize()
        except InvalidToken:
            logging.getLogger("telegram.ext").exception("start failed with %s", WRONG)
    assert "The token `4712:***` was rejected" in written.getvalue()
    assert "Traceback" in written.getvalue()
    assert WRONG.partition(":")[2] not in written.getvalue()


@pytest.mark.parametrize("said", [TOKEN, TOKEN.replace(":", "%3A"), SECRET])
def test_every_spelling_is_masked(said: str) -> None:
    assert SECRET not in hide_in_logs(TOKEN).masked(f"POST /bot{said}/getMe")


def test_two_tokens_are_hidden_side_by_side_and_twice_is_once() -> None:
    hide_in_logs(TOKEN)
    hide_in_logs("42:BBBBBBBBBBBBBBBBBBBBBBBBB")
    records = hide_in_logs(TOKEN)
    assert logging.getLogRecordFactory() is records
    assert records.masked(f"{TOKEN} 42:BBBBBBBBBBBBBBBBBBBBBBBBB") == "4711:*** 42:***"


def test_a_line_without_a_token_is_left_as_it_was() -> None:
    records = hide_in_logs(TOKEN)
    record = records("n", logging.INFO, "p", 1, "hello %s", ("you",), None)
    assert (record.msg, record.args) == ("hello %s", ("you",))


def test_an_empty_token_masks_nothing() -> None:
    assert hide_in_logs("").masked("hello") == "hello"
