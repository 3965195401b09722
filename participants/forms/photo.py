from typing import Any

from django import forms
from django.utils import timezone

from inharmony import image_limits as limits
from participants.actions.photo import Words
from participants.actions.photo_keeping import YEARS, kept_since
from participants.forms.roster import FilesInput
from participants.models.photo import CREDIT, WORDS
from participants.queries.photo import IN_REPORT
from programmes.models import Film, Programme

# each is made anew while the person waits
MOST_AT_ONCE = 8


class PicturesField(forms.FileField):
    """Several pictures, none of them too large."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Returns the files as a list."""
        sent = data if isinstance(data, (list, tuple)) else [data]
        if len(sent) > MOST_AT_ONCE:
            raise forms.ValidationError(f"At most {MOST_AT_ONCE} photos can be sent at once; these are {len(sent)}.")
        files = [super(PicturesField, self).clean(each, initial) for each in sent or [None]]
        for file in files:
            # before a byte of it is read
            if file.size > limits.FILE_BYTES:
                raise forms.ValidationError(f"“{file.name}” has more than 20 MB. Save it smaller and send that.")
        return files


class _DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput({"autocomplete": "off", "inputmode": "numeric", "class": "input-short"}),
            error_messages={"invalid": "The day cannot be read. Write it like 17/11/2026."},
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        """Returns a day that has come, and after which a photo is still kept."""
        day = super().clean(value)
        if day is not None and day <= kept_since(timezone.localdate()):
            raise forms.ValidationError(f"A photo goes {YEARS} years after it was taken. Is the year right?")
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError("This day is still to come. Write the day the photo was taken.")
        return day


class UploadForm(forms.Form):
    """Photos on their way in, all of one hub and one day."""

    programme = forms.ModelChoiceField(queryset=Programme.objects.none(), label="Hub", empty_label=None)
    taken_on = _DayField(label="Taken on", help_text="Like 17/11/2026.")
    file = PicturesField(
        label="Photos",
        help_text=f"JPEG, PNG or WebP, up to 20 MB each and {MOST_AT_ONCE} at once. Where and with what they were taken"
        " is not kept.",
        widget=FilesInput({"class": "input drop", "accept": "image/jpeg,image/png,image/webp", "multiple": True}),
    )

    def __init__(self, *args: Any, hubs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["programme"].queryset = hubs
        fields["programme"].initial = hubs.first()
        fields["taken_on"].initial = timezone.localdate()
        self.has_choice = len(hubs) > 1
        if not self.has_choice:
            # there is nothing to choose
            fields["programme"].required = False

    def clean_programme(self) -> Programme | None:
        """Returns the hub chosen, or the only one there is."""
        chosen: Programme | None = self.cleaned_data["programme"]
        return chosen or self.fields["programme"].queryset.first()  # type: ignore[attr-defined]


class FilmField(forms.ModelChoiceField):
    """A film of the public record, by its title."""

    def label_from_instance(self, obj: Film) -> str:
        """Returns the words of one choice."""
        return obj.title


class WordsForm(forms.Form):
    """What is said of a photo, and where it is shown."""

    alternative = forms.CharField(
        label="What is to be seen",
        max_length=WORDS,
        help_text="For whoever cannot see it: who does what, and where. “Children play violins in a school hall.”"
        " No child’s name.",
        widget=forms.Textarea({"rows": 2}),
    )
    credit = forms.CharField(label="Who took it", max_length=CREDIT, help_text="As they want to be named beside it.")
    caption = forms.CharField(
        label="Caption", max_length=WORDS, required=False, help_text="Stands below it. No child’s name."
    )
    taken_on = _DayField(label="Taken on", help_text="Like 17/11/2026.")
    is_on_page = forms.BooleanField(label="Show it on the hub’s public page", required=False)
    is_in_report = forms.BooleanField(
        label=f"Show it in the hub’s report of its year, which has room for {IN_REPORT}: those published last",
        required=False,
    )
    film = FilmField(queryset=Film.objects.none(), label="Poster of a film", required=False, empty_label="Of no film")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        shown = Film.objects.shown()
        fields["film"].queryset = shown.filter(programme__isnull=True) | shown.filter(programme=programme)

    def words(self) -> Words:
        """Returns what a valid form says, in the words of the act."""
        return Words(**self.cleaned_data)
