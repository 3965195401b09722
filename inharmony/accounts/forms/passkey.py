"""What a browser sends of a passkey. Anybody may send something else, signed in or not."""

from typing import Any

from allauth.mfa.webauthn import forms as passkeys
from django import forms


class CredentialField(forms.JSONField):
    """JSON, and a refusal where it cannot be read: Django fails at numbers too long, and at brackets too deep."""

    def to_python(self, value: Any) -> Any:
        """Returns what was sent; raises ValidationError."""
        try:
            return super().to_python(value)
        except (RecursionError, ValueError) as unreadable:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from unreadable

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002 - the signature of a field
        """Returns what a page shows again: nothing."""
        return initial


class AddForm(passkeys.AddWebAuthnForm):
    """A new passkey."""

    credential = CredentialField(widget=forms.HiddenInput)


class EnterForm(passkeys.LoginWebAuthnForm):
    """Signing in with a passkey alone."""

    credential = CredentialField(widget=forms.HiddenInput)


class SecondStepForm(passkeys.AuthenticateWebAuthnForm):
    """A passkey after the password."""

    credential = CredentialField(widget=forms.HiddenInput)


class ProveAgainForm(passkeys.ReauthenticateWebAuthnForm):
    """A fresh proof by passkey."""

    credential = CredentialField(widget=forms.HiddenInput)
