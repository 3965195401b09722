from typing import Any

from django import forms

from participants.actions.access_note import Note
from participants.models import AccessNote
from participants.validators.access_note import LONGEST


class NoteForm(forms.Form):
    """What helps a child, who said so, and why the hub may keep it."""

    words = forms.CharField(
        label="What helps",
        help_text=f"One line of {LONGEST} characters at most, like: Sits near the door; needs large print. "
        "Say what to do, not why: no diagnosis, and nothing of safeguarding.",
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        error_messages={"required": "Write what helps the child."},
    )
    told_by = forms.ChoiceField(
        label="Who said so",
        choices=AccessNote.ToldBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who said so."},
    )
    condition = forms.ChoiceField(
        label="Why the hub may keep it",
        choices=AccessNote.Condition.choices,
        widget=forms.RadioSelect,
        help_text="It lets guess at health, so the law asks for one of these (UK GDPR, Article 9).",
        error_messages={"required": "Choose why the hub may keep it."},
    )

    def note(self) -> Note:
        """Returns what a valid form says."""
        cleaned: dict[str, Any] = self.cleaned_data
        told_by, condition = AccessNote.ToldBy(cleaned["told_by"]), AccessNote.Condition(cleaned["condition"])
        return Note(cleaned["words"], told_by, condition)
