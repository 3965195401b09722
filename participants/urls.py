from django.urls import path

from participants.views import attendance, child, membership

app_name = "participants"
urlpatterns = [
    path("children/", child.children, name="children"),  # /children/
    path("sessions/<int:pk>/register/", attendance.register, name="register"),  # /sessions/1/register/
    path("ensembles/", membership.ensembles, name="ensembles"),  # /ensembles/
    path("ensembles/<int:pk>/", membership.ensemble, name="ensemble"),  # /ensembles/1/
    path("ensembles/<int:pk>/join/", membership.join_class, name="ensemble-join"),  # /ensembles/1/join/
    # roster
]
