"""Cells into values: dates, times, words of a choice, and rows of other tables among those the person may use."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from django.db import models
from import_export.widgets import Widget

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?: 00:00:00)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]00)?")


class DayWidget(Widget):
    """A date, written by a program or day first."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:  # noqa: ARG002
        """Returns the date; raises ValueError with what to write."""
        text = str(value)
        try:
            if found := _ISO.fullmatch(text):
                return date(int(found[1]), int(found[2]), int(found[3]))
            if found := _DAY_FIRST.fullmatch(text):
                return date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            pass
        raise ValueError("is not a date. Write it like 17/11/2026.")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:  # noqa: ARG002
        """Returns the date as it is shown."""
        return f"{value:%d/%m/%Y}" if value else ""


class ClockWidget(Widget):
    """A time of day."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> time | None:  # noqa: ARG002
        """Returns the time; raises ValueError with what to write."""
        found = _CLOCK.fullmatch(str(value))
        try:
            if found:
                return time(int(found[1]), int(found[2]))
        except ValueError:
            pass
        raise ValueError("is not a time. Write it like 10:15.")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:  # noqa: ARG002
        """Returns the time as it is shown."""
        return f"{value:%H:%M}" if value else ""


class NumberWidget(Widget):
    """A whole number."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:  # noqa: ARG002
        """Returns the number; raises ValueError with what to write."""
        text = str(value).removesuffix(".0")
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise ValueError("is not a whole number. Write figures only.")
        return int(text)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:  # noqa: ARG002
        """Returns the number as it is shown."""
        return "" if value is None else str(value)


class ChoiceWidget(Widget):
    """One of a few values, by the words of the pages."""

    def __init__(self, choices: Iterable[tuple[str, Any]]) -> None:
        super().__init__()
        self.words = {key: str(words) for key, words in choices}
        self._keys = {words.casefold(): key for key, words in self.words.items()}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str | None:  # noqa: ARG002
        """Returns the value; raises ValueError with the words there are."""
        key = self._keys.get(str(value).casefold())
        if key is None:
            raise ValueError(f"is not one of: {'; '.join(self.words.values())}.")
        return key

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:  # noqa: ARG002
        """Returns the words."""
        return self.words.get(value, "")


class AmongWidget(Widget):
    """
    A row of another table, by what it is called, among those a person may use in this row's hub and no other.

    What is next door is not there, in the same words as what is nowhere.
    """

    def __init__(
        self, among: Callable[[Any], Mapping[str, Sequence[models.Model]]], refusal: str, *, by_key: bool = False
    ) -> None:
        super().__init__()
        self._among = among
        self._refusal = refusal
        # told by its public number instead of its name
        self._by_key = by_key

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> models.Model | None:  # noqa: ARG002
        """Returns the row; raises ValueError where there is none, or more than one of the name."""
        found = self._among(row).get(str(value).casefold(), [])
        if not found:
            raise ValueError(self._refusal)
        if len(found) > 1:
            raise ValueError("is the name of more than one here. Rename one of them first.")
        return found[0]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:  # noqa: ARG002
        """Returns what it is called."""
        return str(value.pk if self._by_key else value) if value else ""
