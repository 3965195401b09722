"""Which rows about a child leave history when they are changed or deleted (`inharmony.audit.history`)."""

from inharmony.audit.history import tracked
from participants.models.access_note import AccessNote
from participants.models.attendance import Attendance
from participants.models.child import Child
from participants.models.consent import Consent
from participants.models.destination import Destination
from participants.models.enrolment import Enrolment, Placement
from participants.models.known_absence import KnownAbsence
from participants.models.membership import Membership
from participants.models.photo import PhotoChild
from participants.models.playing import Playing

ChildChange = tracked(Child)
# the flag is carried over from the child's row, where its change is told
EnrolmentChange = tracked(Enrolment, only=["child", "school", "starts_on", "ends_on"])
PlacementChange = tracked(Placement, "academic_year")
MembershipChange = tracked(Membership, "ensemble")
ConsentChange = tracked(Consent, "purpose", "wording_version")
AttendanceChange = tracked(Attendance)
AccessNoteChange = tracked(AccessNote)
# what stood before is only kept to be put back
DestinationChange = tracked(Destination, only=["child", "goes_to", "school", "plays", "last_day"])
PlayingChange = tracked(Playing)
KnownAbsenceChange = tracked(KnownAbsence)
PhotoChildChange = tracked(PhotoChild)
