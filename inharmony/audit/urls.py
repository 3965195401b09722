from django.urls import path

from inharmony.audit.views import breach, trail

app_name = "audit"
urlpatterns = [
    path("trail/", trail.trail, name="trail"),  # /trail/
    path("trail/export/", trail.trail_export, name="trail-export"),  # /trail/export/
    path("breaches/", breach.breaches, name="breaches"),  # /breaches/
    path("breaches/new/", breach.note, name="breach-note"),  # /breaches/new/
    path("breaches/<int:pk>/", breach.breach, name="breach"),  # /breaches/1/
    path("breaches/<int:pk>/amend/", breach.amend, name="breach-amend"),  # /breaches/1/amend/
]
