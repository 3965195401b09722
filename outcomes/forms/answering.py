"""What is typed from a slip: the code of the group, and the number after it."""

from typing import Any

from django import forms

from outcomes.models.wave import NUMBER_LENGTH
from outcomes.queries.answering import code_of, tidied

# room for what people put between letters
LONGEST = 40
# no keyboard may change what is copied from paper letter by letter
COPIED = {"autocomplete": "off", "autocapitalize": "characters", "autocorrect": "off", "spellcheck": "false"}
LOOK = "Look at your slip. Then type it again."


class CodeForm(forms.Form):
    """The code of a group; the number may follow it at once."""

    is_unknown = False
    code = forms.CharField(
        label="Your code",
        max_length=LONGEST,
        widget=forms.TextInput(COPIED | {"class": "typed"}),
        error_messages={"required": "Type your code.", "max_length": f"That is too long for a code. {LOOK}"},
    )

    def clean_code(self) -> str:
        """Returns the code as it is kept; refuses what can be none."""
        code = tidied(self.cleaned_data["code"])
        if not code_of(code):
            raise forms.ValidationError(f"That is not a code. {LOOK}")
        return code


class NumberForm(forms.Form):
    """The number of a slip within a group."""

    is_unknown = False
    number = forms.CharField(
        label="Your number",
        max_length=LONGEST,
        widget=forms.TextInput(COPIED | {"class": "typed", "inputmode": "numeric"}),
        error_messages={"required": "Type your number.", "max_length": f"That is too long for a number. {LOOK}"},
    )

    def clean_number(self) -> str:
        """Returns the number as it is kept; refuses what can be none."""
        number = tidied(self.cleaned_data["number"])
        if not (len(number) == NUMBER_LENGTH and number.isascii() and number.isdigit()):
            raise forms.ValidationError(f"It has {NUMBER_LENGTH} digits. {LOOK}")
        return number


def say_unknown(form: CodeForm | NumberForm, field: str) -> None:
    """Says at the field of a form that nothing was found by what was typed, and notes it in `is_unknown`."""
    form.is_unknown = True
    form.add_error(field, f"We can’t find that {field}. {LOOK}")


def chosen(data: Any) -> int | None:
    """Returns which answer a question was sent with; None for none, or for what is no number."""
    told = data.get("answer", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) <= 3 else None
