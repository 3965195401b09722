"""funding."""

AGREEMENTS: tuple = ()
