"""A line a body, filled where it paid, years along the page; as attributes, for the policy allows no inline style."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

ROW, WORDS, BAR = 56, 18, 10  # pixels: from one body to the next, down to its name, of the bar
FOOT = 30
YEARS_APART = 5  # of what is written along the foot; a line stands at each year


@dataclass(frozen=True)
class Span:
    """That something went on under a name, from when to when; without an end it goes on."""

    name: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Bar:
    """A filled part of a line: where it begins and how long it is, in per cent of the page."""

    x: float
    width: float
    goes_on: bool


@dataclass(frozen=True)
class Line:
    """All of one name."""

    name: str
    words: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Plot:
    """Lines under one axis of years; ticks are years and where they stand, in per cent."""

    lines: tuple[Line, ...]
    ticks: tuple[tuple[int, float], ...]


def plot(spans: Iterable[Span], today: date) -> Plot | None:
    """Returns the lines in the order in which their names come; what touches or overlaps is one bar."""
    named: dict[str, list[Span]] = {}
    for span in spans:
        named.setdefault(span.name, []).append(span)
    if not named:
        return None
    first = min(span.starts_on.year for held in named.values() for span in held)
    axis = (date(first, 1, 1), date(today.year + 1, 1, 1))
    lines = tuple(
        Line(name, _words(merged), tuple(_bar(one, axis, today) for one in merged))
        for name, held in named.items()
        for merged in [_merged(held, today)]
    )
    return Plot(lines, tuple((year, _at(date(year, 1, 1), axis)) for year in range(first, today.year + 2)))


def drawn(shown: Plot, label: str) -> SafeString:
    """Returns the plot as SVG: positions in per cent and words in pixels, so that they never shrink on a phone."""
    height = ROW * len(shown.lines) + FOOT
    return format_html(
        '<svg class="periods" width="100%" height="{}" role="img" aria-label="{}">{}{}</svg>',
        height,
        f"{label}: {'; '.join(f'{line.name} {line.words}' for line in shown.lines)}.",
        _joined(_tick(year, at, height, shown.ticks) for year, at in shown.ticks),
        _joined(_line(line, number * ROW) for number, line in enumerate(shown.lines)),
    )


def _tick(year: int, at: float, height: int, ticks: Sequence[tuple[int, float]]) -> SafeString:
    rule = format_html('<line class="tick" x1="{0}%" x2="{0}%" y1="0" y2="{1}"/>', at, height - FOOT)
    if year % YEARS_APART or year == ticks[-1][0]:
        return rule
    anchor = "start" if at < YEARS_APART else "middle"
    return format_html(
        '{}<text class="tick-words" x="{}%" y="{}" text-anchor="{}">{}</text>', rule, at, height - 8, anchor, year
    )


def _line(line: Line, top: int) -> SafeString:
    name = format_html(
        '<text x="0" y="{}"><tspan class="name">{}</tspan><tspan class="when" dx="8">{}</tspan></text>',
        top + WORDS,
        line.name,
        line.words,
    )
    return name + _joined(_drawn_bar(bar, top + WORDS + 10) for bar in line.bars)


def _drawn_bar(bar: Bar, top: int) -> SafeString:
    css = "bar bar-on" if bar.goes_on else "bar"
    shape = format_html('<rect class="{}" x="{}%" y="{}" width="{}%" height="{}"/>', css, bar.x, top, bar.width, BAR)
    if not bar.goes_on:
        return shape
    end = round(bar.x + bar.width, 2)
    return shape + format_html('<ellipse class="bar-end" cx="{}%" cy="{}" rx="9" ry="7"/>', end, top + BAR // 2)


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _merged(held: Iterable[Span], today: date) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(held, key=lambda one: one.starts_on):
        before = merged[-1] if merged else None
        if before is None or (before.ends_on and span.starts_on > before.ends_on + timedelta(days=1)):
            merged.append(span)
        elif before.ends_on and (span.ends_on is None or span.ends_on > before.ends_on):
            merged[-1] = Span(before.name, before.starts_on, span.ends_on)
    return [one if one.ends_on and one.ends_on < today else Span(one.name, one.starts_on, None) for one in merged]


def _words(merged: Sequence[Span]) -> str:
    return ", ".join(_years(one) for one in merged)


def _years(span: Span) -> str:
    if span.ends_on is None:
        return f"since {span.starts_on.year}"
    first, last = span.starts_on.year, span.ends_on.year
    return f"{first}" if first == last else f"{first} to {last}"


def _bar(span: Span, axis: tuple[date, date], today: date) -> Bar:
    x = _at(span.starts_on, axis)
    return Bar(x, round(_at(span.ends_on or today, axis) - x, 2), span.ends_on is None)


def _at(day: date, axis: tuple[date, date]) -> float:
    return round(100 * (day - axis[0]).days / (axis[1] - axis[0]).days, 2)
