from django import forms


class SheetForm(forms.Form):
    """A list that is brought in."""

    file = forms.FileField(
        label="File",
        help_text="An Excel workbook (.xlsx), .ods or .csv, of up to 2,000 rows.",
        widget=forms.FileInput({"accept": ".xlsx,.ods,.csv"}),
    )
