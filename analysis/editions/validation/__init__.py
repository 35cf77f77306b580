"""What is refused, and why: every rule that the input of an edition has to keep.

A fault is a line of a table: file, line, column, value and the rule that is broken. `input_faults`
gathers them from the modules around it, each of which looks at one kind of table.
"""
