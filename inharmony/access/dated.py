"""What lasts from a first to a last day, as the database compares it."""

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Func


class DateRange(Func):
    """SQL daterange(start, end, '[]'): both days inside."""

    function = "DATERANGE"
    output_field = DateRangeField()
