from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as proofs
from allauth.mfa.models import Authenticator
from django import forms
from django.core.cache import cache

from inharmony.accounts.models import SecondFactorReset


class ResetForm(forms.Form):
    """How the person was known who lost their second factor."""

    how_known = forms.ChoiceField(
        label="How do you know that it is them?", choices=SecondFactorReset.Check, widget=forms.RadioSelect
    )


class CodeForm(forms.Form):
    """The code that whoever vouched told the person."""

    code = forms.CharField(
        label="The code you were told",
        help_text="Eight digits, from the manager of your hub.",
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


class OnceForm(proofs.BaseAuthenticateForm):
    """
    The code of an app, good once for as long as it is good.

    allauth remembers a used code for half a minute; with the tolerance for a phone's clock it would then be good again.
    """

    def clean_code(self) -> str:
        """Returns the code; refuses one that was used."""
        code = str(super().clean_code())
        if self.authenticator.type == Authenticator.Type.TOTP:
            key = f"second-factor.used:{self.user.pk}:{normalize_user_code(code)}"
            good_for = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
            if not cache.add(key, "used", timeout=good_for):
                raise get_adapter().validation_error("incorrect_code")
        return code


class SecondStepForm(OnceForm, proofs.AuthenticateForm):
    """The second step of signing in."""


class ProveAgainForm(OnceForm, proofs.ReauthenticateForm):
    """A fresh proof by code."""
