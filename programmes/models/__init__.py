from programmes.models.agreement import SharingAgreement
from programmes.models.closing import Closing
from programmes.models.collaboration import Collaboration
from programmes.models.ensemble import Ensemble
from programmes.models.entry import EntryVersion, Precision
from programmes.models.feed import CalendarFeed
from programmes.models.film import Film
from programmes.models.funding import FundingAgreement, FundingMilestone
from programmes.models.income import Income
from programmes.models.joining import Joining
from programmes.models.mention import Mention
from programmes.models.message import Message
from programmes.models.milestone import Account, Milestone
from programmes.models.office import Office
from programmes.models.operations import OperationalCount
from programmes.models.organisation import Organisation, OrganisationName, OrganisationRole
from programmes.models.partnership import Partnership
from programmes.models.programme import Place, Programme, ProgrammeStatus
from programmes.models.public_photo import PublicPhoto
from programmes.models.published_figure import PublishedFigure
from programmes.models.reminder import RegisterReminder
from programmes.models.safeguarding import SafeguardingContact
from programmes.models.session import Session
from programmes.models.shared_story import SharedStory
from programmes.models.study import Finding, Indicator, Study
from programmes.models.tutor import Tutor
from programmes.models.venue import Venue

__all__ = [
    "Account",
    "CalendarFeed",
    "Closing",
    "Collaboration",
    "Ensemble",
    "EntryVersion",
    "Film",
    "Finding",
    "FundingAgreement",
    "FundingMilestone",
    "Income",
    "Indicator",
    "Joining",
    "Mention",
    "Message",
    "Milestone",
    "Office",
    "OperationalCount",
    "Organisation",
    "OrganisationName",
    "OrganisationRole",
    "Partnership",
    "Place",
    "Precision",
    "Programme",
    "ProgrammeStatus",
    "PublicPhoto",
    "PublishedFigure",
    "RegisterReminder",
    "SafeguardingContact",
    "Session",
    "SharedStory",
    "SharingAgreement",
    "Study",
    "Tutor",
    "Venue",
]
