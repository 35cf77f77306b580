"""Figures: one module per chapter, each function a frame in and a Figure out, ready to read.

Functions draw and never compute: what they show stands in a results table. Every word comes from
`labels`, the words of one language by key (`language.names.words`). `style` holds the one visual
language; `svg` turns a Figure into the deterministic SVG that notebooks show and the report embeds.
"""
