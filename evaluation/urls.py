from django.urls import path

from evaluation.views.hub import hub
from evaluation.views.national.children import children
from evaluation.views.national.completeness import completeness
from evaluation.views.national.figure import figure
from evaluation.views.national.files import chart_of_release, table_file
from evaluation.views.national.map import national_map
from evaluation.views.national.overview import national
from evaluation.views.national.programmes import programme, programmes
from evaluation.views.national.tables import funding, hours, sessions
from evaluation.views.national.trends import trends
from evaluation.views.report import report_file, report_list, report_request, report_retry

app_name = "evaluation"
urlpatterns = [
    path("hub/", hub, name="hub"),  # /hub/?year=2026-27&term=autumn
    path("hub/<slug:slug>/", hub, name="hub"),  # /hub/liverpool/
    path("national/", national, name="national"),  # /national/?year=2026-27
    path("national/programmes/", programmes, name="national-programmes"),  # ?indicator=attendance
    path("national/programmes/<slug:slug>/", programme, name="national-programme"),  # /national/programmes/leeds/
    path("national/children/", children, name="national-children"),  # ?by=pupil_premium&programme=leeds
    path("national/hours/", hours, name="national-hours"),
    path("national/sessions/", sessions, name="national-sessions"),
    path("national/funding/", funding, name="national-funding"),
    path("national/trends/", trends, name="national-trends"),  # ?indicator=children_reached
    path("national/map/", national_map, name="national-map"),
    path("national/completeness/", completeness, name="national-completeness"),
    path("national/figures/<slug:key>/", figure, name="national-figure"),  # /national/figures/attendance/
    path(  # /national/tables/2025-26/year/2/income.ods
        "national/tables/<slug:year>/<slug:period>/<slug:number>/<slug:key>.<slug:kind>",
        table_file,
        name="national-table",
    ),
    path(  # /national/charts/2025-26/year/2/income.svg
        "national/charts/<slug:year>/<slug:period>/<slug:number>/<slug:key>.<slug:kind>",
        chart_of_release,
        name="national-chart",
    ),
    path("reports/", report_list, name="reports"),  # /reports/
    path("reports/ask/", report_request, name="report-request"),  # /reports/ask/
    path("reports/<int:pk>/again/", report_retry, name="report-retry"),  # /reports/17/again/
    path("reports/<int:pk>/file/", report_file, name="report-file"),  # /reports/17/file/
]
