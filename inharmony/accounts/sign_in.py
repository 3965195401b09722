"""The pages of django-allauth the portal shows, one by one: what is not listed here does not exist."""

from allauth.account import views
from django.urls import path, re_path

from inharmony.access.gates import View, keeps_accounts, open_to_all, signed_in


def entry(view: View) -> View:
    """Returns a page of signing in or out with its gate."""
    return keeps_accounts(open_to_all("who signs in, or cannot, is not signed in yet")(view))


def own(view: View) -> View:
    """Returns a page of one's own account with its gate."""
    return keeps_accounts(signed_in(view))


urlpatterns = [
    path("sign-in/", entry(views.login), name="account_login"),  # /sign-in/
    path("sign-out/", entry(views.logout), name="account_logout"),  # /sign-out/
    # allauth asks for this address; the adapter keeps sign-up closed, so it shows that invitations are the way
    path("sign-up/", entry(views.signup), name="account_signup"),  # /sign-up/
    path("account/inactive/", entry(views.account_inactive), name="account_inactive"),
    path("account/confirm-address/", entry(views.email_verification_sent), name="account_email_verification_sent"),
    re_path(r"^account/confirm-address/(?P<key>[-:\w]+)/$", entry(views.confirm_email), name="account_confirm_email"),
    path("account/password/", own(views.password_change), name="account_change_password"),
    path("account/password/set/", own(views.password_set), name="account_set_password"),
    path("account/reauthenticate/", own(views.reauthenticate), name="account_reauthenticate"),
    path("password/reset/", entry(views.password_reset), name="account_reset_password"),
    path("password/reset/sent/", entry(views.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        entry(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        entry(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]
