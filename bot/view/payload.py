"""What a button carries: a verb, the version of what it stands on, an argument, the spot it is at."""

import base64
import binascii
import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from core.errors import Bug
from core.ports.chat import PAYLOAD_LIMIT


class Verb(StrEnum):
    """What a press does; what stands in brackets is its argument."""

    APPROVE = "a"
    BOTH = "bo"
    REJECT = "r"
    MERGE = "m"
    PICK = "p"  # item name, `T-17`, `S-3`
    CONFIRM_MERGE = "cm"
    BACK = "b"
    LATER = "l"
    SNOOZE = "z"  # hour | tomorrow | week | off
    MORE = "o"
    REASON = "y"  # Reason
    REASON_LAST = "yl"  # Reason of what the session's last tap rejected
    UNDO = "u"
    UNDO_LAST = "ul"
    SOURCES = "so"
    HISTORY = "h"
    SHOW = "sh"
    EDIT = "e"
    SPLIT = "sp"
    PART = "pt"  # place of a part or sub-task, from 0
    PROMOTE = "pm"
    MOVE = "mv"  # id of a project, as `id_arg` writes it
    UNMERGE = "um"  # number of a merged proposal; nothing on its own card
    MERGED = "md"
    APPLY = "ap"  # approve | only
    PRIORITY = "pr"  # Priority
    CATEGORY = "ca"  # Category
    DUE = "d"  # today | tomorrow | friday | week | none
    OWNER = "ow"  # person id, 0 for nobody
    PANEL = "pa"  # Panel
    TICK = "t"  # proposal number
    OPEN = "op"  # number of a proposal, task or run, by the list it stands on, or an item's name
    PAGE = "pg"  # page from 0
    KEEP = "k"
    KEEP_AND_FIND = "kf"
    START = "s"
    CANCEL = "x"
    RESUME = "rs"
    KEEP_RUN = "kr"
    CLOSE = "c"
    CLOSE_CARRY = "cc"
    CLOSE_EXPIRE = "ce"
    CLOSE_KEEP = "ck"
    CLOSE_AND_START = "cs"
    FIND_TASKS = "ft"
    READ_NEW = "rn"
    REVIEW = "rv"
    NEXT = "n"
    PREVIOUS = "pv"
    ORDER = "or"  # Order to change to
    BULK = "ac"  # Bulk, or nothing to choose one
    SIEVE = "si"  # a sieve or stage as `bot.view.sieves` writes it, all, or nothing to choose one
    ALIKE = "al"
    CONFIRM = "cf"
    UNDO_BULK = "ub"
    SHARE = "sr"
    PAUSE_WEEK = "pw"
    THUMBS_UP = "tu"
    THUMBS_DOWN = "td"
    START_READING = "sg"
    LEAVE_ME_OUT = "lo"
    LANGUAGE = "la"  # language code
    TIMEZONE = "tz"  # IANA name
    REVIEWER = "re"  # person id
    DONE = "dn"
    PLACE = "pl"  # ReviewPlace
    THREADS = "th"  # all | said | rest
    OPEN_CHAT = "oc"  # id of a review room, without its minus
    START_CLEAN = "sx"
    NEW_PROJECT = "np"
    JOIN_PROJECT = "jp"  # index in ShownSetup.projects
    ROOM_PROJECT = "rp"  # index in ShownSetup.projects
    STATUS = "st"  # TaskStatus
    TAKE = "ta"
    NOT_ME = "nm"
    FILTER = "fi"  # TaskFilter, or pending | expired
    BRING_BACK = "bb"  # proposal number; of a subject nothing
    ARCHIVE = "ar"
    FORGET_ME = "fm"
    EXPORT = "ex"  # FileFormat or me; nothing on a card of one's own data
    REMIND = "rm"  # on | off
    REMOVE_WORDS = "rw"
    BUDGET = "bu"  # dollars more
    RAISE = "ra"
    STAGE = "sa"  # Stage
    AGENT = "ag"  # agent name
    SETTINGS = "sn"  # SettingsPage
    KNOB = "kn"  # Knob
    SET = "se"  # `knob:value`
    HINTED = "hi"  # yes | no
    WATCH = "wa"  # Watched


APPROVING = "approve"
"""The argument of `APPLY` that approves with the same tap."""


@dataclass(frozen=True)
class Press:
    """A press as read: `version` is that of the content it stands on, 0 where there is none."""

    verb: Verb
    spot_id: UUID
    version: int = 0
    arg: str = ""


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_SHAPE = re.compile(
    r"([a-z]{1,3})\.(0|[1-9a-z][0-9a-z]{0,12})\.([A-Za-z0-9_/+:-]{0,32})\.([A-Za-z0-9_-]{22})"
)
_ARG = re.compile(r"[A-Za-z0-9_/+:-]{0,32}")


def id_arg(id_: UUID) -> str:
    """An id as an argument, 22 characters."""
    return base64.urlsafe_b64encode(id_.bytes).decode().rstrip("=")


def id_in(arg: str) -> UUID | None:
    """The id of an argument; None for anything `id_arg` would not have written."""
    try:
        return UUID(bytes=base64.urlsafe_b64decode(arg + "=="))
    except (binascii.Error, ValueError):
        return None


def payload_of(press: Press) -> str:
    """`{verb}.{version base36}.{arg}.{spot id base64url}`, at most 64 bytes.

    Raises:
        Bug: The argument has other characters than a payload takes, or the whole is too long.
    """
    spot = id_arg(press.spot_id)
    payload = f"{press.verb}.{_base36(press.version)}.{press.arg}.{spot}"
    if not _ARG.fullmatch(press.arg) or len(payload) > PAYLOAD_LIMIT or press.version < 0:
        raise Bug(payload)
    return payload


def press_of(text: str) -> Press | None:
    """The press a payload stands for, None for anything `payload_of` would not have written."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        return None
    verb, version, arg, spot = shape.groups()
    if verb not in frozenset(Verb):
        return None
    press = Press(Verb(verb), UUID(bytes=base64.urlsafe_b64decode(spot + "==")), int(version, 36), arg)
    return press if len(text) <= PAYLOAD_LIMIT and payload_of(press) == text else None


def _base36(number: int) -> str:
    digits = ""
    while number > 0:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"
