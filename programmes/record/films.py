"""films."""

FILMS: tuple = ()
