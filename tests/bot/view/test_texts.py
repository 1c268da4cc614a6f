import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import bot.view
from bot.view.cards.notices import BUTTONS, TO_REVIEW, VARIANTS
from bot.view.commands import EXISTING, command_menu
from bot.view.html import Markup
from bot.view.texts import LANGUAGES, MissingText, refusal_key
from core.domain.knobs import Knob
from core.domain.knowledge import AtomType
from core.domain.person import ReviewPlace, Role
from core.domain.proposal import ProposalStatus, Reason
from core.domain.run import Outcomes, RunStatus, Tally
from core.domain.showing.view import Order, TaskFilter
from core.domain.showing.view_settings import SettingsPage
from core.domain.task import Category, Priority, TaskStatus
from core.domain.watching import SETTLED, Watched
from core.errors import Failing, Refusal, WorldFailed
from core.ports.chat import TOAST_LIMIT
from tests.bot.view.checks import ensure_parses
from tests.bot.view.samples import TEXTS

ROOM = Path(bot.view.__file__).parent
SPOKEN_ELSEWHERE = ("toast-", "notice-", "refusal-", "command-", "way-", "weekday-", "month-")
"""Keys named by other rooms, or made of numbers."""
SAYING = {"tell": "notice", "say": "notice", "and_say": "notice", "Notice": "notice", "toast": "toast"}
"""What other rooms say a sentence with: the key is any of its texts, without this prefix."""


SAME_EVERYWHERE = frozenset(
    {
        "Telegram",
        "Desktop",
        "JSON",
        "Mobile",
        "iOS",
        "iPhone",
        "Europe",
        "Start",
        "cron",
        "mon",
        "fri",
        "off",
    }
)
"""Names, and words of commands, that are written alike in every language."""


LONGEST_LABEL = 40
"""Characters of a button's words, its numbers aside."""


class Variables(Visitor):
    """The arguments a sentence names, and those it chooses its words by."""

    def __init__(self) -> None:
        self.named: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 -- the library's hook
        self.named.add(node.id.name)


