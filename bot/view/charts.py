"""Draws charts as one picture: pygal lays them out, resvg makes PNG of them with a font of our own."""

import re
import sys
from importlib.resources import as_file, files
from typing import Any

import pygal
import resvg_py
from pygal.style import Style

from core.ports.chat import Bar, Chart

# pygal puts an importer of its old plugins before the whole program, which Python warns of at each import.
sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]

WIDTH = 760
"""Pixels; drawn at twice as many, for screens that are dense."""
_FONT = "DejaVu Sans"
_FRAME = 90
"""Pixels a chart needs besides its bars: title, axis, margins."""
_BAR = 38
_OVER_TIME = 240
_SCALE = (0, 50, 100)
_LEVEL = 6
"""More labels side by side are slanted."""
_SLANT = 30
_BACK = "#ffffff"
_STYLE = Style(
    font_family=_FONT,
    background=_BACK,
    plot_background=_BACK,
    foreground="#3c4752",
    foreground_strong="#1f2933",
    foreground_subtle="#8795a1",
    guide_stroke_color="#e4e9ee",
    major_guide_stroke_color="#cdd5dd",
    guide_stroke_dasharray="1,0",
    major_guide_stroke_dasharray="1,0",
    title_font_size=17,
    label_font_size=14,
    major_label_font_size=14,
    value_font_size=14,
    value_colors=("#12372a",),
    opacity="1",
    colors=("#7cc4a0",),
)
_PROLOGUE = re.compile(r"^<\?xml[^>]*\?>")


def drawn(charts: tuple[Chart, ...]) -> bytes:
    """A PNG of all charts, one below the other, white behind them."""
    heights = [_height(chart) for chart in charts]
    total, above = sum(heights), 0
    parts: list[str] = []
    for chart, height in zip(charts, heights, strict=True):
        parts.append(_placed(_svg(chart, height), above, height))
        above += height
    size = f'width="{WIDTH}" height="{total}"'
    back = f'<rect {size} fill="{_BACK}"/>'
    whole = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{back}{"".join(parts)}</svg>'
    with as_file(files("bot.view") / "fonts" / "DejaVuSans.ttf") as font:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=whole,
                width=2 * WIDTH,
                font_files=[str(font)],
                font_family=_FONT,
                skip_system_fonts=True,
            )
        )


def _height(chart: Chart) -> int:
    return _OVER_TIME if chart.is_over_time else _FRAME + _BAR * len(chart.bars)


def _svg(chart: Chart, height: int) -> str:
    draws = pygal.Bar if chart.is_over_time else pygal.HorizontalBar
    # pygal draws the first of horizontal bars lowest.
    bars = chart.bars if chart.is_over_time else chart.bars[::-1]
    # pygal has no types; its own are read as unknown.
    drawing: Any = draws(
        style=_STYLE, width=WIDTH, height=height, title=chart.title, range=(0, 100), show_legend=False,
        print_values=True, y_labels=list(_SCALE), margin_right=24, js=[], value_formatter=_percent,
        x_label_rotation=_SLANT if chart.is_over_time and len(bars) > _LEVEL else 0,
    )  # fmt: skip
    drawing.x_labels = [bar.label if chart.is_over_time else f"{bar.label} · {bar.note}" for bar in bars]
    drawing.add("", [_value(bar) for bar in bars])
    return drawing.render(is_unicode=True)


def _value(bar: Bar) -> dict[str, object]:
    """What pygal is told of a bar; one without length has no number, which would cover its label."""
    return {"value": bar.percent, "formatter": _percent if bar.percent else _nothing}


def _percent(value: float) -> str:
    return f"{value:.0f} %"


def _nothing(_value: float) -> str:
    return ""


def _placed(svg: str, above: int, height: int) -> str:
    inner = _PROLOGUE.sub("", svg)
    return inner.replace("<svg ", f'<svg y="{above}" width="{WIDTH}" height="{height}" ', 1)
