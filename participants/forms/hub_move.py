"""What the page of children who may have moved sends about one who has left: the last day here."""

from django import forms

from programmes.forms.days import day_field


class LastDayForm(forms.Form):
    """The last day with this hub."""

    last_day = day_field("Last day here")
