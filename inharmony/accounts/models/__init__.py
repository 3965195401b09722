from inharmony.accounts.models.history import RoleAssignmentChange, UserChange
from inharmony.accounts.models.invitation import Invitation
from inharmony.accounts.models.outbox import OutboxMessage
from inharmony.accounts.models.role import RoleAssignment
from inharmony.accounts.models.user import User

__all__ = ["Invitation", "OutboxMessage", "RoleAssignment", "RoleAssignmentChange", "User", "UserChange"]
