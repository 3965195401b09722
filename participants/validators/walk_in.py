"""The portal's own word that somebody found a child for a register: no page can make one up."""

from django.core import signing

from participants.validators.register import OPEN

SALT = "participants.walk-in"


def token_for(session_id: int, child_id: int, user_id: int) -> str:
    """Returns the token with which a person may mark a child at a session, though the child is not in its ensemble."""
    return signing.dumps([session_id, child_id, user_id], salt=SALT)


def child_of(token: str, session_id: int, user_id: int) -> int | None:
    """
    Returns the child a token lets this person mark at this session; None where it lets them mark nobody.

    It holds as long as coordinators correct a register and a browser keeps what was not sent: a save that waited for a
    connection over the holidays must not lose the child.
    """
    try:
        session, child, user = signing.loads(token, salt=SALT, max_age=OPEN)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(child) if (session, user) == (session_id, user_id) else None
