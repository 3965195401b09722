from django.urls import path

from participants.views import attendance, child, membership, roster, trail

app_name = "participants"
urlpatterns = [
    path("children/", child.children, name="children"),  # /children/
    path("sessions/<int:pk>/register/", attendance.register, name="register"),  # /sessions/1/register/
    path("ensembles/", membership.ensembles, name="ensembles"),  # /ensembles/
    path("ensembles/<int:pk>/", membership.ensemble, name="ensemble"),  # /ensembles/1/
    path("ensembles/<int:pk>/join/", membership.join_class, name="ensemble-join"),  # /ensembles/1/join/
    path("trail/child/<int:pk>/", trail.child_trail, name="trail"),  # /trail/child/1/
    # roster
    path("imports/", roster.rosters, name="roster-list"),  # /imports/
    path("imports/new/", roster.upload, name="roster-upload"),  # /imports/new/
    path("imports/<int:pk>/", roster.roster, name="roster"),  # /imports/1/
    path("imports/<int:pk>/decide/", roster.decide, name="roster-decide"),  # /imports/1/decide/
    path("imports/<int:pk>/accept/", roster.accept, name="roster-accept"),  # /imports/1/accept/
    path("imports/<int:pk>/discard/", roster.discard, name="roster-discard"),  # /imports/1/discard/
    path("imports/<int:pk>/undo/", roster.undo, name="roster-undo"),  # /imports/1/undo/
]
