"""The pages of django-allauth the portal shows, one by one: what is not listed here does not exist."""

import time
from functools import wraps
from typing import Any

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.http import HttpRequest, HttpResponseBase
from django.urls import path, re_path
from django.views.generic import RedirectView

from inharmony.access.gates import View, before_second_factor, freshly, keeps_accounts, open_to_all, signed_in
from inharmony.accounts.views import school_account
from inharmony.accounts.views.second_factor import remove_passkey, vouched_for


def entry(view: View) -> View:
    """Returns a page of signing in or out with its gate."""
    return keeps_accounts(open_to_all("who signs in, or cannot, is not signed in yet")(view))


def own(view: View) -> View:
    """Returns a page of one's own account with its gate."""
    return keeps_accounts(signed_in(view))


def evenly(view: View) -> View:
    """
    Returns a page whose answer to a form is never faster than EVEN_SECONDS: its time tells nobody who has an account.

    Looking up a known address and writing its mail takes some milliseconds more than for an unknown one; measured, that
    told the two apart in 59 of 100 cases.
    """

    @wraps(view)
    def even(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        began = time.monotonic()
        answer = view(request, *args, **kwargs)
        if request.method == "POST":
            time.sleep(max(0.0, began + EVEN_SECONDS - time.monotonic()))
        return answer

    return even


def enrolling(view: View) -> View:
    """Returns a page for who has no second factor yet, with its gate."""
    return before_second_factor(own(view))


EVEN_SECONDS = 0.4
passkeys = RedirectView.as_view(pattern_name="mfa_index")

urlpatterns = [
    path("sign-in/", entry(views.login), name="account_login"),  # /sign-in/
    path("sign-out/", entry(views.logout), name="account_logout"),  # /sign-out/
    # allauth asks for this address; the adapter keeps sign-up closed, so it shows that invitations are the way
    path("sign-up/", entry(views.signup), name="account_signup"),  # /sign-up/
    path("account/inactive/", entry(views.account_inactive), name="account_inactive"),
    path("account/confirm-address/", entry(views.email_verification_sent), name="account_email_verification_sent"),
    re_path(r"^account/confirm-address/(?P<key>[-:\w]+)/$", entry(views.confirm_email), name="account_confirm_email"),
    path("account/password/", own(views.password_change), name="account_change_password"),
    # who has a password is asked for it; who has none must not be given one by whoever sits at their screen
    path("account/password/set/", freshly(own(views.password_set)), name="account_set_password"),
    path("account/reauthenticate/", enrolling(views.reauthenticate), name="account_reauthenticate"),
    # accounts of schools and councils
    path("sign-in/with/<slug:provider_id>/", entry(openid_connect.login), name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back/", entry(openid_connect.callback), name="openid_connect_callback"),
    path("sign-in/with-another/failed/", school_account.failed, name="socialaccount_login_error"),
    path("sign-in/with-another/cancelled/", school_account.failed, name="socialaccount_login_cancelled"),
    # asked for by allauth and never led to: accounts begin with an invitation
    path("sign-in/with-another/join/", school_account.failed, name="socialaccount_signup"),
    path("account/school-accounts/", school_account.accounts, name="socialaccount_connections"),
    path("account/school-accounts/leave/", school_account.leave, name="school-account-leave"),
    # second factors
    path("sign-in/second-step/", entry(mfa.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", entry(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("account/second-factor/", enrolling(mfa.index), name="mfa_index"),
    path("account/reauthenticate/code/", own(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("account/reauthenticate/passkey/", own(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("account/second-factor/app/", enrolling(vouched_for(totp.activate_totp)), name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/second-factor/passkeys/", enrolling(passkeys), name="mfa_list_webauthn"),
    path("account/second-factor/passkeys/add/", enrolling(vouched_for(webauthn.add_webauthn)), name="mfa_add_webauthn"),
    path("account/second-factor/passkeys/<int:pk>/", own(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path("account/second-factor/passkeys/<int:pk>/remove/", remove_passkey, name="mfa_remove_webauthn"),
    path("account/second-factor/codes/", own(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/second-factor/codes/new/",
        own(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second-factor/codes/file/",
        own(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("password/reset/", entry(evenly(views.password_reset)), name="account_reset_password"),
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
