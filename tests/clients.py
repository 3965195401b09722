"""A browser of somebody signed in as the portal wants it: with a password and a second factor, just now."""

import time

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client


class SignedInClient(Client):
    """Django's test client; whoever is signed in by force has shown a second factor, unless told otherwise."""

    def force_login(self, user, backend=None, *, second_factor: bool = True, ago: float = 0.0) -> None:
        super().force_login(user, backend)
        where = {
            "user": user,
            "ip": self.defaults.get("REMOTE_ADDR", "127.0.0.1"),
            "user_agent": self.defaults.get("HTTP_USER_AGENT", ""),
        }
        UserSession.objects.update_or_create(session_key=self.session.session_key, defaults=where)
        if second_factor:
            self.prove(user, "mfa", ago=ago)

    def prove(self, user, method: str, *, ago: float = 0.0) -> None:
        """Notes in the session that its person showed a factor so many seconds ago."""
        own = Authenticator.objects.filter(user=user).first()
        session = self.session
        session["account_authentication_methods"] = [
            {"method": method, "at": time.time() - ago, "id": own.pk if own else 0, "type": "totp"}
        ]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
