from django.urls import path

from inharmony.pages.views.health import healthz, readyz
from inharmony.pages.views.home import about, account, home

app_name = "pages"
urlpatterns = [
    path("", home, name="home"),
    path("about/", about, name="about"),
    path("account/", account, name="account"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
