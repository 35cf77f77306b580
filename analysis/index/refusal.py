"""Refusals: what the program says no to on purpose, told apart from its own mistakes.

The command line shows a refusal as its message alone. Any other exception is a mistake of the
program and shows its traceback, so a refusal must be raised as one of these classes.
"""


class RefusalError(Exception):
    """Something that whoever runs the program has to mend; the message says what and how."""


class RefusedValueError(RefusalError, ValueError):
    """A value, a name or figures given from outside with which a step cannot be carried out."""
