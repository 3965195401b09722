from schools.models.authority import LocalAuthority
from schools.models.calendar import AcademicYear, Closure, Term
from schools.models.context import SchoolContext
from schools.models.place import Postcode, SmallArea
from schools.models.school import School
from schools.models.town import Town

__all__ = [
    "AcademicYear",
    "Closure",
    "LocalAuthority",
    "Postcode",
    "School",
    "SchoolContext",
    "SmallArea",
    "Term",
    "Town",
]
