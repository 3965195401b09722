"""What anybody may write to a hub, or to In Harmony as a whole."""

import unicodedata
import uuid
from typing import Any

from django import forms

from programmes.actions.message import Writing
from programmes.models import Message, Programme

LONGEST = 2000
WHOLE = "in-harmony"
# they turn the direction of what stands after them: one line could be made to read as another
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(words: str) -> str:
    """Returns words with their lines ended in one way, and without characters that show nothing or turn the line."""
    lined = words.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lined if c == "\n" or not (unicodedata.category(c) in ("Cc", "Cs") or c in TURNING))


class ContactForm(forms.Form):
    """What it is, for whom, the words; a name and an address only for who wants an answer."""

    kind = forms.ChoiceField(
        label="What is it",
        choices=Message.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is.", "invalid_choice": "Choose one of the kinds listed."},
    )
    hub = forms.ChoiceField(
        label="Who is it for",
        help_text="The hub that works with the school, if you know it.",
        error_messages={"required": "Choose who it is for.", "invalid_choice": "Choose a hub of the list."},
    )
    text = forms.CharField(
        label="Message",
        help_text=f"Up to {LONGEST:,} characters. Do not name a child and do not say what has happened to one: a "
        "school’s name and the day are enough. For a photo, say on which page it is.",
        widget=forms.Textarea({"rows": 8, "maxlength": str(LONGEST)}),
    )
    name = forms.CharField(
        label="Your name", max_length=80, required=False, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        required=False,
        help_text="Only if you want an answer by mail. It is used for nothing else.",
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    # nobody sees it; programs fill in all they find
    leave_empty = forms.CharField(
        label="Leave this empty", required=False, widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"})
    )
    # of one press, so that the same sent twice is one message
    send = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, hubs: list[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hubs = {hub.slug: hub for hub in hubs}
        chosen: Any = self.fields["hub"]
        chosen.choices = [
            ("", "Choose"),
            *((slug, hub.name) for slug, hub in self.hubs.items()),
            (WHOLE, "In Harmony as a whole"),
        ]
        self.initial.setdefault("send", uuid.uuid4())

    def clean_text(self) -> str:
        """Returns the words as plain text; refuses none, and more than are read."""
        words = plain(self.cleaned_data["text"]).strip()
        if not words:
            raise forms.ValidationError("Message is missing.")
        if len(words) > LONGEST:
            raise forms.ValidationError(f"The message has {len(words):,} characters. Shorten it to {LONGEST:,}.")
        return words

    def clean_name(self) -> str:
        """Returns the name on one line."""
        return " ".join(plain(self.cleaned_data["name"]).split())

    def clean_leave_empty(self) -> str:
        """Refuses what was filled in by a program; a person is told."""
        if self.cleaned_data["leave_empty"]:
            raise forms.ValidationError("This field is there to stop programs. Empty it and send again.")
        return ""

    def writing(self) -> Writing:
        """Returns what a valid form says."""
        said: dict[str, Any] = self.cleaned_data
        hub = self.hubs.get(said["hub"])
        return Writing(said["kind"], hub, said["text"], said["name"], said["email"], str(said["send"] or ""))
