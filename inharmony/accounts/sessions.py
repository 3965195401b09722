"""The sessions a person has open, on whatever machine."""

from allauth.usersessions.models import UserSession

from inharmony.accounts.models import User


def end_sessions(user: User) -> None:
    """Signs the person out everywhere, at once."""
    for session in UserSession.objects.filter(user_id=user.pk):
        session.end()
