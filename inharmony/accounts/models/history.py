"""Which rows about staff leave history when they are changed or deleted (`inharmony.audit.history`)."""

from inharmony.accounts.models.role import RoleAssignment
from inharmony.accounts.models.user import User
from inharmony.audit.history import tracked

RoleAssignmentChange = tracked(RoleAssignment, "role", "programme", "school", "starts_on", "ends_on")
# what decides who may come in; the rest of an account is its owner's
UserChange = tracked(User, only=["email", "password", "is_active", "is_staff", "is_superuser"])
