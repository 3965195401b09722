from django.urls import path

from programmes.views import (
    agreement,
    bringing,
    calendar,
    closing,
    ensemble,
    entry,
    feed,
    income,
    message,
    month,
    partnership,
    programme,
    record,
    safeguarding,
    series,
    session,
    slot,
    timetable,
    tutor,
    venue,
    week,
    withdrawal,
)

app_name = "programmes"
urlpatterns = [
    path("today/", session.today, name="today"),  # /today/
    path("people/<int:pk>/ensembles/<slug:slug>/", tutor.leads, name="leads"),  # /people/1/ensembles/leeds/
    path("ensembles/new/<slug:slug>/", ensemble.new, name="ensemble-new"),  # /ensembles/new/leeds/
    path("ensembles/bring-in/", bringing.ensembles, name="ensembles-bring"),  # /ensembles/bring-in/
    path("ensembles/<int:pk>/change/", ensemble.change, name="ensemble-change"),  # /ensembles/1/change/
    path("ensembles/<int:pk>/sessions/new/", timetable.new, name="session-new"),  # /ensembles/1/sessions/new/
    path("ensembles/<int:pk>/sessions/carry-on/", series.carry_on, name="session-carry-on"),
    path("sessions/<int:pk>/change/", slot.change, name="session-change"),  # /sessions/1/change/
    path("sessions/<int:pk>/cancel/", slot.cancel, name="session-cancel"),  # /sessions/1/cancel/
    path("sessions/<int:pk>/bring-back/", slot.bring_back, name="session-bring-back"),  # /sessions/1/bring-back/
    path("sessions/<int:pk>/drop/", slot.drop, name="session-drop"),  # /sessions/1/drop/
    # what a hub took in
    path("hub/<slug:slug>/income/", income.income, name="income"),  # /hub/liverpool/income/?year=2026-27
    path("hub/<slug:slug>/income/export/", income.income_export, name="income-export"),
    # what the public writes
    path("messages/", message.inbox, name="messages"),  # /messages/
    path("messages/<int:pk>/", message.message, name="message"),  # /messages/1/
    path("messages/<int:pk>/answer/", message.answer, name="message-answer"),  # /messages/1/answer/
    path("messages/<int:pk>/close/", message.close, name="message-close"),  # /messages/1/close/
    # one's sessions in one's own calendar
    path("account/calendar/", feed.mine, name="calendar-mine"),  # /account/calendar/
    path("account/calendar/make/", feed.make, name="calendar-make"),  # /account/calendar/make/
    path("account/calendar/end/", feed.end, name="calendar-end"),  # /account/calendar/end/
    path("calendar/<str:secret>.ics", feed.calendar, name="calendar"),  # /calendar/<secret>.ics
    # safeguarding
    path("safeguarding/", safeguarding.worried, name="safeguarding"),  # /safeguarding/
    path("safeguarding/contacts/", safeguarding.contacts, name="safeguarding-contacts"),  # /safeguarding/contacts/
    path("safeguarding/contacts/new/", safeguarding.keep, name="safeguarding-keep"),  # /safeguarding/contacts/new/
    path("safeguarding/contacts/<int:pk>/end/", safeguarding.end, name="safeguarding-end"),
    path("timetable/", week.week, name="timetable"),  # /timetable/
    path("timetable/export/", week.week_export, name="timetable-export"),  # /timetable/export/
    path("timetable/bring-in/", bringing.sessions, name="timetable-bring"),  # /timetable/bring-in/
    path("timetable/year/export/", bringing.year_export, name="year-export"),  # /timetable/year/export/
    path("timetable/month/", month.month, name="timetable-month"),  # /timetable/month/
    path("timetable/month/export/", month.month_export, name="timetable-month-export"),
    # where sessions happen
    path("timetable/venues/", venue.venues, name="venues"),  # /timetable/venues/
    path("timetable/venues/export/", venue.venues_export, name="venues-export"),  # /timetable/venues/export/
    path("timetable/venues/new/<slug:slug>/", venue.new, name="venue-new"),  # /timetable/venues/new/leeds/
    path("timetable/venues/<int:pk>/change/", venue.change, name="venue-change"),  # /timetable/venues/1/change/
    path("timetable/venues/<int:pk>/end/", venue.end, name="venue-end"),  # /timetable/venues/1/end/
    path("timetable/venues/<int:pk>/reopen/", venue.reopen, name="venue-reopen"),  # /timetable/venues/1/reopen/
    # term dates and closures
    path("timetable/dates/", calendar.dates, name="dates"),  # /timetable/dates/
    path("timetable/dates/terms/new/", calendar.keep_term, name="term-keep"),  # /timetable/dates/terms/new/
    path("timetable/dates/terms/<int:pk>/remove/", calendar.remove_term, name="term-remove"),
    path("timetable/dates/closures/new/", calendar.keep_closure, name="closure-keep"),
    path("timetable/dates/closures/<int:pk>/remove/", calendar.remove_closure, name="closure-remove"),
    # the public record, for whoever keeps it
    path("record/", record.record, name="record"),  # /record/
    path("record/<slug:key>/", record.entries, name="entries"),  # /record/milestone/
    path("record/<slug:key>/export/", record.entries_export, name="entries-export"),  # /record/milestone/export/
    path("record/<slug:key>/new/", entry.new, name="entry-new"),  # /record/milestone/new/
    path("record/<slug:key>/publish/", entry.publish_new, name="entry-publish-new"),  # /record/milestone/publish/
    path("record/<slug:key>/<int:pk>/", record.entry, name="entry"),  # /record/milestone/1/
    path("record/<slug:key>/<int:pk>/change/", entry.change, name="entry-change"),  # /record/milestone/1/change/
    path("record/<slug:key>/<int:pk>/publish/", entry.publish, name="entry-publish"),
    path("record/<slug:key>/<int:pk>/withdraw/", withdrawal.withdraw, name="entry-withdraw"),
    path("record/<slug:key>/<int:pk>/restore/", withdrawal.restore, name="entry-restore"),
    # hubs, for whoever brings them in
    path("hubs/", programme.programmes, name="hubs"),  # /hubs/
    path("hubs/new/", programme.begin, name="hub-new"),  # /hubs/new/
    path("hubs/schools/bring-in/", bringing.schools, name="schools-bring"),  # /hubs/schools/bring-in/
    path("hubs/schools/export/", bringing.schools_export, name="schools-export"),  # /hubs/schools/export/
    path("hubs/<slug:slug>/", programme.programme, name="hub"),  # /hubs/leeds/
    path("hubs/<slug:slug>/places/new/", programme.serve, name="hub-place"),  # /hubs/leeds/places/new/
    path("hubs/<slug:slug>/close/", closing.close, name="hub-close"),  # /hubs/leeds/close/
    path("hubs/<slug:slug>/reopen/", closing.reopen, name="hub-reopen"),  # /hubs/leeds/reopen/
    path("hubs/<slug:slug>/agreements/new/", agreement.record, name="agreement-new"),
    path("hubs/<slug:slug>/agreements/<int:pk>/end/", agreement.end, name="agreement-end"),
    path("hubs/<slug:slug>/schools/new/", partnership.begin, name="partnership-new"),
    path("hubs/<slug:slug>/schools/<int:pk>/end/", partnership.end, name="partnership-end"),
]
