from django.urls import path

from inharmony.audit.views import trail

app_name = "audit"
urlpatterns = [
    path("trail/", trail.trail, name="trail"),  # /trail/
]