def messages(language: str = "en") -> dict[str, ftl.Message]:
    found: dict[str, ftl.Message] = {}
    for file in sorted((ROOM / "locales" / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text("utf-8")).body:
            assert not isinstance(entry, ftl.Junk), (file.name, entry.content)
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, entry.id.name
                found[entry.id.name] = entry
    return found


def arguments(message: ftl.Message) -> set[str]:
    visitor = Variables()
    visitor.visit(message)
    return visitor.named


MESSAGES = messages()


class Spoken(NamedTuple):
    """A place in the code that names a key: the keys it may mean, the arguments it gives (None: any)."""

    where: str
    keys: list[str]
    given: set[str] | None


_POSITION = {"say": 0, "label": 0, "press": 1, "plain": 0}


def _keys(node: ast.expr) -> list[str]:
    """The keys an expression may name; a made-up one counts for all keys of its pattern."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _keys(node.body) + _keys(node.orelse)
    if isinstance(node, ast.JoinedStr):
        parts = [
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[^-]+"
            for part in node.values
        ]
        return [key for key in MESSAGES if re.fullmatch("".join(parts), key)] or ["".join(parts)]
    return []


def _spoken() -> Iterator[Spoken]:
    for file in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, (ast.Attribute, ast.Name)):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            position = _POSITION.get(name)
            if position is None or len(node.args) <= position:
                continue
            names = {keyword.arg for keyword in node.keywords}
            given = None if None in names else {one for one in names if one is not None}
            keys = _keys(node.args[position])
            if keys:
                yield Spoken(f"{file.name}:{node.lineno}", keys, given)


SPOKEN = list(_spoken())


def test_the_walk_over_the_code_finds_its_sentences() -> None:
    assert len(SPOKEN) > 200


@pytest.mark.parametrize("spoken", SPOKEN, ids=lambda one: f"{one.where} {one.keys[0]}")
def test_every_key_the_code_names_exists_and_gets_every_argument(spoken: Spoken) -> None:
    for key in spoken.keys:
        assert key in MESSAGES, key
        assert spoken.given is None or arguments(MESSAGES[key]) <= spoken.given, key


def test_no_sentence_is_left_that_nobody_says() -> None:
    named: set[str] = set()
    for file in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, (ast.Constant, ast.JoinedStr)):
                named.update(_keys(node))
    unsaid = {key for key in MESSAGES if not key.startswith(SPOKEN_ELSEWHERE) and key not in named}
    assert unsaid == set()


def _said_elsewhere() -> set[str]:
    """The notices and toasts that `bot.hear` and the core name, in a call or as a constant."""
    core = ROOM.parent.parent / "core"
    rooms = (ROOM.parent / "hear", core / "services", core / "domain")
    words = {
        node.value
        for room in rooms
        for file in room.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return words | {f"{prefix}-{word}" for prefix in ("notice", "toast") for word in words}


def test_no_notice_and_no_toast_is_left_that_nobody_says() -> None:
    said = _said_elsewhere() | {f"notice-{key}-{ending}" for key, ending in VARIANTS.items()}
    unsaid = {key for key in MESSAGES if key.startswith(("toast-", "notice-"))} - said
    assert unsaid == set()


def test_every_refusal_that_has_a_sentence_exists() -> None:
    kinds = {refusal_key(kind) for kind in kinds_of(Refusal) | kinds_of(WorldFailed)}
    told = {key for key in MESSAGES for kind in kinds if key == kind or key.startswith(f"{kind}-")}
    lonely = {key for key in MESSAGES if key.startswith("refusal-")} - told
    assert lonely == set()


def kinds_of(root: type[Refusal | WorldFailed]) -> set[type[Refusal | WorldFailed]]:
    return {root, *(kind for one in root.__subclasses__() for kind in kinds_of(one))}


def _notices() -> Iterator[tuple[str, set[str] | None]]:
    """Notices that services name outright, with the arguments they give (None: made elsewhere)."""
    for file in sorted((ROOM.parent.parent / "core" / "services").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr != "say" or len(node.args) <= _NOTICE_KEY:
                continue
            given = node.args[_NOTICE_KEY + 1] if len(node.args) > _NOTICE_KEY + 1 else None
            names = (
                {str(ast.literal_eval(key)) for key in given.keys if key}
                if isinstance(given, ast.Dict)
                else None
            )
            for key in _keys(node.args[_NOTICE_KEY]):
                yield key, set() if given is None else names


_NOTICE_KEY = 2


@pytest.mark.parametrize(("key", "given"), list(_notices()))
def test_every_notice_a_service_says_has_its_sentence(key: str, given: set[str] | None) -> None:
    assert f"notice-{key}" in MESSAGES
    added = {"link"} if key in TO_REVIEW else set[str]()
    assert given is None or arguments(MESSAGES[f"notice-{key}"]) <= given | added


FAMILIES = [
    *(f"atom-{one}" for one in AtomType),
    *(f"category-{one}" for one in Category),
    *(f"priority-{one}" for one in Priority),
    *(f"task-status-{one}" for one in TaskStatus),
    *(f"button-task-{one}" for one in TaskStatus),
    *(f"reason-word-{one}" for one in Reason),
    *(f"settled-as-{one}" for one in ProposalStatus if one is not ProposalStatus.PENDING),
    *(f"run-is-{one}" for one in RunStatus),
    *(f"failing-{one}" for one in Failing),
    *(f"tally-{one}" for one in vars(Tally())),
    *(f"outcome-{one}" for one in vars(Outcomes())),
    *(f"order-{one}" for one in Order),
    *(f"{prefix}-{one}" for one in TaskFilter for prefix in ("task-list", "task-list-none", "filter")),
    *(f"place-{one}" for one in ReviewPlace),
    *(f"{prefix}-{one}" for one in Knob for prefix in ("knob", "knob-about") if one is not Knob.PLACE),
    *(f"settings-page-{one}" for one in SettingsPage if one is not SettingsPage.MAIN),
    *(f"button-settings-{one}" for one in SettingsPage if one is not SettingsPage.MAIN),
    *(f"watch-what-{one}" for one in Watched),
    *(f"news-as-{one}" for one in SETTLED),
    *(f"way-{one}" for one in BUTTONS),
    *(f"weekday-{number}" for number in range(7)),
    *(f"month-{number}" for number in range(1, 13)),
]


@pytest.mark.parametrize("key", FAMILIES)
def test_every_word_of_a_family_exists(key: str) -> None:
    assert key in MESSAGES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [0, 1, 2, 5, 21, 1234])
def test_every_sentence_can_be_said(language: str, number: int) -> None:
    for key, message in MESSAGES.items():
        for value in (number, "<x>", Markup('<a href="https://t.me/x">x</a>')):
            said = TEXTS.say(key, language, **dict.fromkeys(arguments(message), value))
            assert said, key
            assert "{" not in said, key
            if not key.startswith("button-"):
                ensure_parses(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence_with_every_argument(language: str) -> None:
    assert {key: arguments(one) for key, one in messages(language).items()} == {
        key: arguments(one) for key, one in MESSAGES.items()
    }


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_no_sentence_was_left_in_english(language: str) -> None:
    """Commands, names and signs are the same everywhere; words are not."""
    left = [key for key in MESSAGES if _words_of(key, language) & _words_of(key, "en")]
    assert left == []


def _words_of(key: str, language: str) -> set[str]:
    said = TEXTS.plain(key, language, **dict.fromkeys(arguments(MESSAGES[key]), 7))
    plain = re.sub(r"<code>.*?</code>|<[^>]+>|/\w+( \w+)?|https?://\S+", " ", said)
    return set(re.findall(r"[A-Za-z]{3,}", plain)) - SAME_EVERYWHERE


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["1 note", "2 notes", "5 notes", "21 notes"]),
        ("ru", ["1 заметка", "2 заметки", "5 заметок", "21 заметка"]),
        ("uk", ["1 нотатка", "2 нотатки", "5 нотаток", "21 нотатка"]),
    ],
)
def test_numbers_have_the_plural_of_their_language(language: str, told: list[str]) -> None:
    assert [TEXTS.plain("status-notes", language, n=n) for n in (1, 2, 5, 21)] == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_toasts_and_refusals_hold_no_html_and_fit_a_toast(language: str) -> None:
    said = _said(language, "T-1", "toast-", "refusal-")
    assert not [key for key, text in said.items() if re.search(r"[<>]", text) or len(text) > TOAST_LIMIT]


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_hold_no_html(language: str) -> None:
    said = _said(language, 1, "button-", "reason-", "way-", "link-")
    assert not [key for key, text in said.items() if "<" in text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_button_is_a_few_words(language: str) -> None:
    """Telegram cuts longer ones on a phone where two or three stand side by side."""
    said = _said(language, 1, "button-", "reason-", "way-", "link-", "later-", "due-", "filter-", "place-")
    assert not {key: text for key, text in said.items() if len(text) > LONGEST_LABEL}


def _said(language: str, arg: str | int, *beginnings: str) -> dict[str, str]:
    said = {key: arguments(one) for key, one in MESSAGES.items() if key.startswith(beginnings)}
    return {key: TEXTS.plain(key, language, **dict.fromkeys(named, arg)) for key, named in said.items()}


def test_texts_name_only_commands_that_exist() -> None:
    named: set[str] = set()
    for file in (ROOM / "locales").rglob("*.ftl"):
        for line in file.read_text("utf-8").splitlines():
            named |= set(re.findall(r"(?<![\w<{}/])/([a-z]{2,})", line))
    assert named <= EXISTING
    assert named


def test_a_missing_key_is_an_error() -> None:
    with pytest.raises(MissingText):
        TEXTS.say("no-such-key", "en")


def test_a_missing_argument_is_an_error() -> None:
    with pytest.raises(MissingText):
        TEXTS.say("card-why", "en")


def test_arguments_are_escaped_and_call_nobody_unless_they_are_markup() -> None:
    assert TEXTS.say("card-why", "en", text="<b> & @ann") == "Why: &lt;b&gt; &amp; @\u2060ann"
    assert TEXTS.say("card-why", "en", text=Markup("<b>x</b>")) == "Why: <b>x</b>"


def test_a_language_without_texts_falls_back_to_english() -> None:
    assert TEXTS.plain("button-undo", "xx-YY") == TEXTS.plain("button-undo", "en")


def test_arguments_are_not_wrapped_in_isolating_marks() -> None:
    assert "\u2068" not in TEXTS.plain("toast-approved", "en", result="T-42")


@pytest.mark.parametrize(
    ("key", "args", "told"),
    [
        ("approved", {"result": "T-42"}, "Approved → T-42"),
        ("merged", {"result": "T-17"}, "Merged into T-17"),
        ("kept-notes", {"kept": 8, "dropped": 1}, "Kept 8, dropped 1"),
        ("kept-notes", {"kept": 8, "dropped": 0}, "Kept 8"),
    ],
)
def test_a_toast_says_what_came_of_the_press(key: str, args: dict[str, str | int], told: str) -> None:
    assert TEXTS.toast(key, "en", **args) == told


def test_a_toast_never_exceeds_its_limit() -> None:
    assert len(TEXTS.toast("approved", "en", result="x" * 500)) == TOAST_LIMIT


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.MEMBER, ["add", "bug", "idea", "ask", "tasks", "help"]),
        (Role.REVIEWER, ["review", "digest", "add", "bug", "idea", "ask", "tasks", "help"]),
        (Role.OWNER, ["review", "digest", "add", "bug", "idea", "ask", "tasks", "help"]),
    ],
)
def test_the_menu_shows_what_a_role_needs_and_what_exists(role: Role, names: list[str]) -> None:
    menu = command_menu(TEXTS, "en", role)
    assert [name for name, _ in menu] == names
    assert all(3 <= len(told) <= 256 for _, told in menu)
