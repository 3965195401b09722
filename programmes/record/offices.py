"""offices."""

OFFICES: tuple = ()
