"""How sure is each rank: the index rebuilt under other defensible choices, many times.

`study` holds what the choices act on and `design` the choices; both are data. `draws` turns a
design into draws, each of which can be replayed alone by `replay`, the slow and plain way.
`states`, `flatten` and `kernel` rank all units under many draws at once; `engine` runs them on
the cores of one machine and `cluster` on many machines. `uncertainty`, `sensitivity`,
`scenarios` and `shapley` say what the ranks mean, and `imputation` fills gaps by posterior draws.
"""
