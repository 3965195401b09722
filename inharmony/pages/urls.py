from django.urls import path

from inharmony.pages.views.account import account
from inharmony.pages.views.health import healthz, readyz

app_name = "pages"
urlpatterns = [
    path("account/", account, name="account"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
