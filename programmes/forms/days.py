from django import forms


def day_field(label: str, hint: str = "", *, required: bool = True) -> forms.DateField:
    """Returns a field for one day, written by the browser's own calendar."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, required=required, widget=widget)
