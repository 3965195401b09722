from django.urls import path

from evaluation.views.hub import subjects
from evaluation.views.hub.impact import hub_impact
from evaluation.views.hub.number import hub_figure
from evaluation.views.hub.overview import hub
from evaluation.views.hub.papers import hub_paper, hub_return, hub_year_end
from evaluation.views.hub.progression import hub_progression
from evaluation.views.hub.sign_off import hub_sign_off
from evaluation.views.hub.tables import hub_table
from evaluation.views.hub.words import hub_report_words, hub_words
from evaluation.views.issue import report_issue, report_withdraw
from evaluation.views.national.children import children
from evaluation.views.national.completeness import completeness
from evaluation.views.national.figure import figure
from evaluation.views.national.files import chart_of_release, table_file
from evaluation.views.national.impact import impact
from evaluation.views.national.map import national_map
from evaluation.views.national.overview import national
from evaluation.views.national.programmes import programme, programmes
from evaluation.views.national.tables import funding, hours, sessions
from evaluation.views.national.trends import trends
from evaluation.views.report import (
    report_cancel,
    report_file,
    report_list,
    report_read,
    report_request,
    report_retry,
)

app_name = "evaluation"
urlpatterns = [
    path("hub/", hub, name="hub"),  # /hub/?year=2026-27&term=autumn
    path("hub/<slug:slug>/", hub, name="hub"),  # /hub/liverpool/
    path("hub/<slug:slug>/children/", subjects.hub_children, name="hub-children"),  # /hub/liverpool/children/?by=sex
    path("hub/<slug:slug>/hours/", subjects.hub_hours, name="hub-hours"),  # /hub/liverpool/hours/?year=2026-27&term=
    path("hub/<slug:slug>/trends/", subjects.hub_trends, name="hub-trends"),  # /hub/liverpool/trends/?indicator=schools
    path("hub/<slug:slug>/provision/", subjects.hub_provision, name="hub-provision"),  # /hub/liverpool/provision/
    path("hub/<slug:slug>/progression/", hub_progression, name="hub-progression"),  # /hub/liverpool/progression/
    path("hub/<slug:slug>/funding/", subjects.hub_funding, name="hub-funding"),  # /hub/liverpool/funding/?year=2026-27
    path("hub/<slug:slug>/impact/", hub_impact, name="hub-impact"),  # /hub/liverpool/impact/?year=2026-27
    path("hub/<slug:slug>/schools/", subjects.hub_schools, name="hub-schools"),  # /hub/liverpool/schools/
    path("hub/<slug:slug>/sign-off/", hub_sign_off, name="hub-sign-off"),  # /hub/liverpool/sign-off/?term=autumn
    path("hub/<slug:slug>/return/", hub_return, name="hub-return"),  # /hub/liverpool/return/?year=2026-27
    path("hub/<slug:slug>/report-words/", hub_report_words, name="hub-report-words"),  # /hub/liverpool/report-words/
    path("hub/<slug:slug>/year-end/", hub_year_end, name="hub-year-end"),  # /hub/liverpool/year-end/?year=2026-27
    path(  # /hub/liverpool/words/return/local-need/?year=2026-27
        "hub/<slug:slug>/words/<slug:paper>/<slug:question>/", hub_words, name="hub-words"
    ),
    path(  # /hub/liverpool/papers/return.xlsx?year=2026-27
        "hub/<slug:slug>/papers/<slug:paper>.<slug:kind>", hub_paper, name="hub-paper"
    ),
    path(
        "hub/<slug:slug>/figures/<slug:key>/", hub_figure, name="hub-figure"
    ),  # /hub/liverpool/figures/attendance/?year=2026-27&term=autumn
    path(
        "hub/<slug:slug>/tables/<slug:key>.<slug:kind>", hub_table, name="hub-table"
    ),  # /hub/liverpool/tables/children_by_sex.csv?year=2026-27&term=autumn
    path("national/", national, name="national"),  # /national/?year=2026-27
    path("national/programmes/", programmes, name="national-programmes"),  # ?indicator=attendance
    path("national/programmes/<slug:slug>/", programme, name="national-programme"),  # /national/programmes/leeds/
    path("national/children/", children, name="national-children"),  # ?by=pupil_premium&programme=leeds
    path("national/hours/", hours, name="national-hours"),
    path("national/sessions/", sessions, name="national-sessions"),
    path("national/impact/", impact, name="national-impact"),
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
    path("reports/<int:pk>/", report_read, name="report-read"),  # /reports/17/
    path("reports/<int:pk>/again/", report_retry, name="report-retry"),  # /reports/17/again/
    path("reports/<int:pk>/cancel/", report_cancel, name="report-cancel"),  # /reports/17/cancel/
    path("reports/<int:pk>/issue/", report_issue, name="report-issue"),  # /reports/17/issue/
    path("reports/<int:pk>/withdraw/", report_withdraw, name="report-withdraw"),  # /reports/17/withdraw/
    path("reports/<int:pk>/file/", report_file, name="report-file"),  # /reports/17/file/
]
