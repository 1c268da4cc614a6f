"""The configuration: one file with every default, the environment over it, mistakes named at once."""

import dataclasses
import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.config import Config, ensure_token, load_config, secrets_of
from bot.config.rules import RULES, is_cron
from bot.config.shape import DEFAULTS, SECRETS, SECTIONS, Key
from core.errors import BadConfig
from core.settings import Settings

SHIPPED = Path(__file__).parents[2] / "config.toml"
TOKEN = "4711:AAH-a_secret_of_thirty-five_characters"  # noqa: S105 - nothing is behind it
FERNET = "q" * 43 + "="


@pytest.fixture(autouse=True)
def _somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _key_file(tmp_path: Path, text: str, mode: int = 0o600) -> Path:
    path = tmp_path / "keys.env"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def _refusal(path: Path | None, environ: dict[str, str] | None = None, **more: Path) -> BadConfig:
    with pytest.raises(BadConfig) as refused:
        load_config(path, environ or {}, **more)
    return refused.value


def _words(refused: BadConfig) -> str:
    return f"{refused.where} | {refused.problem} | {refused.mend}"


# --- the shipped file


def test_the_shipped_file_and_the_defaults_are_equal() -> None:
    tables: dict[str, dict[str, Any]] = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    shipped = {
        Key(section, name): value for section, table in tables.items() for name, value in table.items()
    }
    assert shipped == {key: value for key, value in DEFAULTS.items() if key not in SECRETS}
    assert {key: type(value) for key, value in shipped.items()} == {
        key: type(DEFAULTS[key]) for key in shipped
    }
    assert list(tables) == list(SECTIONS)
    assert load_config(SHIPPED, {}) == Config()


def test_each_key_of_the_shipped_file_has_a_comment_above_it() -> None:
    lines = SHIPPED.read_text(encoding="utf-8").splitlines()
    bare = [
        line for above, line in pairwise(lines)
        if re.match(r"\w+ =", line) and not above.startswith("# ")
    ]  # fmt: skip
    assert bare == []


def test_each_default_obeys_its_rule() -> None:
    assert RULES.keys() == DEFAULTS.keys()
    assert [str(key) for key, value in DEFAULTS.items() if not RULES[key].fits(value)] == []


def test_every_setting_of_core_has_a_key() -> None:
    parts = {
        part.name: {knob.name for knob in dataclasses.fields(SECTIONS[part.name])}
        for part in dataclasses.fields(Settings)
    }
    assert {Key(part, knob) for part, knobs in parts.items() for knob in knobs} <= DEFAULTS.keys()


# --- where values come from


def test_without_any_source_all_stands_at_its_default() -> None:
    assert load_config(None, {"PATH": "/bin", "TRIAGRAMMATON": "x"}) == Config()


