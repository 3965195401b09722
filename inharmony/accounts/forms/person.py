from typing import Any

from django import forms
from django.apps import apps

from inharmony.accounts.models import User
from inharmony.accounts.queries.person import Wanted
from inharmony.accounts.queries.role import hubs_kept_by, roles_given_by

ORDERS = [
    ("name", "Name"),
    ("-name", "Name, from the end"),
    ("-seen", "Last signed in, latest first"),
    ("seen", "Last signed in, longest ago first"),
]
WHO = [("", "With a role now"), ("past", "Whose roles are over")]


class PeopleFilter(forms.Form):
    """What the address asks of the list of people; what it cannot mean is left out."""

    find = forms.CharField(
        label="Name or address",
        required=False,
        max_length=60,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    who = forms.ChoiceField(label="Who", choices=WHO, required=False)
    sort = forms.ChoiceField(label="Order", choices=ORDERS, required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.name, role.title) for role in roles_given_by(by)]
        self.fields["role"] = forms.ChoiceField(label="Role", choices=[("", "All roles"), *roles], required=False)
        hubs = hubs_kept_by(by)
        if len(hubs) > 1:
            self.fields["hub"] = forms.ModelChoiceField(
                apps.get_model("programmes", "Programme").objects.filter(pk__in=hubs),
                label="Hub",
                required=False,
                empty_label="All hubs",
            )

    def wanted(self) -> Wanted:
        """Returns what to look for."""
        self.is_valid()
        asked = self.cleaned_data
        return Wanted(
            find=asked.get("find", ""),
            role=asked.get("role", ""),
            hub=hub.pk if (hub := asked.get("hub")) else None,
            past=asked.get("who") == "past",
            sort=asked.get("sort") or "name",
        )
