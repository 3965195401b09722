"""
The approved menu: by what children may be told apart, and the tables made of them. Nothing else leaves a programme.

Closed on purpose (IH-SDC 1, rule 1): a reader who may cross what they like takes a protected table apart. A new
dimension or table is an entry here, and what is released, shown, drawn and exported follows from it.
"""
