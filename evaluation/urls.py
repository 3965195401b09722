from django.urls import path

from evaluation.views.hub import hub
from evaluation.views.national import national
from evaluation.views.report import report_file, report_list, report_request, report_retry

app_name = "evaluation"
urlpatterns = [
    path("hub/", hub, name="hub"),  # /hub/?year=2026-27&term=autumn
    path("hub/<slug:slug>/", hub, name="hub"),  # /hub/liverpool/
    path("national/", national, name="national"),  # /national/?year=2026-27
    path("reports/", report_list, name="reports"),  # /reports/
    path("reports/ask/", report_request, name="report-request"),  # /reports/ask/
    path("reports/<int:pk>/again/", report_retry, name="report-retry"),  # /reports/17/again/
    path("reports/<int:pk>/file/", report_file, name="report-file"),  # /reports/17/file/
]
