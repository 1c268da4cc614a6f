"""The numbers that hold in a project: its own, else the installation's."""

from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from core.domain.knobs import Knobs
from core.settings import AttentionSettings, PrivacySettings, ReviewSettings

S = TypeVar("S", ReviewSettings, AttentionSettings, PrivacySettings)


def tuned(settings: S, own: Knobs) -> S:
    """The settings with what the project turned itself; words are kept no longer than installed."""
    if not is_dataclass(settings):
        return settings
    names = {field.name for field in fields(settings)} - {"auto_approve"}
    turned = {name: value for name, value in vars(own).items() if name in names and value is not None}
    if isinstance(settings, PrivacySettings) and own.retention_days is not None:
        turned["retention_days"] = kept_days(settings.retention_days, own.retention_days)
    return replace(settings, **turned)


def kept_days(installed: int, own: int | None) -> int:
    """For how many days words are kept: a project may shorten it, never lengthen it; 0 is for ever."""
    if own is None:
        return installed
    return min(own, installed) if installed else own
