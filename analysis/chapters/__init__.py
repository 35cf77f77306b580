"""One module a chapter of the report: the tables that it shows and the facts that it quotes.

No chapter knows another; `assembly` makes the tables of all that have some.
"""
