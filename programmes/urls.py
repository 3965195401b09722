from django.urls import path

from programmes.views import session, tutor

app_name = "programmes"
urlpatterns = [
    path("today/", session.today, name="today"),  # /today/
    path("people/<int:pk>/ensembles/<slug:slug>/", tutor.leads, name="leads"),  # /people/1/ensembles/leeds/
]
