"""What is published of a comparison school in a year, as a person enters it."""

from django.http import QueryDict

from schools.actions.context import Entered
from schools.forms.context import ContextForm
from schools.models.context import NUMBERS
from schools.queries.context import Context


class PublishedForm(ContextForm):
    """As the form of a partner school, without the question whether it is published: nothing else is held here."""

    def __init__(self, data: QueryDict | None = None, *, context: Context | None, source: str = "") -> None:
        super().__init__(data, context=context, source=source)
        del self.fields["is_published"]
        self.fields["source"].help_text = "What is published, by whom, of when: “Compare school performance, 2024”."

    def entered(self) -> Entered:
        """Returns what a valid form says."""
        said = self.cleaned_data
        numbers = {name: said[name] for name in NUMBERS}
        return Entered(numbers, said["source"], is_published=True, replaces_published=said["replaces_published"])
