"""A figure as it stands on a page, not put together in a template: a page of figures has a dozen."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from inharmony.pages.icons import stave

NOTHING = SafeString()


def figure(shown: Mapping[str, Any]) -> SafeString:
    """Returns name, value or symbol, unit, note, completeness with its stave, and the link to what it counts."""
    name, percent, words = shown["name"], shown["percent"], shown["words"]
    complete = percent is not None and words
    return format_html(
        '<div class="figure"><p class="figure-name">{}</p><p class="figure-value">{}</p>{}{}{}</div>',
        name,
        _value(shown),
        _if(shown["note"], '<p class="figure-note">{}</p>'),
        format_html('<div class="stave-line">{}<span class="figure-note">{}</span></div>', stave(percent), words)
        if complete
        else NOTHING,
        format_html(
            '<a class="figure-link" href="{}">What this counts<span class="vh">: {}</span></a>', shown["href"], name
        )
        if shown["href"]
        else NOTHING,
    )


def _value(shown: Mapping[str, Any]) -> SafeString:
    if shown["symbol"]:
        return format_html('<span class="symbol">{}</span>', shown["symbol"])
    return format_html(
        "{}{}", "" if shown["value"] is None else shown["value"], _if(shown["unit"], " <small>{}</small>")
    )


def _if(words: Any, markup: str) -> SafeString:
    return format_html(markup, words) if words else NOTHING
