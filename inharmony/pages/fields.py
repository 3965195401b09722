"""What a template needs to show one field of a form, or the summary of what is wrong with all of them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.forms import BaseForm, CheckboxInput, CheckboxSelectMultiple, Field, RadioSelect
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

# Types whose content is short: a box as wide as the page would ask for more than is wanted.
SHORT = frozenset({"date", "time", "number"})


class Problem(NamedTuple):
    """One line of the error summary: what is wrong and the address of its field on the page ("" if none)."""

    words: str
    href: str


def first_control(bound: BoundField) -> str:
    """Returns the id of what a link to this field must focus: in a group, its first choice."""
    grouped = isinstance(bound.field.widget, RadioSelect | CheckboxSelectMultiple)
    return f"{bound.auto_id}_0" if grouped else str(bound.auto_id)


def describe(bound: BoundField, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the context of components/field.html for a bound field.

    `changes` may replace `label` and `hint`, may say `optional=False` to leave out the word "(optional)", and may add
    attributes of the control, with underscores for hyphens (`autocomplete="email"`, `input_mode="numeric"`).
    """
    widget = bound.field.widget
    hint = changes.get("hint", bound.help_text)
    errors = messages(bound, str(changes.get("label", bound.label)))
    ids = [f"{bound.auto_id}_hint"] * bool(hint) + [f"{bound.auto_id}_error"] * bool(errors)
    grouped = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    return {
        "bound": bound,
        "kind": "group" if grouped else "check" if isinstance(widget, CheckboxInput) else "one",
        "label": changes.get("label", bound.label),
        "optional": changes.get("optional", True) and not bound.field.required,
        "hint": hint,
        "errors": errors,
        "described": " ".join(ids),
        "control": None if grouped else _control(bound, changes, " ".join(ids)),
    }


def messages(bound: BoundField, label: str) -> list[str]:
    """Returns the errors of a field; Django's "This field is required" names the field, as the summary needs."""
    said = Field.default_error_messages["required"]
    ticked = isinstance(bound.field.widget, CheckboxInput)
    missing = f"“{label}” is not ticked." if ticked else f"{label} is missing."
    return [missing if error == said else str(error) for error in bound.errors]


def problems(form: BaseForm) -> list[Problem]:
    """Returns every error of a form in the order of its fields, those of the whole form first."""
    found = [Problem(str(error), "") for error in form.non_field_errors()]
    for bound in form:
        found += [Problem(words, f"#{first_control(bound)}") for words in messages(bound, str(bound.label))]
    return found


def _control(bound: BoundField, changes: Mapping[str, Any], described: str) -> SafeString:
    widget = bound.field.widget
    added = {k.replace("_", "-"): v for k, v in changes.items() if k not in {"label", "hint", "optional"}}
    attrs: dict[str, Any] = {"placeholder": False, **added}
    if not isinstance(widget, CheckboxInput):
        short = getattr(widget, "input_type", "") in SHORT
        attrs["class"] = " ".join(filter(None, ["input", "input-short" if short else "", widget.attrs.get("class")]))
    if described:
        attrs["aria-describedby"] = described
    return bound.as_widget(attrs=attrs)
