from typing import Any

from django import forms
from django.apps import apps
from django.contrib.auth.password_validation import validate_password

from inharmony.access.permissions import Permission
from inharmony.access.roles import ROLES, Reach
from inharmony.accounts.models import Invitation, User
from inharmony.accounts.queries.school import partner_schools


class InvitationForm(forms.ModelForm):
    """Whom to invite, as what. What is offered is what the inviting person may give."""

    class Meta:
        model = Invitation
        fields = ("name", "email", "role", "programme", "school")
        labels = {"email": "Email address", "programme": "Hub", "name": "Full name"}
        help_texts = {
            "programme": "For a coordinator, administrator or manager.",
            "school": "For a school lead.",
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = by.reach.programmes_for(Permission.MANAGE_PEOPLE)
        everywhere = by.reach.may(Permission.MANAGE_PEOPLE) and not programmes
        offered = [
            role
            for role in ROLES.values()
            if everywhere or role.reach in (Reach.PROGRAMME, Reach.OWN_ENSEMBLES, Reach.SCHOOL)
        ]
        # each role with the sentence that says what it lets a person do
        choices = [(r.name, f"{r.title}: {r.description}") for r in offered]
        self.fields["role"] = forms.ChoiceField(choices=choices, widget=forms.RadioSelect)
        hubs = apps.get_model("programmes", "Programme").objects.all()
        schools = apps.get_model("schools", "School").objects.filter(partnerships__isnull=False).distinct()
        if not everywhere:
            hubs = hubs.filter(pk__in=programmes)
            schools = schools.filter(pk__in=partner_schools(programmes))
        for name, queryset in (("programme", hubs), ("school", schools)):
            self.fields[name] = forms.ModelChoiceField(
                queryset,
                required=False,
                # with one to choose from there is nothing to choose
                initial=queryset.first() if name == "programme" and len(programmes) == 1 else None,
                label=self.fields[name].label,
                help_text=self.fields[name].help_text,
            )

    def clean(self) -> dict[str, Any]:
        """Checks that a hub role names its hub, a school role its school, and a national one neither."""
        cleaned = super().clean() or {}
        role = ROLES.get(cleaned.get("role", ""))
        if role is None:
            return cleaned
        wants_hub = role.reach in (Reach.PROGRAMME, Reach.OWN_ENSEMBLES)
        if wants_hub and not cleaned.get("programme") and "programme" not in self.errors:
            self.add_error("programme", f"Choose the hub this {role.title.lower()} works for.")
        if role.reach is Reach.SCHOOL and not cleaned.get("school") and "school" not in self.errors:
            self.add_error("school", "Choose the school this person leads.")
        if not wants_hub:
            cleaned["programme"] = None
        if role.reach is not Reach.SCHOOL:
            cleaned["school"] = None
        return cleaned


class AcceptForm(forms.Form):
    """The name and the password of a new account."""

    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    password = forms.CharField(
        label="Choose a password",
        help_text="At least 12 characters. Three words that do not belong together are easy to remember.",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        """Returns the password when it is long and rare enough."""
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.data.get("name", "")))
        return password
