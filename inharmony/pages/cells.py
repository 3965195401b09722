"""The cells of a grid of marks, not put together in a template: forty children on forty dates are 1,600 of them."""

from functools import cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from inharmony.pages.icons import STATES, icon
from inharmony.pages.marks import STATES as CHOICES

# the table's own words for a mark, where the state's are too short to stand alone
HEARD = {"r": "Absent, reason known", "a": "Absent, no reason"}


@cache
def mark_cell(letter: str, *, is_off: bool = False, is_in_run: bool = False) -> SafeString:
    """Returns the cell of a mark (p l r a e), or an empty one; `is_off` of a session that has no marks by name."""
    css = "grid-off" if is_off else "grid-run" if is_in_run else ""
    if not letter:
        return format_html('<td class="{}"></td>', css) if css else SafeString("<td></td>")
    state = STATES[letter]
    shape = icon(state.icon, HEARD.get(letter, state.word))
    said = format_html(
        '<span class="state state-{0}">{1}<b aria-hidden="true">{2}</b></span>', letter, shape, letter.upper()
    )
    return format_html('<td class="{}">{}</td>', css, said) if css else format_html("<td>{}</td>", said)


@cache
def outside_cell() -> SafeString:
    """Returns the cell of a child who was not in the ensemble on the day: a dash."""
    return SafeString('<td class="quiet"><span aria-hidden="true">–</span><span class="vh">Not in it</span></td>')


def choice_cell(field: str, label: str, value: str) -> SafeString:
    """Returns a cell in which the mark is chosen: one letter each on a keyboard."""
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((s.letter, SafeString(" selected") if s.letter == value else "", s.word) for s in CHOICES),
    )
    return format_html(
        '<td class="grid-open"><select class="input" name="{}" aria-label="{}">{}</select></td>', field, label, options
    )
