from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.models import BreachVersion
from inharmony.audit.queries.breach import keepers_hubs
from inharmony.pages import dates

NO_NAMES = "No name of a child or family, here or below: “two children of one class”, not who."


PAST = ("happened_at", "noticed_at", "ico_told_at", "families_told_at", "closed_at")


class Moment(forms.DateTimeInput):
    """A day and a time, in London, chosen in the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class Text(forms.Textarea):
    """A few sentences."""

    def __init__(self) -> None:
        super().__init__({"rows": 4})


class FactsForm(forms.ModelForm):
    """What is known of a breach when it is noted: enough to begin the 72 hours with."""

    kinds = forms.MultipleChoiceField(
        label="Which kinds of data", choices=BreachVersion.Kind.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = BreachVersion
        fields = ("what", "happened_at", "noticed_at", "noticed_by", "kinds", "children_about", "done")
        widgets: ClassVar[dict[str, Any]] = {"what": Text, "happened_at": Moment, "noticed_at": Moment, "done": Text}
        labels = {
            "what": "What happened",
            "happened_at": "When it happened",
            "noticed_at": "When it was noticed",
            "noticed_by": "Who noticed",
            "children_about": "About how many children",
            "done": "What has been done",
        }
        help_texts = {
            "what": NO_NAMES,
            "happened_at": "As well as it is known; empty when it is not.",
            "noticed_at": "When somebody of yours became aware of it: the 72 hours begin here.",
            "noticed_by": "A member of staff, or their role. Of a family only “a parent”.",
            "children_about": "A rough number; 0 when none.",
            "done": "To end it, to get the data back, and that it does not happen again.",
        }

    def clean(self) -> dict[str, Any]:
        """Refuses what is said to have happened and is still to come."""
        cleaned = super().clean() or {}
        for name in PAST:
            if (at := cleaned.get(name)) and at > timezone.now():
                self.add_error(name, f"{dates.moment(timezone.localtime(at))} is still to come. Put the time right.")
        return cleaned


class NoteForm(FactsForm):
    """The facts, and of which hub."""

    hub = forms.ChoiceField(label="Where", required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hubs = keepers_hubs(by)
        self.fields["hub"].choices = hubs  # type: ignore[attr-defined]
        if len(hubs) == 1:
            # with one to choose from there is nothing to choose
            self.fields["hub"].widget = forms.HiddenInput()
            self.fields["hub"].initial = hubs[0][0]

    def clean_hub(self) -> int | None:
        """Returns the programme's id, or None for the portal; refuses the portal where it is not offered."""
        chosen: str = self.cleaned_data["hub"]
        offered: list[tuple[str, str]] = self.fields["hub"].choices  # type: ignore[attr-defined]
        if chosen not in dict(offered):
            raise forms.ValidationError("Choose the hub it happened in.")
        return int(chosen) if chosen else None


class AmendForm(FactsForm):
    """The facts as they are known now, and what was decided: ICO, families, closed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta(FactsForm.Meta):
        fields = (  # type: ignore[assignment]
            *FactsForm.Meta.fields,
            *("ico", "ico_why", "ico_told_at", "families", "families_why", "families_told_at", "closed_at"),
        )
        widgets = FactsForm.Meta.widgets | {
            "ico": forms.RadioSelect,
            "ico_why": Text,
            "families": forms.RadioSelect,
            "families_why": Text,
            "ico_told_at": Moment,
            "families_told_at": Moment,
            "closed_at": Moment,
        }
        labels = FactsForm.Meta.labels | {
            "ico": "The ICO",
            "ico_why": "Why the ICO is or is not told",
            "ico_told_at": "When the ICO was told",
            "families": "The families",
            "families_why": "Why families are or are not told",
            "families_told_at": "When families were told",
            "closed_at": "When it was closed",
        }
        help_texts = FactsForm.Meta.help_texts | {
            "ico": "Unless it is unlikely to be a risk to anybody, the ICO must be told within 72 hours.",
            "ico_why": "Also why it was late, if it was.",
            "families": "When the risk to them is high, families must be told without undue delay.",
            "closed_at": "Once everything above is done.",
        }
