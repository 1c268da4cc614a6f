"""Keeps the bot's token and every other secret out of all log lines, whichever library writes them."""

import json
import logging
import sys
import traceback
from collections.abc import Callable, Sequence
from urllib.parse import quote

import structlog

MASK = "***"
SHORTEST_SECRET = 20
"""Telegram's have 35 characters; a shorter one may be an ordinary word and is not masked alone."""
SHORTEST_WORD = 8
"""A shorter password is in many an ordinary word: masked, it would stand out in each of them."""


class MaskingRecords:
    """A log record factory that hides tokens in messages, arguments and tracebacks.

    A factory and not a filter: a filter sees only what its own logger was given, and httpx, httpcore,
    python-telegram-bot and aiogram have dozens.
    """

    def __init__(self, inner: Callable[..., logging.LogRecord]) -> None:
        self._inner = inner
        self._secrets: dict[str, str] = {}

    def hide(self, token: str) -> None:
        """Hides a token from now on, as it is and as a URL spells it."""
        if not token:
            return
        bot_id, _, secret = token.partition(":")
        self._secrets[token] = self._secrets[quote(token, safe="")] = f"{bot_id}:{MASK}"
        if len(secret) >= SHORTEST_SECRET:
            self._secrets[secret] = MASK

    def hide_word(self, secret: str) -> None:
        """Hides a secret that is no token from now on, as it is, in a URL and in JSON."""
        if len(secret) >= SHORTEST_WORD:
            for spelling in (secret, quote(secret, safe=""), json.dumps(secret)[1:-1]):
                self._secrets[spelling] = MASK

    def masked(self, text: str) -> str:
        """Returns `text` without any hidden token."""
        for secret, mask in self._secrets.items():
            text = text.replace(secret, mask)
        return text

    def __call__(self, *args: object, **kwargs: object) -> logging.LogRecord:
        """Returns the record; one without a token is left as it was."""
        record = self._inner(*args, **kwargs)
        message = record.getMessage()
        if (safe := self.masked(message)) != message:
            record.msg, record.args = safe, None
        if record.exc_info and record.exc_info[1] is not None:
            self._mask_error(record, record.exc_info[1])
        return record

    def _mask_error(self, record: logging.LogRecord, error: BaseException) -> None:
        trace = "".join(traceback.format_exception(error))
        if (safe := self.masked(trace)) != trace:
            # Formatters print an exception from the exception itself: the safe text goes into the message.
            record.msg, record.args = f"{record.getMessage()}\n{safe}", None
            record.exc_info = record.exc_text = None


def write_lines(secrets: Sequence[str], *, as_json: bool) -> None:
    """Has this process write its log lines with the ids they are about and without any secret.

    Ours go to stdout, those of libraries from WARNING on to stderr, unless somebody chose otherwise before.

    Args:
        secrets: The bot's token first, then whatever else may not be seen; "" is none.
        as_json: One object a line, for a program to read; else for eyes.
    """
    token, *others = secrets
    records = hide_in_logs(token)
    for secret in others:
        records.hide_word(secret)
    known: list[structlog.typing.Processor] = [
        # What the lines of one update, run or card have in common: its id.
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper("iso", utc=True),
    ]
    written: list[structlog.typing.Processor] = [
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        lambda _logger, _method, line: records.masked(str(line)),
    ]
    # It goes past `logging`, so it is masked by itself.
    structlog.configure(processors=[*known, *written])
    _write_others(known, written)


def _write_others(
    known: Sequence[structlog.typing.Processor], written: Sequence[structlog.typing.Processor]
) -> None:
    root = logging.getLogger()
    if root.handlers:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*known, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *written],
        )
    )
    root.addHandler(handler)


def hide_word_in_logs(secret: str) -> None:
    """Hides a secret that is no token in all logging of this process, for good."""
    hide_in_logs("").hide_word(secret)


def hide_in_logs(token: str) -> MaskingRecords:
    """Hides a token in all logging of this process, for good; returns what masks, for other writers."""
    current = logging.getLogRecordFactory()
    records = current if isinstance(current, MaskingRecords) else MaskingRecords(current)
    records.hide(token)
    logging.setLogRecordFactory(records)
    return records
