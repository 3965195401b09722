from outcomes.models.answers import Response, Sheet
from outcomes.models.award import Award
from outcomes.models.comparison import ComparisonSchool
from outcomes.models.difference import SchoolDifference
from outcomes.models.history import AwardChange, StoryChildChange
from outcomes.models.loaded_wording import LoadedWording
from outcomes.models.result import Result
from outcomes.models.story import Story, StoryChild
from outcomes.models.target import Target
from outcomes.models.wave import AskedGroup, Slip, Wave

__all__ = [
    "AskedGroup",
    "Award",
    "AwardChange",
    "ComparisonSchool",
    "LoadedWording",
    "Response",
    "Result",
    "SchoolDifference",
    "Sheet",
    "Slip",
    "Story",
    "StoryChild",
    "StoryChildChange",
    "Target",
    "Wave",
]
