"""studies."""

STUDIES: tuple = ()
