"""figures."""

FIGURES: tuple = ()
