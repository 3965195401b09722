from django.urls import path

from programmes.views import session

app_name = "programmes"
urlpatterns = [
    path("today/", session.today, name="today"),  # /today/
]
