"""A proposal how a file that somebody brings is to be read, and its writing into an edition.

`grids` opens the file, `head` finds where its table is, `names` says what its places are,
`matching` which variables its columns hold; `proposal` puts these together and asks what cannot be
decided, and `writing` makes them part of the edition.
"""
