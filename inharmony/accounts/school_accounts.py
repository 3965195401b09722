"""Signing in with an account of one's school or council: by issuer and subject, of an organisation that is let in."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.shortcuts import render

from inharmony.accounts.actions import invitation as invitations
from inharmony.accounts.proof import has_second_factor, is_fresh
from inharmony.audit.record import audit

# of the session: the number of the invitation whose link the person opened
INVITED = "invitation"

NOT_OF_OURS = (
    "This account belongs to an organisation that has not been let in. Use the account of your school or council, or "
    "sign in with your email address and password."
)
NOT_KNOWN = (
    "No account of the portal is joined to it yet. Sign in with your email address and password, then join the two "
    "under “Your account”. If you have an invitation, open its link first."
)
PROVE_FIRST = "Sign in with your second factor first, then join the accounts within five minutes of it."


class SchoolAccountAdapter(DefaultSocialAccountAdapter):
    """What a foreign account must be to be let in; an e-mail address in it proves nothing here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 - its signature
        """Returns False, always: accounts begin with an invitation."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Lets a known account on, and an invited person in; ends anything else with a page that says what to do."""
        claims = dict(sociallogin.account.extra_data.get("id_token") or {})
        if not _is_let_in(sociallogin, claims):
            raise _refusal(request, sociallogin, "tenant", NOT_OF_OURS)
        if sociallogin.state.get("process") == "connect":
            if not (has_second_factor(request) and is_fresh(request)):
                raise _refusal(request, sociallogin, "not_fresh", PROVE_FIRST)
        elif not sociallogin.is_existing and not _accept_invitation(request, sociallogin):
            raise _refusal(request, sociallogin, "not_joined", NOT_KNOWN)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_: Any) -> None:  # noqa: ARG002
        """Writes the refusal down; the page that says so is allauth's, in the portal's words."""
        audit(act="school_account.refused", by=None, details={"provider": str(provider), "reason": "protocol"})


def _is_let_in(sociallogin: SocialLogin, claims: dict[str, Any]) -> bool:
    """Whether issuer, subject and organisation are those that the settings of this provider name."""
    wanted = sociallogin.provider.app.settings
    return (
        claims.get("iss") == wanted["issuer"]
        and str(claims.get("sub", "")) == sociallogin.account.uid != ""
        and str(claims.get(wanted["tenant_claim"], "")) in wanted["tenants"]
    )


def _accept_invitation(request: HttpRequest, sociallogin: SocialLogin) -> bool:
    """Makes the account of an invitation whose page this person came from, joined to theirs; returns whether it did."""
    found = invitations.still_open(request.session.pop(INVITED, None))
    if found is None:
        return False
    try:
        user = invitations.accept(invitation=found, name=found.name, password=None)
    except invitations.InvitationRefusedError as refusal:
        raise _refusal(request, sociallogin, "invitation", str(refusal)) from refusal
    sociallogin.connect(request, user)
    return True


def _refusal(request: HttpRequest, sociallogin: SocialLogin, reason: str, words: str) -> ImmediateHttpResponse:
    # whose it is stays unsaid: the subject of a foreign account is personal
    owner = sociallogin.user if sociallogin.is_existing else None
    details = {"provider": sociallogin.account.provider, "reason": reason}
    audit(act="school_account.refused", by=None, subject=owner, details=details)
    return ImmediateHttpResponse(render(request, "accounts/school-account/refused.html", {"words": words}, status=403))
