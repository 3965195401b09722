"""collaborations."""

COLLABORATIONS: tuple = ()
