from evaluation.models.kept import HubChange, KeptFigures
from evaluation.models.release import Release, ReleaseCell, ReleaseChart
from evaluation.models.report import ReportJob
from evaluation.models.sign_off import SignedFigures, SignOff

__all__ = [
    "HubChange",
    "KeptFigures",
    "Release",
    "ReleaseCell",
    "ReleaseChart",
    "ReportJob",
    "SignOff",
    "SignedFigures",
]
