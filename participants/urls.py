from django.urls import path

from participants.views import (
    access_note,
    at_risk,
    attendance,
    child,
    consent,
    destination,
    ending,
    grid,
    hub_move,
    known_absence,
    left,
    list_by_link,
    list_check,
    membership,
    merge,
    past_registers,
    photo,
    photo_file,
    playing,
    roll_forward,
    roster,
    roster_reading,
    roster_rows,
    runs,
    school_move,
    search,
    shared,
    sheet,
    trail,
    unsent,
    upn,
    walk_in,
)

app_name = "participants"
urlpatterns = [
    path("search/", search.search, name="search"),  # /search/
    path("children/", child.children, name="children"),  # /children/
    path("children/export/", child.children_export, name="children-export"),  # /children/export/
    path("children/<int:pk>/", child.child, name="child"),  # /children/1/
    path("children/<int:pk>/consent/", consent.answer, name="child-consent"),  # /children/1/consent/
    path(
        "children/<int:pk>/consent/<slug:purpose>/withdraw/", consent.withdraw, name="child-withdraw"
    ),  # /children/1/consent/survey/withdraw/
    path("children/<int:pk>/protect/", at_risk.protect, name="child-protect"),  # /children/1/protect/
    path("children/<int:pk>/unprotect/", at_risk.unprotect, name="child-unprotect"),  # /children/1/unprotect/
    path("children/<int:pk>/access-note/", access_note.keep, name="child-note"),  # /children/1/access-note/
    path("children/<int:pk>/access-note/end/", access_note.end, name="child-note-end"),
    path("children/<int:pk>/upn/", upn.upn, name="child-upn"),  # /children/1/upn/
    path("children/<int:pk>/twice/", merge.twice, name="child-twice"),  # /children/1/twice/
    path("children/<int:pk>/twice/<int:other>/", merge.merge, name="child-merge"),  # /children/1/twice/2/
    path("hub/<slug:slug>/doubles/", merge.doubles, name="doubles"),  # /hub/liverpool/doubles/
    path("hub/<slug:slug>/doubles/<int:act>/undo/", merge.undo, name="merge-undo"),  # /hub/liverpool/doubles/1/undo/
    path("sessions/<int:pk>/register/", attendance.register, name="register"),  # /sessions/1/register/
    path("sessions/<int:pk>/register/send/", unsent.send, name="register-send"),  # /sessions/1/register/send/
    path("sessions/<int:pk>/register/walk-in/", walk_in.seek, name="walk-in"),  # /sessions/1/register/walk-in/
    path(
        "sessions/<int:pk>/register/walk-in/rows/", walk_in.rows, name="walk-in-rows"
    ),  # /sessions/1/register/walk-in/rows/
    path("ensembles/<int:pk>/absences/", known_absence.absences, name="absences"),  # /ensembles/1/absences/
    path(
        "ensembles/<int:pk>/absences/<int:absence>/take-back/", known_absence.take_back, name="absence-take-back"
    ),  # /ensembles/1/absences/2/take-back/
    path("ensembles/<int:pk>/instruments/", playing.instruments, name="instruments"),  # /ensembles/1/instruments/
    path("ensembles/<int:pk>/grid/", grid.grid, name="grid"),  # /ensembles/1/grid/
    path("ensembles/<int:pk>/grid/export/", grid.grid_export, name="grid-export"),  # /ensembles/1/grid/export/
    path("in-a-row/", runs.in_a_row, name="in-a-row"),  # /in-a-row/
    path("in-a-row/export/", runs.in_a_row_export, name="in-a-row-export"),  # /in-a-row/export/
    path("ensembles/<int:pk>/sheet/", sheet.sheet, name="sheet"),  # /ensembles/1/sheet/
    path("ensembles/", membership.ensembles, name="ensembles"),  # /ensembles/
    path("ensembles/export/", membership.ensembles_export, name="ensembles-export"),  # /ensembles/export/
    path("ensembles/<int:pk>/", membership.ensemble, name="ensemble"),  # /ensembles/1/
    path("ensembles/<int:pk>/export/", membership.ensemble_export, name="ensemble-export"),  # /ensembles/1/export/
    path(
        "ensembles/<int:pk>/shared-with/<int:other>/", shared.shared, name="ensemble-shared"
    ),  # /ensembles/1/shared-with/2/
    path("ensembles/<int:pk>/end/", ending.end, name="ensemble-end"),  # /ensembles/1/end/
    path("ensembles/<int:pk>/join/", membership.join_group, name="ensemble-join"),  # /ensembles/1/join/
    path("ensembles/<int:pk>/leave/", membership.leave, name="ensemble-leave"),  # /ensembles/1/leave/
    path("ensembles/<int:pk>/undo/<int:act>/", membership.undo, name="ensemble-undo"),  # /ensembles/1/undo/1/
    path("children/<int:pk>/instrument/", playing.child_instrument, name="child-instrument"),  # /children/1/instrument/
    path("children/<int:pk>/join/", membership.join_child, name="child-join"),  # /children/1/join/
    path("hub/<slug:slug>/new-year/", roll_forward.roll_forward, name="roll-forward"),  # /hub/liverpool/new-year/
    path("hub/<slug:slug>/new-year/left/", left.left, name="left"),  # /hub/liverpool/new-year/left/?show=unknown
    path("hub/<slug:slug>/new-year/left/export/", left.left_export, name="left-export"),
    path("hub/<slug:slug>/new-year/leavers/", destination.leavers, name="leavers"),  # /hub/liverpool/new-year/leavers/
    path(
        "hub/<slug:slug>/new-year/<int:act>/undo/", roll_forward.undo, name="roll-forward-undo"
    ),  # /hub/liverpool/new-year/1/undo/
    # class lists that schools confirm
    path("class-list/<str:secret>/", list_by_link.list_link, name="list-link"),  # /class-list/SECRET/
    path("hub/<slug:slug>/list-checks/", list_check.list_checks, name="list-checks"),  # /hub/liverpool/list-checks/
    path("hub/<slug:slug>/list-checks/ask/", list_check.ask_leads, name="list-checks-ask"),
    path(
        "hub/<slug:slug>/list-checks/<int:urn>/", list_check.list_check, name="list-check"
    ),  # /hub/liverpool/list-checks/990101/
    path("hub/<slug:slug>/list-checks/<int:urn>/ask/", list_check.ask, name="list-check-ask"),
    path("hub/<slug:slug>/list-checks/<int:urn>/links/<int:pk>/end/", list_check.end, name="list-check-end"),
    path("hub/<slug:slug>/list-checks/<int:urn>/said/<int:pk>/accept/", list_check.accept, name="list-check-accept"),
    path("hub/<slug:slug>/list-checks/<int:urn>/said/<int:pk>/decline/", list_check.decline, name="list-check-decline"),
    path(
        "hub/<slug:slug>/changed-school/", school_move.changed_school, name="changed-school"
    ),  # /hub/liverpool/changed-school/
    path("hub/<slug:slug>/moves/", hub_move.hub_moves, name="hub-moves"),  # /hub/liverpool/moves/
    path("trail/child/<int:pk>/", trail.child_trail, name="trail"),  # /trail/child/1/
    # photos
    path("photos/", photo.photos, name="photos"),  # /photos/
    path("photos/new/", photo.upload, name="photo-upload"),  # /photos/new/
    path("photos/<int:pk>/", photo.photo, name="photo"),  # /photos/1/
    path("photos/<int:pk>/child/", photo.name_child, name="photo-child"),  # /photos/1/child/
    path("photos/<int:pk>/nobody/", photo.nobody, name="photo-nobody"),  # /photos/1/nobody/
    path("photos/<int:pk>/publish/", photo.publish, name="photo-publish"),  # /photos/1/publish/
    path("photos/<int:pk>/withdraw/", photo.withdraw, name="photo-withdraw"),  # /photos/1/withdraw/
    path("photos/<int:pk>/delete/", photo.delete, name="photo-delete"),  # /photos/1/delete/
    path("photos/<int:pk>/files/<int:width>.jpg", photo_file.hub_file, name="photo-file"),  # /photos/1/files/960.jpg
    path("pictures/<slug:key>/<int:width>.jpg", photo_file.public_photo, name="public-photo"),
    # roster
    path("imports/", roster.rosters, name="roster-list"),  # /imports/
    path("imports/export/", roster.rosters_export, name="roster-export"),  # /imports/export/
    path("imports/new/", roster.upload, name="roster-upload"),  # /imports/new/
    path("imports/<int:pk>/", roster.roster, name="roster"),  # /imports/1/
    path("imports/<int:pk>/sheet/", roster_reading.sheet, name="roster-sheet"),  # /imports/1/sheet/
    path("imports/<int:pk>/columns/", roster_reading.columns, name="roster-columns"),  # /imports/1/columns/
    path("imports/<int:pk>/blanks/", roster_reading.blanks, name="roster-blanks"),  # /imports/1/blanks/
    path("imports/<int:pk>/rows/<int:number>/", roster_rows.row, name="roster-row"),  # /imports/1/rows/17/
    path("imports/<int:pk>/decide/", roster_rows.decide, name="roster-decide"),  # /imports/1/decide/
    path("imports/<int:pk>/leavers/", roster_rows.leavers, name="roster-leavers"),  # /imports/1/leavers/
    path("imports/<int:pk>/joins/", roster_rows.joins, name="roster-joins"),  # /imports/1/joins/
    path("imports/<int:pk>/left-out/", roster.left_out_export, name="roster-left-out"),  # /imports/1/left-out/
    path("imports/<int:pk>/accept/", roster.accept, name="roster-accept"),  # /imports/1/accept/
    path("imports/<int:pk>/discard/", roster.discard, name="roster-discard"),  # /imports/1/discard/
    path("imports/<int:pk>/undo/", roster.undo, name="roster-undo"),  # /imports/1/undo/
    # registers of earlier years
    path("imports/registers/", past_registers.past_registers, name="past-registers"),  # /imports/registers/
    path("imports/registers/new/", past_registers.send, name="past-register-send"),  # /imports/registers/new/
    path("imports/registers/<int:pk>/", past_registers.past_register, name="past-register"),  # /imports/registers/1/
    path("imports/registers/<int:pk>/sheet/", past_registers.sheet, name="past-register-sheet"),
    path("imports/registers/<int:pk>/letters/", past_registers.letters, name="past-register-letters"),
    path("imports/registers/<int:pk>/rows/", past_registers.rows, name="past-register-rows"),
    path("imports/registers/<int:pk>/accept/", past_registers.accept, name="past-register-accept"),
    path("imports/registers/<int:pk>/discard/", past_registers.discard, name="past-register-discard"),
    path("imports/registers/<int:pk>/undo/", past_registers.undo, name="past-register-undo"),
]
