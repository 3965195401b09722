from schools.models.authority import LocalAuthority
from schools.models.calendar import AcademicYear, Closure, Term
from schools.models.place import Postcode, SmallArea
from schools.models.school import School

__all__ = ["AcademicYear", "Closure", "LocalAuthority", "Postcode", "School", "SmallArea", "Term"]
