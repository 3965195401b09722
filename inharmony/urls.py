"""The whole portal, by noun."""

from django.conf import settings
from django.urls import include, path

handler500 = "inharmony.pages.views.errors.server_error"

urlpatterns = [
    path("", include("inharmony.public.urls")),
    path("", include("inharmony.pages.urls")),
    path("", include("inharmony.accounts.sign_in")),
    path("", include("inharmony.accounts.urls")),
    path("", include("inharmony.audit.urls")),
    path("", include("schools.urls")),
    path("", include("programmes.urls")),
    path("", include("participants.urls")),
    path("", include("outcomes.urls")),
    path("", include("evaluation.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demonstration/", include("inharmony.accounts.demonstration_urls")))
