"""Which rows about a child leave history when they are changed or deleted (`inharmony.audit.history`)."""

from inharmony.audit.history import tracked
from outcomes.models.award import Award
from outcomes.models.story import StoryChild

AwardChange = tracked(Award, "withdrawn_at")
StoryChildChange = tracked(StoryChild)
