"""The audit workbook: every step from cleaned cells to ranks as a sheet of live formulas.

``model`` gathers what the sheets show, ``book`` knows their common layout, the other modules write
one kind of sheet each, and ``build`` puts them in order.
"""
