"""What a browser sends of a passkey. Anybody may send something else, signed in or not."""

from typing import Any

from allauth.mfa.webauthn import forms as passkeys
from django import forms
from fido2.webauthn import AuthenticationResponse, RegistrationResponse


class CredentialField(forms.JSONField):
    """JSON in which the library finds what a browser says of a passkey, and a refusal of everything else."""

    def __init__(self, response: type[RegistrationResponse] | type[AuthenticationResponse]) -> None:
        super().__init__(widget=forms.HiddenInput)
        self.response = response

    def to_python(self, value: Any) -> Any:
        """Returns what was sent; raises ValidationError."""
        try:
            sent = super().to_python(value)
            if sent is not None:
                self.response.from_dict(sent)
        except forms.ValidationError:
            raise
        # Django fails at numbers too long and at brackets too deep; the library fails at what is no passkey, anyhow
        except Exception as unreadable:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from unreadable
        return sent

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002 - the signature of a field
        """Returns what a page shows again: nothing."""
        return initial


class AddForm(passkeys.AddWebAuthnForm):
    """A new passkey."""

    credential = CredentialField(RegistrationResponse)


class EnterForm(passkeys.LoginWebAuthnForm):
    """Signing in with a passkey alone."""

    credential = CredentialField(AuthenticationResponse)


class SecondStepForm(passkeys.AuthenticateWebAuthnForm):
    """A passkey after the password."""

    credential = CredentialField(AuthenticationResponse)


class ProveAgainForm(passkeys.ReauthenticateWebAuthnForm):
    """A fresh proof by passkey."""

    credential = CredentialField(AuthenticationResponse)