def test_config_toml_of_the_working_directory_is_read(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[review]\nundo_minutes = 3\n")
    assert load_config(None, {}).settings.review.undo_minutes == 3


def test_the_environment_goes_over_the_key_file_and_that_over_the_toml(tmp_path: Path) -> None:
    path = _written(tmp_path, "[analysis]\nmin_length = 1\nbatch_messages = 11\nrag_top_k = 1\n")
    keys = _key_file(tmp_path, "TRIAGRAM__ANALYSIS__MIN_LENGTH=2\nTRIAGRAM__ANALYSIS__BATCH_MESSAGES=12\n")
    analysis = load_config(path, {"TRIAGRAM__ANALYSIS__MIN_LENGTH": "3"}, key_file=keys).settings.analysis
    assert (analysis.min_length, analysis.batch_messages, analysis.rag_top_k) == (3, 12, 1)


@pytest.mark.parametrize(
    ("variable", "text", "key", "value"),
    [
        ("TRIAGRAM__TELEGRAM__TOKEN", TOKEN, "telegram.token", TOKEN),
        ("TRIAGRAM__TELEGRAM__PROXY", "socks5://u:p@h:1080", "telegram.proxy", "socks5://u:p@h:1080"),
        ("TRIAGRAM__TELEGRAM__API_BASE", "http://127.0.0.1:9/", "telegram.api_base", "http://127.0.0.1:9"),
        ("TRIAGRAM__WEB__LISTEN", "[::1]:80", "web.listen", "[::1]:80"),
        ("TRIAGRAM__WEB__LISTEN", "", "web.listen", ""),
        ("TRIAGRAM__SECRETS__KEYS", f"{FERNET}, {FERNET}", "secrets.keys", (FERNET, FERNET)),
        ("TRIAGRAM__ATTENTION__WEEKENDS", "Yes", "attention.weekends", True),
        ("TRIAGRAM__PRIVACY__MASK_SECRETS", "0", "privacy.mask_secrets", False),
        ("TRIAGRAM__LLM__BUDGET_MONTH_USD", "2.5", "llm.budget_month_usd", 2.5),
        ("TRIAGRAM__LLM__BUDGET_MONTH_USD", "2", "llm.budget_month_usd", 2.0),
        ("TRIAGRAM__SCHEDULE__EXTRACT", "", "schedule.extract", ""),
        ("TRIAGRAM__SCHEDULE__TIMEZONE", "Europe/Kyiv", "schedule.timezone", "Europe/Kyiv"),
    ],
)
def test_a_variable_sets_its_key(variable: str, text: str, key: str, value: object) -> None:
    config = load_config(None, {variable: text})
    section, name = key.split(".")
    assert getattr(getattr(config, section, None) or getattr(config.settings, section), name) == value


def test_the_key_file_has_comments_quotes_and_exports(tmp_path: Path) -> None:
    keys = _key_file(tmp_path, f'# mine\n\nexport TRIAGRAM__TELEGRAM__TOKEN="{TOKEN}"\n')
    assert load_config(None, {}, key_file=keys).telegram.token == TOKEN


def test_the_address_is_told_apart() -> None:
    web = load_config(None, {"TRIAGRAM__WEB__LISTEN": "[::1]:8081"}).web
    assert (web.host, web.port) == ("::1", 8081)


# --- what is refused


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[telegram]\nmode = 'poling'", '\'poling\' is not "polling" or "webhook" | did you mean polling?'),
        ("[telegram]\nallow = 7", "7 is not"),
        ("[telegram]\napi_base = 'api.telegram.org'", "is not https://… or http://…"),
        ("[telegram]\nwebhook_url = 'http://example.org/hook'", "is not https://…"),
        ("[telegram]\nproxy = 'socks5://h:99999'", "is not http://… or socks5://…"),
        ("[telegram]\nproxy = 'ftp://h'", "http://… or socks5://…"),
        ("[database]\nurl = 'mysql://h/d'", "postgresql+asyncpg"),
        ("[database]\nurl = 'sqlite+aiosqlite:///'", "sqlite+aiosqlite:///…"),
        ("[queue]\nurl = 'redis://h'", "memory:// or nats://…"),
        ("[web]\nlisten = '8080'", "an address and a port"),
        ("[web]\nlisten = 'h:70000'", "an address and a port"),
        ("[analysis]\nmin_length = 4097", "4097 is not a whole number from 0 to 4096"),
        ("[analysis]\nmin_length = '10'", "'10' is not a whole number"),
        ("[analysis]\nmin_length = 1.5", "1.5 is not a whole number"),
        ("[analysis]\nmin_length = true", "True is not a whole number"),
        ("[analysis]\nnoise_below = 1.01", "a number from 0 to 1"),
        ("[analysis]\nnoise_below = nan", "a number from 0 to 1"),
        ("[review]\nauto_approve = 1", "1 is not true or false"),
        ("[review]\nplace = 'rom'", "did you mean room?"),
        ("[attention]\nquiet_from = '24:00'", 'an hour such as "09:00"'),
        ("[attention]\nquiet_from = '9:00'", 'an hour such as "09:00"'),
        ("[schedule]\nextract = '61 * * * *'", "a cron line such as"),
        ("[schedule]\ndigest = 'nine'", 'or "" for never'),
        ("[schedule]\ntimezone = 'Europe/Kyv'", "did you mean Europe/Kyiv?"),
        ("[schedule]\ntimezone = '../etc/passwd'", "a time zone"),
        ("[llm]\nanalyst = 'llm'", "name a model"),
        ("[llm]\nbudget_month_usd = -1", "a number from 0"),
    ],
)
def test_a_wrong_value_is_named_with_what_it_may_be(tmp_path: Path, text: str, says: str) -> None:
    assert says in _words(_refusal(_written(tmp_path, text)))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[telegram]\ntokn = 'x'", "[telegram] tokn | there is no such key | did you mean telegram.token?"),
        ("[telegram]\nundo_minutes = 5", "did you mean review.undo_minutes?"),
        ("[telegramm]\nmode = 'polling'", "did you mean telegram?"),
        ("undo_minutes = 5", "did you mean [review] undo_minutes?"),
        ("telegram = 'x'", "telegram | there is no such key"),
        ("[review]\nfrobnicate = 1", "take it out"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_right_name(
    tmp_path: Path, text: str, says: str
) -> None:
    assert says in _words(_refusal(_written(tmp_path, text)))


@pytest.mark.parametrize(
    ("variable", "right"),
    [
        ("TRIAGRAM__TELEGRAM__TOKN", "TRIAGRAM__TELEGRAM__TOKEN"),
        ("TRIAGRAM_TELEGRAM_TOKEN", "TRIAGRAM__TELEGRAM__TOKEN"),
        ("TRIAGRAM__telegram__token", "TRIAGRAM__TELEGRAM__TOKEN"),
        ("TRIAGRAM__REVIEW__UNDO_MINUTE", "TRIAGRAM__REVIEW__UNDO_MINUTES"),
    ],
)
def test_an_unknown_variable_is_refused_with_the_nearest_right_name(variable: str, right: str) -> None:
    refused = _refusal(None, {variable: TOKEN})
    assert f"environment, {variable}" in refused.where
    assert right in refused.mend
    assert TOKEN not in _words(refused)


@pytest.mark.parametrize(
    ("text", "variable"),
    [
        (f"[telegram]\ntoken = '{TOKEN}'", "TRIAGRAM__TELEGRAM__TOKEN"),
        ("[telegram]\nwebhook_secret = 'hush'", "TRIAGRAM__TELEGRAM__WEBHOOK_SECRET"),
        (f"[secrets]\nkeys = ['{FERNET}']", "TRIAGRAM__SECRETS__KEYS"),
        ("[database]\nurl = 'postgresql+asyncpg://me:hush@h/d'", "TRIAGRAM__DATABASE__URL"),
        ("[telegram]\nproxy = 'socks5://me:hush@h:1080'", "TRIAGRAM__TELEGRAM__PROXY"),
    ],
)
def test_a_secret_in_the_file_is_refused_and_told_how_to_give_it(
    tmp_path: Path, text: str, variable: str
) -> None:
    refused = _refusal(_written(tmp_path, text), {"TRIAGRAM__TELEGRAM__TOKEN": TOKEN})
    assert "does not belong into this file" in refused.problem
    assert variable in refused.mend
    assert "key file" in refused.mend


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TRIAGRAM__TELEGRAM__TOKEN", "hush"),
        ("TRIAGRAM__TELEGRAM__WEBHOOK_SECRET", "hush hush"),
        ("TRIAGRAM__TELEGRAM__WEBHOOK_SECRET", "guessed"),
        ("TRIAGRAM__SECRETS__KEYS", "hush"),
        ("TRIAGRAM__SECRETS__KEYS", f"{FERNET},hush!"),
        ("TRIAGRAM__SECRETS__KEYS", "hushh"),
        ("TRIAGRAM__DATABASE__URL", "mysql://me:hush@h/d"),
        ("TRIAGRAM__TELEGRAM__PROXY", "ftp://me:hush@h"),
    ],
)
def test_a_wrong_secret_is_refused_without_being_shown(variable: str, value: str) -> None:
    refused = _refusal(None, {variable: value})
    assert variable in refused.where
    assert "hush" not in _words(refused)


