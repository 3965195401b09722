"""What a preview leaves with the page: the rows, sealed against change, for this person and this hour."""

from typing import Any

from django.core import signing

from inharmony.accounts.models import User
from inharmony.backoffice.table import Table

SALT = "inharmony.backoffice"
HOUR = 3_600


class TokenRefusedError(Exception):
    """A confirmation that is not of this person, this list or this hour; the text is for the person."""


def token_for(table: Table, of: str, digest: str, by: User) -> str:
    """Returns the rows of a file with its hash, signed; nothing of the file is kept on the server."""
    return signing.dumps({**vars(table), "of": of, "digest": digest, "by": by.pk}, salt=SALT, compress=True)


def rows_in(token: str, of: str, by: User) -> tuple[Table, str]:
    """Returns the rows that a person was shown and the digest of what they were to do. Raises TokenRefusedError."""
    try:
        held: dict[str, Any] = signing.loads(token, salt=SALT, max_age=HOUR)
    except signing.BadSignature as error:
        raise TokenRefusedError("Too much time has passed since the file was read. Send it again.") from error
    if held.pop("of") != of or held.pop("by") != by.pk:
        raise TokenRefusedError("That file was read for somebody else, or for another list. Send it again.")
    digest = held.pop("digest")
    return Table(**held), str(digest)
