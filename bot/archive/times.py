"""Moments of an export: Unix time where it has it, else local time of where it was made."""

from datetime import UTC, datetime, tzinfo


class Unreadable(Exception):
    """A part of a message that cannot be read; its words say what is wrong."""


class Times:
    """Reads the moments of one export, in its order.

    Local time says an hour twice when clocks go back. Messages come in order, so the first of the two
    is taken unless it lies before the message read last.
    """

    def __init__(self, timezone: tzinfo) -> None:
        self._timezone = timezone
        self._latest = datetime.min.replace(tzinfo=UTC)

    def sent_at(self, unix: object, local: object) -> datetime:
        """Returns when a message was sent: aware, UTC.

        Args:
            unix: `date_unixtime`: seconds as text, or None.
            local: `date`: ISO 8601 without a zone.

        Raises:
            Unreadable: Neither is a moment.
        """
        at = self._moment(unix, local, not_before=self._latest)
        self._latest = max(self._latest, at)
        return at

    def edited_at(self, unix: object, local: object, sent_at: datetime) -> datetime | None:
        """Returns when a message was edited, or None: old exports say 1970 for never.

        Raises:
            Unreadable: What is there is no moment.
        """
        if unix is None and local is None:
            return None
        at = self._moment(unix, local, not_before=sent_at)
        return at if at >= sent_at else None

    def _moment(self, unix: object, local: object, *, not_before: datetime) -> datetime:
        try:
            if isinstance(unix, str | int):
                return datetime.fromtimestamp(int(unix), UTC)
            return self._of_local(datetime.fromisoformat(str(local)), not_before)
        except (ValueError, OverflowError, OSError) as error:
            raise Unreadable(f"its date {local if unix is None else unix!r} cannot be read") from error

    def _of_local(self, at: datetime, not_before: datetime) -> datetime:
        if at.tzinfo is not None:
            return at.astimezone(UTC)
        first = at.replace(tzinfo=self._timezone).astimezone(UTC)
        if first >= not_before:
            return first
        second = at.replace(tzinfo=self._timezone, fold=1).astimezone(UTC)
        # In the hour that is left out in spring the second reading lies before the first.
        return second if second >= not_before else first
