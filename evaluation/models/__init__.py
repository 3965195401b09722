from evaluation.models.release import Release, ReleaseCell
from evaluation.models.report import ReportJob

__all__ = ["Release", "ReleaseCell", "ReportJob"]
