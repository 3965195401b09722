from programmes.models.agreement import SharingAgreement
from programmes.models.closing import Closing
from programmes.models.ensemble import Ensemble
from programmes.models.feed import CalendarFeed
from programmes.models.joining import Joining
from programmes.models.operations import OperationalCount
from programmes.models.organisation import Organisation, OrganisationName, OrganisationRole
from programmes.models.partnership import Partnership
from programmes.models.programme import Place, Programme, ProgrammeStatus
from programmes.models.reminder import RegisterReminder
from programmes.models.safeguarding import SafeguardingContact
from programmes.models.session import Session
from programmes.models.tutor import Tutor
from programmes.models.venue import Venue

__all__ = [
    "CalendarFeed",
    "Closing",
    "Ensemble",
    "Joining",
    "OperationalCount",
    "Organisation",
    "OrganisationName",
    "OrganisationRole",
    "Partnership",
    "Place",
    "Programme",
    "ProgrammeStatus",
    "RegisterReminder",
    "SafeguardingContact",
    "Session",
    "SharingAgreement",
    "Tutor",
    "Venue",
]
