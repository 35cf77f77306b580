"""Where the facts of `analysis.chapters.losses` come from."""

from analysis.results.fact_sources.declaring import Sources, taken

IN_USE = (
    "cells: measure value",
    "reference/measures: measure indicator included evidence stands_in_for",
    "reference/framework: code parent level",
    "reference/method: parameter value",
)
SOURCES: Sources = {
    "losses.account": taken(
        "measures that the method includes and no city has a value of, what stands in for them, "
        "and the indicators and domains that only they make up; ranks and cities in the bands "
        "with them and without, by the cells, rulers and anchors of the edition that sets the "
        "anchors, if that is another one",
        *IN_USE,
        "raw/edition: data_year score_anchors",
    ),
    "losses.summary": taken(
        "number of measures that the method includes and no city has a value of, and ranks and "
        "cities in the bands without them, as in losses.account",
        "cells: measure value",
        "reference/measures: measure included evidence stands_in_for",
        "reference/method: parameter value",
        "raw/edition: data_year score_anchors",
    ),
    "losses.beside": taken(
        "measures that the method does not include, and those of the context, of which no city has "
        "a value",
        "cells: measure value",
        "reference/measures: measure included evidence",
        "reference/context_measures: measure",
        "reference/method: parameter value",
    ),
    "losses.thin_domains": taken(
        "domains of which the measures in use, those that the method includes and a city has a "
        "value of, make up one indicator",
        *IN_USE,
    ),
}
