"""Registers of earlier years: children by dates, read from the sheets in which a hub kept them."""
