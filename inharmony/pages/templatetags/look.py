"""The portal's look in templates: `{% load look %}`. Each tag and partial is described in docs/design.md."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from inharmony.pages import dates, fields, figures, icons, marks, money, sources, storage, tables

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "", css: str = "i") -> SafeString:
    """`{% icon "present" %}` beside words; `{% icon "present" label="Present" %}` alone."""
    return icons.icon(name, label, css)


@register.simple_tag
def styles(bundle: str = "all") -> SafeString:
    """`{% styles %}` in the head of every page; `{% styles "public-all" %}` of those without a sign-in."""
    links = ((address,) for address in storage.style_sheets(bundle))
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


@register.simple_tag
@cache
def favicon() -> SafeString:
    """`{% favicon %}` in the head: the picture itself, for it is smaller than what asking for it costs."""
    picture = (settings.BASE_DIR / "static" / "img" / "favicon.svg").read_text()
    return format_html('<link rel="icon" href="data:image/svg+xml,{}">', quote(picture, safe="/:=',"))


register.simple_tag(marks.mark_rows)
register.simple_tag(marks.badge)


@register.simple_tag
def stave(percent: float) -> SafeString:
    """`{% stave 96 %}`: completeness or progress, always beside the words that say the same."""
    return icons.stave(percent)


@register.simple_tag
def state(letter: str, word: str = "") -> SafeString:
    """`{% state "p" %}`: the shape, colour and word of a mark (p, l, r, a, e) or of none taken (n)."""
    seen = icons.STATES[letter.lower()]
    shape = icons.icon(seen.icon)
    return format_html('<span class="state state-{}">{}{}</span>', seen.letter, shape, word or seen.word)


@register.simple_tag
def tag(words: str, kind: str = "", icon: str = "") -> SafeString:
    """`{% tag "Live" kind="ok" icon="present" %}`; kinds: ok, warn, bad, calm, new, now, or none."""
    css = f"tag tag-{kind}" if kind else "tag"
    return format_html('<span class="{}">{}{}</span>', css, icons.icon(icon) if icon else "", words)


@register.simple_tag
def table_rows(rows: Iterable[Any]) -> SafeString:
    """`{% table_rows table.labelled_rows %}`: the rows of a table of figures."""
    return tables.table_rows(rows)


@register.simple_tag
def figure(shown: Any = None, **changes: Any) -> SafeString:
    """`{% figure fig href=address %}`: what a figure says of itself; any of the names below may be replaced.

    A figure knows how it is written ("1,357", or a dash); of one that is hidden its `symbol` is shown.
    """
    names = ("name", "value", "symbol", "unit", "note", "percent", "words", "href")
    found = {name: changes.get(name, getattr(shown, name, None)) for name in names}
    if "value" not in changes and hasattr(shown, "written"):
        # a dash has no unit; a sum of money has its own before it already
        usual = "" if found["value"] is None else found["unit"]
        unit = found["unit"] if "unit" in changes else getattr(shown, "shown_unit", usual)
        found |= {"value": shown.written, "unit": unit}
    elif isinstance(found["value"], int | float):
        found["value"] = thousands(found["value"])
    return figures.figure(found)


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, **changes: Any) -> dict[str, Any]:
    """`{% field form.email label="Email address" hint="" autocomplete="username" %}`"""
    return fields.describe(bound, changes)


@register.inclusion_tag("components/error-summary.html")
def error_summary(form: BaseForm, title: str = "This is not saved") -> dict[str, Any]:
    """`{% error_summary form title="The session is not saved" %}`: nothing while the form is right."""
    return {"title": title, "problems": fields.problems(form) if form.is_bound else []}


@register.inclusion_tag("components/demo-strip.html")
def demo_strip(words: str = "Demonstration: invented schools and children") -> dict[str, Any]:
    """`{% demo_strip %}`: on every page of a demonstration, also on those that render without a request."""
    return {"demo": settings.DEMO, "words": words}


def _date_filter(name: str, write: Callable[[Any], str]) -> None:
    def written(value: dt.date | dt.time | None) -> str:
        return write(value) if value else ""

    register.filter(name, written, expects_localtime=True)


_date_filter("day", dates.day)
_date_filter("weekday", dates.weekday)
_date_filter("short_day", dates.short_day)
_date_filter("clock", dates.clock)
_date_filter("moment", dates.moment)


@register.filter
def printed(value: dt.date | None, precision: str = "day") -> str:
    """`{{ one.happened_on|printed:one.precision }}`: as much of a date as is in print."""
    return dates.printed(value, precision) if value else ""


@register.simple_tag
def printed_span(value: dt.date | None, until: dt.date | None, precision: str = "day") -> str:
    """`{% printed_span one.happened_on one.until one.precision %}`: a date in print, or from one to another."""
    return dates.printed_span(value, until, precision) if value else ""


@register.filter
def sourced(words: str | None) -> SafeString:
    """`{{ one.source|sourced }}`: where a fact was found, its addresses as links."""
    return sources.linked(words or "")


@register.filter
def thousands(value: float | None) -> str:
    """1357 becomes "1,357"; nothing stays nothing."""
    return "" if value is None else f"{value:,}"


register.filter(money.pounds)
