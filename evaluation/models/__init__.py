from evaluation.models.issued import IssuedReport
from evaluation.models.kept import HubChange, KeptFigures
from evaluation.models.release import Release, ReleaseCell, ReleaseChart
from evaluation.models.report import ReportJob
from evaluation.models.sign_off import SignedFigures, SignOff
from evaluation.models.words import HubWords

__all__ = [
    "HubChange",
    "HubWords",
    "IssuedReport",
    "KeptFigures",
    "Release",
    "ReleaseCell",
    "ReleaseChart",
    "ReportJob",
    "SignOff",
    "SignedFigures",
]
