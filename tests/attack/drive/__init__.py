"""Puts the portal before the hostile statistician: the one place of the harness that knows the portal."""
