"""Whether children's data may come into a programme: that takes a signed agreement to share it."""

from datetime import date

from inharmony.pages import dates
from programmes.models import Programme, SharingAgreement


def agreement_gap(programme: Programme, day: date) -> str:
    """Returns what is missing on a day, in words that end a sentence; an empty text where an agreement is in force."""
    agreements = SharingAgreement.objects.filter(programme=programme)
    if agreements.in_force_on(day).exists():
        return ""
    last = agreements.filter(signed_on__lte=day).order_by("-valid_until").first()
    if last is not None and last.valid_until is not None:
        return f"its sharing agreement ran out on {dates.day(last.valid_until)}"
    return "no sharing agreement has been recorded"
