"""The composite-indicator engine: from a table of figures to an index.

The engine takes a frame (one row per unit, one column per leaf) and a framework table (a tree
of nodes with weights and directions) and gives back frames. Its steps are the modules, in this
order: ``treatment`` (by the ``shape`` of a column), ``normalisation``, ``weighting``,
``aggregation``, ``ranking``; ``framework`` reads the tree, ``decomposition`` says what an index is
made of, and ``composite`` runs the steps in order.

It leaves to others: where figures come from and whether they are right, which units are ranked,
filling gaps, files, labels, figures, and how robust a result is.
"""
