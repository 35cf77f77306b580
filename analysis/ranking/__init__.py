"""From the files of an edition to a ranking: readings, cells, indicators, index, score and rank.

`readings` and `cleaning` make cells, `indicators` the matrix of measures, `scores` index, score and
rank under `method`; `of_record` does all of it for an edition, and `lineage` tells the way back.
"""
