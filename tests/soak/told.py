"""What a soak counted, said where whoever runs it sees it, also when all went well."""

from collections.abc import Callable

import pytest

Record = Callable[[str, object], None]
TOLD = "soak told"


def tell(record_property: Record, line: str) -> None:
    """Say one line after the run; `record_property` is pytest's fixture."""
    record_property(TOLD, line)


def lines_of(report: pytest.TestReport) -> list[str]:
    """What a test has told."""
    return [str(value) for name, value in report.user_properties if name == TOLD]
