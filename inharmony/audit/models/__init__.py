from inharmony.audit.models.breach import Breach, BreachVersion
from inharmony.audit.models.event import AuditEvent

__all__ = ["AuditEvent", "Breach", "BreachVersion"]
