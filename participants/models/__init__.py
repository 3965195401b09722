from participants.models.access_note import AccessNote
from participants.models.attendance import Attendance
from participants.models.child import Child
from participants.models.consent import Consent
from participants.models.correction import Correction
from participants.models.destination import Destination
from participants.models.enrolment import Enrolment, Placement
from participants.models.history import (
    AccessNoteChange,
    AttendanceChange,
    ChildChange,
    ConsentChange,
    DestinationChange,
    EnrolmentChange,
    KnownAbsenceChange,
    MembershipChange,
    PhotoChildChange,
    PlacementChange,
    PlayingChange,
)
from participants.models.hub_move import HubMove
from participants.models.identity import Identity
from participants.models.known_absence import KnownAbsence
from participants.models.list_check import ListAnswer, ListCheck, ListProposal
from participants.models.membership import Membership
from participants.models.membership_act import MembershipAct
from participants.models.merge import Merge
from participants.models.past_registers import PastRegister, PastRegisterSheet
from participants.models.photo import Photo, PhotoChild
from participants.models.playing import Playing
from participants.models.roll_forward import RollForward
from participants.models.roster import RosterImport, RosterRow, RosterSheet
from participants.models.tally import ChildMonth, RegisterTally

__all__ = [
    "AccessNote",
    "AccessNoteChange",
    "Attendance",
    "AttendanceChange",
    "Child",
    "ChildChange",
    "ChildMonth",
    "Consent",
    "ConsentChange",
    "Correction",
    "Destination",
    "DestinationChange",
    "Enrolment",
    "EnrolmentChange",
    "HubMove",
    "Identity",
    "KnownAbsence",
    "KnownAbsenceChange",
    "ListAnswer",
    "ListCheck",
    "ListProposal",
    "Membership",
    "MembershipAct",
    "MembershipChange",
    "Merge",
    "PastRegister",
    "PastRegisterSheet",
    "Photo",
    "PhotoChild",
    "PhotoChildChange",
    "Placement",
    "PlacementChange",
    "Playing",
    "PlayingChange",
    "RegisterTally",
    "RollForward",
    "RosterImport",
    "RosterRow",
    "RosterSheet",
]
