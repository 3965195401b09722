"""Pages that exist in a demonstration only."""

from django.urls import path

from inharmony.accounts.views import demonstration

app_name = "demonstration"
urlpatterns = [
    path("sign-in/", demonstration.sign_in, name="sign-in"),  # /demonstration/sign-in/
    path("confirm/", demonstration.confirm, name="confirm"),  # /demonstration/confirm/
    path("outbox/", demonstration.outbox, name="outbox"),  # /demonstration/outbox/
]
