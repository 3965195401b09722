from inharmony.accounts.models.certification import Certification
from inharmony.accounts.models.deactivation import Deactivation
from inharmony.accounts.models.history import RoleAssignmentChange, UserChange
from inharmony.accounts.models.invitation import Invitation
from inharmony.accounts.models.outbox import OutboxMessage
from inharmony.accounts.models.role import RoleAssignment
from inharmony.accounts.models.second_factor import SecondFactorReset
from inharmony.accounts.models.user import User

__all__ = [
    "Certification",
    "Deactivation",
    "Invitation",
    "OutboxMessage",
    "RoleAssignment",
    "RoleAssignmentChange",
    "SecondFactorReset",
    "User",
    "UserChange",
]
