"""
An independent prober of the running portal: it knows addresses, people and planted texts, and nothing of the code.

Its modules import neither Django nor an app of the portal (`test_independence.py` keeps that). They are handed a plan
of plain data (`plan.py`) and, for what happened in the database, functions to call (`ledger.py`). What builds the plan
stands in `tests/prove/`.
"""
