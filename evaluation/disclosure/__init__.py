"""
IH-SDC 1: what may leave a programme. Every count of children that is shown outside its own hub passes here.

`truth` is what goes in, `rules` are the questions asked of one true count, `protection` hides what they and the gate
say must be hidden, `gate` is the solver that tries to get it back as each reader could.
"""
