"""What must not stand in a log: the secret of a link that lets its holder in."""

import logging
import re

_SECRETS = re.compile(
    r"(/invitation/|/class-list/|/answer/|/password/reset/|/account/confirm-address/|(?<!/account)/calendar/)[^/\s]+"
)


class WithoutSecrets(logging.Filter):
    """Takes the secrets of links out of every line; a refused form would else leave a link that still works."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Returns True, always; the line is changed, never dropped."""
        line = record.getMessage()
        if _SECRETS.search(line):
            record.msg, record.args = _SECRETS.sub(r"\1…", line), ()
        return True
