from typing import Any

from django import forms
from django.apps import apps
from django.utils import timezone
from django.utils.html import format_html

from inharmony.access.roles import ROLES, Reach, Role
from inharmony.accounts.models import RoleAssignment, User
from inharmony.accounts.queries.role import hubs_kept_by, roles_given_by, schools_kept_by

OF_A_HUB = (Reach.PROGRAMME, Reach.OWN_ENSEMBLES)


class RoleForm(forms.Form):
    """Which role, of which hub or school. What is offered is what the person may give."""

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # each role with the sentence that says what it lets a person do
        choices = [(r.name, format_html("<b>{}</b><br>{}", r.title, r.description)) for r in roles_given_by(by)]
        self.fields["role"] = forms.ChoiceField(label="What they will do", choices=choices, widget=forms.RadioSelect)
        hubs = apps.get_model("programmes", "Programme").objects.filter(pk__in=hubs_kept_by(by))
        self.fields["programme"] = forms.ModelChoiceField(
            hubs,
            required=False,
            label="Hub",
            help_text="For a coordinator, administrator or manager.",
            # with one to choose from there is nothing to choose
            initial=hubs.first() if len(hubs) == 1 else None,
        )
        self.fields["school"] = forms.ModelChoiceField(
            schools_kept_by(by).order_by("name"), required=False, label="School", help_text="For a school lead."
        )

    def clean(self) -> dict[str, Any]:
        """Checks that a hub role names its hub, a school role its school, and a national one neither."""
        cleaned = super().clean() or {}
        role = ROLES.get(cleaned.get("role", ""))
        if role is not None:
            self._require_place(role, cleaned)
        return cleaned

    def _require_place(self, role: Role, cleaned: dict[str, Any]) -> None:
        if role.reach not in OF_A_HUB:
            cleaned["programme"] = None
        elif not cleaned.get("programme") and "programme" not in self.errors:
            self.add_error("programme", f"Choose the hub this {role.title.lower()} works for.")
        if role.reach is not Reach.SCHOOL:
            cleaned["school"] = None
        elif not cleaned.get("school") and "school" not in self.errors:
            self.add_error("school", "Choose the school this person leads.")

    def role(self) -> RoleAssignment:
        """Returns the role chosen, held by nobody yet."""
        chosen = self.cleaned_data
        return RoleAssignment(role=chosen["role"], programme=chosen["programme"], school=chosen["school"])


class GrantForm(RoleForm):
    """A further role for somebody, from a day on."""

    starts_on = forms.DateField(label="First day", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(
        label="Last day",
        required=False,
        help_text="Leave it empty when it is not known: each role is looked at again once a year.",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate
        self.order_fields(["role", "programme", "school", "starts_on", "ends_on"])

    def role(self) -> RoleAssignment:
        """Returns the role chosen with its days, held by nobody yet."""
        chosen = super().role()
        chosen.starts_on, chosen.ends_on = self.cleaned_data["starts_on"], self.cleaned_data["ends_on"]
        return chosen


class EndForm(forms.Form):
    """When a role ends: at once, or after a day."""

    NOW, LATER = "now", "later"
    when = forms.ChoiceField(
        label="When",
        choices=[(NOW, "Now, at once"), (LATER, "After a last day")],
        initial=NOW,
        widget=forms.RadioSelect,
    )
    last_day = forms.DateField(
        label="Last day",
        required=False,
        help_text="Only where it does not end at once.",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        """Checks that a later end names its day."""
        cleaned = super().clean() or {}
        if cleaned.get("when") == self.LATER and not cleaned.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", "Write the last day, or let the role end now.")
        return cleaned

    def day(self) -> Any:
        """Returns the day the role ends; today is at once."""
        later = self.cleaned_data["when"] == self.LATER
        return self.cleaned_data["last_day"] if later else timezone.localdate()