def test_every_secret_is_named_for_those_who_hide_them() -> None:
    given = {
        "TRIAGRAM__TELEGRAM__TOKEN": TOKEN,
        "TRIAGRAM__TELEGRAM__WEBHOOK_SECRET": "hook-hook",
        "TRIAGRAM__SECRETS__KEYS": f"{FERNET},{FERNET}",
        "TRIAGRAM__TELEGRAM__PROXY": "socks5://me:proxied@h:1080",
        "TRIAGRAM__DATABASE__URL": "postgresql+asyncpg://me:stored@h/d",
    }
    token, *others = secrets_of(load_config(None, given))
    assert token == TOKEN
    assert {"hook-hook", FERNET, "proxied", "stored"} <= set(others)


def test_a_config_never_shows_its_secrets() -> None:
    config = load_config(
        None,
        {
            "TRIAGRAM__TELEGRAM__TOKEN": TOKEN,
            "TRIAGRAM__SECRETS__KEYS": FERNET,
            "TRIAGRAM__DATABASE__URL": "postgresql+asyncpg://me:hush@h/d",
        },
    )
    assert not any(secret in repr(config) for secret in (TOKEN, FERNET, "hush"))


def test_everything_that_is_wrong_is_named_at_once(tmp_path: Path) -> None:
    path = _written(tmp_path, "[telegram]\nmode = 'x'\ntokn = 1\n[analysis]\nmin_length = -1\n")
    words = _words(_refusal(path, {"TRIAGRAM__WEB__LISTEN": "x"}))
    assert "4 settings" in words
    for where in ("[telegram] mode", "[telegram] tokn", "[analysis] min_length", "TRIAGRAM__WEB__LISTEN"):
        assert where in words


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    keys = _key_file(tmp_path, f"TRIAGRAM__TELEGRAM__TOKEN={TOKEN}", mode)
    refused = _refusal(None, key_file=keys)
    assert f"mode {mode:04o}" in refused.problem
    assert refused.mend == f"chmod 600 {keys}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TOKEN, "line 1"),
        (f"OTHER_TOKEN={TOKEN}", "OTHER_TOKEN"),
        (f"TRIAGRAM__TELEGRAM__TOKN={TOKEN}", "did you mean TRIAGRAM__TELEGRAM__TOKEN?"),
    ],
)
def test_a_wrong_line_of_the_key_file_is_named_and_not_shown(tmp_path: Path, text: str, says: str) -> None:
    words = _words(_refusal(None, key_file=_key_file(tmp_path, text)))
    assert says in words
    assert TOKEN not in words


