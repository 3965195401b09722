from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from inharmony.accounts.forms.role import RoleForm
from inharmony.accounts.models import Invitation, User


class InvitationForm(RoleForm):
    """Whom to invite, as what."""

    name = forms.CharField(label="Full name", max_length=120)
    email = forms.EmailField(label="Email address")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        self.order_fields(["name", "email", "role", "programme", "school"])

    def invitation(self) -> Invitation:
        """Returns the invitation, not sent yet."""
        return Invitation(**{name: self.cleaned_data[name] for name in self.fields})


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
