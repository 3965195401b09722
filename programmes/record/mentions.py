"""mentions."""

MENTIONS: tuple = ()
