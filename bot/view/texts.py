"""Every sentence, by key and language, from the Fluent files in `locales/`."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from importlib.resources import files
from uuid import UUID

from fluent.runtime import FluentBundle, FluentResource

from bot.view.html import Markup, clip, escaped, inert
from bot.view.moments import moment
from core.domain.knobs import Knob
from core.domain.masking import without_secrets
from core.errors import Ambiguous, BadKnob, BadText, Bug, NotFound, NotReviewer, Refusal, WorldFailed
from core.ports.chat import TOAST_LIMIT

Arg = str | int | float
ARG_LIMIT = 200
"""Room for one argument in HTML, in UTF-16 code units; escaped it stays below Fluent's limit."""
PLAIN_ARG_LIMIT = 1000
"""The same without HTML. Fluent refuses parts above 2500 characters, fluent.runtime.resolver."""
SOURCE_LANGUAGE = "en"
"""What other languages fall back to, sentence by sentence."""
LANGUAGES: Mapping[str, str] = {"en": "English", "uk": "Українська", "ru": "Русский"}
"""Languages with texts, by their own names, in the order they are offered."""
_SPOKEN = ", ".join(f"{name} ({code})" for code, name in LANGUAGES.items())
_HOWEVER_NAMED = frozenset({"time zone", "language"})
"""Kinds of which one sentence tells what there is, whatever was asked for."""
_UNSPEAKABLE = re.compile(r"|-?\d{6,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Names only machines use: none, Telegram's ids, our own."""


class MissingText(Bug):
    """A key nobody wrote a sentence for, or a sentence that was not given what it names."""


class Texts:
    """Sentences by key. Arguments are escaped in HTML unless they are Markup; names call nobody."""

    def __init__(self) -> None:
        """Nothing is read until a language is first spoken."""
        self._known: dict[str, FluentBundle] = {}

    def say(self, key: str, language: str, /, **args: Arg) -> Markup:
        """A sentence as HTML.

        Raises:
            MissingText: The key is unknown, or an argument it names is missing.
        """
        return Markup(self._worded(key, language, {name: _safe(arg) for name, arg in args.items()}))

    def plain(self, key: str, language: str, /, **args: Arg) -> str:
        """A sentence without HTML: for buttons, toasts and menus. Raises MissingText."""
        return self._worded(key, language, {name: _short(arg) for name, arg in args.items()})

    def toast(self, key: str, language: str, /, **args: Arg) -> str:
        """The answer to a press, from `toast-{key}`, at most 200 characters. Raises MissingText."""
        return clip(self.plain(f"toast-{key}", language, **args), TOAST_LIMIT)

    def refusal(
        self,
        error: Refusal | WorldFailed,
        language: str,
        timezone: str,
        now: datetime | None = None,
        *,
        limit: int = TOAST_LIMIT,
    ) -> str:
        """One line that says what may not be and what to do instead, plain text.

        With `now`, a moment of another day is told with its day. At most `limit` UTF-16 code units;
        what people wrote in it gives way first.
        """
        args: dict[str, Arg] = {"languages": _SPOKEN}
        for field in fields(error) if is_dataclass(error) else ():
            value = getattr(error, field.name)
            if isinstance(value, datetime):
                args[field.name] = moment(value, now or value, timezone, self.sayer(language))
            elif not isinstance(value, UUID):
                args[field.name] = value if isinstance(value, int) else clip(_listed(value), limit * 2 // 5)
        key = refusal_key(type(error)) + _variant(error)
        return clip(self.plain(key, language, **args), limit)

    def sayer(self, language: str) -> "Sayer":
        """Plain sentences of one language."""
        return Sayer(self, language)

    def _worded(self, key: str, language: str, args: Mapping[str, Arg]) -> str:
        for bundle in (self._bundle(language), self._bundle(SOURCE_LANGUAGE)):
            if not bundle.has_message(key):
                continue
            pattern = bundle.get_message(key).value
            if pattern is None:
                break
            text, errors = bundle.format_pattern(pattern, dict(args))
            if errors:
                raise MissingText(key, *(str(error) for error in errors))
            return str(text)
        raise MissingText(key)

    def _bundle(self, language: str) -> FluentBundle:
        code = language.split("-", maxsplit=1)[0].lower()
        code = code if code in LANGUAGES else SOURCE_LANGUAGE
        if code not in self._known:
            self._known[code] = _loaded(code)
        return self._known[code]


class Sayer:
    """Plain sentences of one language, as `moments` wants them."""

    def __init__(self, texts: Texts, language: str) -> None:
        """Bind the texts to a language."""
        self._texts = texts
        self._language = language

    def __call__(self, key: str, /, **args: Arg) -> str:
        """The sentence. Raises MissingText."""
        return self._texts.plain(key, self._language, **args)


def refusal_key(kind: type[Refusal | WorldFailed]) -> str:
    """`refusal-run-in-the-way` of `RunInTheWay`."""
    name = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in kind.__name__)
    return f"refusal{name}"


def _variant(error: Refusal | WorldFailed) -> str:
    """The ending of a key where what the error holds asks for another sentence."""
    if isinstance(error, NotReviewer):
        return "" if error.reviewers else "-unnamed"
    if isinstance(error, Ambiguous):
        return "" if error.name else "-project"
    if isinstance(error, BadText):
        return "" if error.length else "-empty"
    if isinstance(error, BadKnob):
        return {Knob.AUTO_APPROVE.value: "-unearned", "budget": "-budget"}.get(error.knob, "")
    return _not_found(error) if isinstance(error, NotFound) else ""


def _not_found(error: NotFound) -> str:
    if error.kind in _HOWEVER_NAMED:
        return f"-{error.kind.replace(' ', '-')}"
    if not _UNSPEAKABLE.fullmatch(error.name):
        return ""
    return "-person" if error.kind == "person" else "-gone"


def _loaded(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for file in sorted(files("bot.view").joinpath("locales", language).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".ftl"):
            bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle


def _safe(arg: Arg) -> Arg:
    if not isinstance(arg, str) or isinstance(arg, Markup):
        return arg
    return escaped(clip(inert(without_secrets(arg)), ARG_LIMIT))


def _short(arg: Arg) -> Arg:
    return clip(without_secrets(arg), PLAIN_ARG_LIMIT) if isinstance(arg, str) else arg


def _listed(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)  # pyright: ignore[reportUnknownArgumentType,reportUnknownVariableType] -- str() of any field
    return str(value)