def test_webhook_mode_needs_its_url_its_secret_and_a_port() -> None:
    words = _words(_refusal(None, {"TRIAGRAM__TELEGRAM__MODE": "webhook", "TRIAGRAM__WEB__LISTEN": ""}))
    assert "web.listen" in words
    assert "telegram.webhook_url" in words
    assert "telegram.webhook_secret" in words


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"[telegram\n", "line 1"),
        (b"[telegram]\nmode = polling\n", "quotation marks"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_file_that_is_not_toml_is_refused_with_the_line(
    tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    assert says in _words(_refusal(path))


def test_a_file_that_is_named_but_not_there_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in _refusal(tmp_path / "nowhere.toml").problem


def test_no_token_is_refused_with_how_to_get_one() -> None:
    with pytest.raises(BadConfig) as refused:
        ensure_token(load_config(None, {}))
    assert "triagram setup" in refused.value.mend
    assert ensure_token(load_config(None, {"TRIAGRAM__TELEGRAM__TOKEN": TOKEN})) == TOKEN


@pytest.mark.parametrize(
    "line", ["* * * * *", "*/15 9-17 * * mon-fri", "0 9 1,15 jan-mar 0", "5 4 * * 7", "0 0 * * fri,mon"]
)
def test_a_cron_line_is_known(line: str) -> None:
    assert is_cron(line)


@pytest.mark.parametrize(
    "line", ["", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8",
             "5-1 * * * *", "*/0 * * * *", "a * * * *", "* * * mon *", "*,, * * * *", "* * * * * *"],
)  # fmt: skip
def test_what_is_no_cron_line_is_refused(line: str) -> None:
    assert not is_cron(line)


LOCAL_ONLY = "[privacy]\nlocal_only = true\n[llm]\nanalyst = 'llm'\n"


@pytest.mark.parametrize(
    ("llm", "says"),
    [
        ("model = 'openai:gpt-5-mini'", "text would go to api.openai.com"),
        ("model = 'openai-chat:x'\nbase_url = 'https://models.example.org/v1'", "go to models.example.org"),
        ("model = 'ollama:gpt-oss:120b-cloud'", "hands its text on to a cloud"),
        ("model = 'somebody-new:x'", "where its text goes is not known"),
        ("model = 'ollama:qwen3:14b'\nfallback = 'anthropic:claude-haiku-4-5'", "llm.fallback"),
        ("model = 'ollama:qwen3:14b'\ntraces = 'https://otel.example.org'", "llm.traces"),
    ],
)
def test_where_text_must_stay_a_model_elsewhere_is_refused_at_start(
    tmp_path: Path, llm: str, says: str
) -> None:
    assert says in _words(_refusal(_written(tmp_path, LOCAL_ONLY + llm)))


@pytest.mark.parametrize(
    "llm",
    [
        "model = 'ollama:qwen3:14b'",
        "model = 'openai-chat:x'\nbase_url = 'http://192.168.1.5:8000/v1'\ntraces = 'http://localhost:4318'",
    ],
)
def test_where_text_must_stay_a_model_on_this_network_may_read(tmp_path: Path, llm: str) -> None:
    path = _written(tmp_path, LOCAL_ONLY + llm)
    assert load_config(path, {}).settings.privacy.local_only


def test_a_model_is_named_with_its_provider(tmp_path: Path) -> None:
    assert "provider:name" in _words(_refusal(_written(tmp_path, "[llm]\nmodel = 'gpt-5-mini'")))
