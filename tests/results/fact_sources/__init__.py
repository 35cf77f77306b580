"""Every fact of the prose, taken from its source by another way.

Nothing of the package is used here but the declarations of the sources, which are what is tested:
tables are read, numbers are written and cities are named by code of these tests alone.
"""
