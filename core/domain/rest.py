"""By which clock and in which quiet hours something waits; pure."""

from dataclasses import dataclass

from core.errors import Bug


@dataclass(frozen=True)
class Rest:
    """By which clock something nobody asked for waits, and what a project chose of its quiet itself.

    None is as the installation has it. As text it is what `Spot.unasked_in` keeps: the time zone alone
    where nothing was chosen.
    """

    timezone: str
    quiet_from: str | None = None
    quiet_until: str | None = None
    weekends: bool | None = None
    messages_per_day: int | None = None

    def __str__(self) -> str:
        """`Europe/Kyiv`, or `Europe/Kyiv 22:00 - 1 -`."""
        chosen = (self.quiet_from, self.quiet_until, self.weekends, self.messages_per_day)
        if chosen == (None,) * len(chosen):
            return self.timezone
        return " ".join((self.timezone, *(_UNCHOSEN if one is None else _plain(one) for one in chosen)))


_UNCHOSEN = "-"
_PARTS = 5


def rest_of(text: str) -> Rest:
    """The rest a text stands for; raises Bug for anything `str(Rest)` would not have written."""
    zone, *chosen = text.split(" ")
    if not chosen:
        return Rest(zone)
    if len(chosen) != _PARTS - 1:
        raise Bug(text)
    begins, ends, weekends, most = (None if one == _UNCHOSEN else one for one in chosen)
    return Rest(
        zone,
        begins,
        ends,
        None if weekends is None else weekends == "1",
        None if most is None else int(most),
    )


def _plain(chosen: str | int) -> str:
    return str(int(chosen)) if isinstance(chosen, bool) else str(chosen)
