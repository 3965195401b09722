"""A hub's own words on a question: as many as the question allows, counted."""

from typing import Any

from django import forms

from evaluation.actions.words import tidy, too_long
from evaluation.returns.counting import most_characters

# a line of the box holds about so many words
A_LINE = 14


class WordsForm(forms.Form):
    """One box, and which words its page showed."""

    words = forms.CharField(required=False, strip=False, label="Your words")
    seen = forms.IntegerField(min_value=0)

    def __init__(self, data: Any = None, *, limit: int, words: str) -> None:
        super().__init__(data, initial={"words": words})
        self.limit = limit
        attributes = {
            "rows": min(limit // A_LINE + 3, 24),
            "data-words-limit": limit,
            "data-characters-limit": most_characters(limit),
        }
        self.fields["words"].widget = forms.Textarea(attributes)
        self.fields["words"].help_text = f"At most {limit} words. No names of children. Leave it empty to take it off."

    def clean_words(self) -> str:
        """Returns the words; refuses more than are allowed."""
        words = tidy(self.cleaned_data["words"])
        if said := too_long(words, self.limit):
            raise forms.ValidationError(said)
        return words
