"""
Word from the database that public pages show something else now.

Tables of which pages for anybody are made tell so by themselves: a trigger sends a message with the code `CODE` on the
connection of whoever writes (as programmes, migration 0016, does of photos). So no act, import or statement that takes
a photo off can forget to have the pages made anew, and a roll-back takes the word back with it.
"""

from typing import Any

from django.db.backends.signals import connection_created
from psycopg.errors import Diagnostic

from inharmony.pages.public import publish

CODE = "IH002"


def listen() -> None:
    """Has every connection that is opened from now on pass the word on."""
    connection_created.connect(_hear, dispatch_uid="public pages")


def _hear(*, connection: Any, **_kwargs: Any) -> None:
    connection.connection.add_notice_handler(_heed)


def _heed(message: Diagnostic) -> None:
    if message.sqlstate == CODE:
        publish()
