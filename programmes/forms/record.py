"""What is looked for among the entries of a kind."""

from typing import Any

from django import forms

from programmes.kinds import Kind
from programmes.models import Programme


class ListForm(forms.Form):
    """What is looked for among the entries of a kind."""

    find = forms.CharField(label="Find", required=False, max_length=80)
    hub = forms.ChoiceField(label="Hub", required=False)
    state = forms.ChoiceField(
        label="Which", required=False, choices=[("", "Shown"), ("withdrawn", "Withdrawn"), ("all", "All")]
    )

    sort = forms.ChoiceField(label="Sorted by", required=False)

    def __init__(self, *args: Any, kind: Kind, hubs: list[Programme], everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(hub.pk), hub.short_name) for hub in hubs]
        whole = [("0", "In Harmony as a whole")] if everywhere and kind.path != "pk" else []
        fields: dict[str, Any] = self.fields
        fields["hub"].choices = [("", "All"), *whole, *named]
        fields["sort"].choices = [
            choice for name, words in kind.sorts for choice in ((name, words), (f"-{name}", f"{words}, from the last"))
        ]
        if not kind.path or len(named) < 2:
            del self.fields["hub"]
        if not kind.can_withdraw:
            del self.fields["state"]

    def asked(self) -> dict[str, Any]:
        """Returns what is asked for; what cannot be asked for is left out."""
        self.full_clean()
        found = getattr(self, "cleaned_data", {})
        return {
            "find": found.get("find", ""),
            "hub": int(found["hub"]) if found.get("hub") else None,
            "state": found.get("state", ""),
            "sort": found.get("sort", ""),
        }
