"""The table a bench prints."""

from collections.abc import Iterable, Sequence

from tests.bench.measure import Line

HEADINGS = ("path", "ours", "baseline", "ratio", "rounds", "aim", "")


def table_of(lines: Iterable[Line]) -> str:
    """The lines in columns, a sentence on each baseline below."""
    listed = list(lines)
    shown = columns_of([HEADINGS, *(_cells(line) for line in listed)])
    notes = [f"{line.path}: against {line.against}; {line.counted} counted." for line in listed]
    return "\n".join([*shown, "", *notes])


def columns_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows in columns as wide as their widest cell, a rule below the first."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    shown = [_joined(row, widths) for row in rows]
    return [shown[0], _joined(["-" * width for width in widths], widths), *shown[1:]]


def _cells(line: Line) -> tuple[str, ...]:
    low, high = line.spread
    verdict = "" if line.aim is None else ("met" if line.aim.is_met(line.ratio) else "MISSED")
    return (
        line.path,
        f"{line.ours:,.2f} {line.unit}",
        f"{line.baseline:,.2f} {line.unit}",
        f"{line.ratio:.2f} x",
        f"{low:.2f} to {high:.2f}",
        "" if line.aim is None else str(line.aim),
        verdict,
    )


def _joined(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = [
        cell.ljust(width) if column in (0, len(widths) - 1) else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join([first, *rest]).rstrip()
