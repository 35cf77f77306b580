"""Where the facts of `analysis.results.facts` itself come from."""

from analysis.results.fact_sources.declaring import Sources, taken

# What says, with `measures`, which of them are in use: included, of a city at least, and not in
# reserve.
IN_USE = ("cells: measure value", "reference/method: parameter value")
SOURCES: Sources = {
    "edition.name": taken("the name", "raw/edition: edition"),
    "edition.data_year": taken("the year", "raw/edition: data_year"),
    "edition.anchor_edition": taken("the edition that is named", "raw/edition: score_anchors"),
    "edition.cities": taken("number of rows", "reference/cities: adcode"),
    "edition.municipalities": taken("number of municipalities", "reference/cities: level"),
    "edition.prefecture_cities": taken("number of all others", "reference/cities: level"),
    "edition.ranked": taken("number of rows", "scores: adcode"),
    "edition.unranked": taken("number of rows", "unranked: adcode"),
    "edition.provinces": taken("number of different ones", "reference/cities: province_en"),
    "evidence.domains": taken("number of domains", "reference/framework: level"),
    "evidence.subdomains": taken("number of sub-domains", "reference/framework: level"),
    "evidence.indicators": taken("number of indicators", "reference/framework: level"),
    "evidence.measured_weight": taken("the index", "measured_parts: level measured"),
    "evidence.weight_of.*": taken("the domain", "measured_parts: code weight"),
    "evidence.heaviest": taken("the largest domain", "measured_parts: level code weight"),
    "evidence.lightest": taken("the smallest domain", "measured_parts: level code weight"),
    "evidence.measured_indicators": taken("number of rows above 0", "evidence: measures"),
    "evidence.unmeasured_indicators": taken("number of rows with 0", "evidence: measures"),
    "evidence.weak_indicators": taken(
        "number of rows that are weak and have 0 measures", "evidence: state measures"
    ),
    "evidence.empty_indicators": taken("number of rows with none", "evidence: state"),
    "evidence.lost_indicators": taken("number of lost rows", "evidence: state"),
    "evidence.lost": taken(
        "the lost rows, by their last edition", "evidence: indicator state last_edition"
    ),
    "evidence.measured_subdomains": taken(
        "number of different nodes above them",
        "reference/measures: indicator measure included evidence stands_in_for",
        "reference/framework: code parent",
        *IN_USE,
    ),
    "evidence.unmeasured_subdomains": taken(
        "number of the other sub-domains",
        "reference/measures: indicator measure included evidence stands_in_for",
        "reference/framework: code parent level",
        *IN_USE,
    ),
    "evidence.files": taken(
        "the files that are named, with their sources in the order of the table",
        "cells: file",
        "averaged: file",
        "raw/sources: file source",
    ),
    "evidence.sizes": taken(
        "the two heaviest of the measures of size",
        "measure_weights: measure weight",
        "reference/measures: measure kind",
    ),
    "evidence.measures": taken(
        "number of measures in use",
        *IN_USE,
        "reference/measures: measure included evidence stands_in_for",
    ),
    "evidence.observed_measures": taken(
        "number of those that are observed",
        *IN_USE,
        "reference/measures: measure included evidence stands_in_for",
    ),
    "evidence.proxy_measures": taken(
        "number of those that are a proxy",
        *IN_USE,
        "reference/measures: measure included evidence stands_in_for",
    ),
    "evidence.left_out_measures": taken("the sum", "evidence: left_out"),
    "evidence.reserve_measures": taken("the sum", "evidence: in_reserve"),
    "method.*": taken(
        "the parameter, a share in percent, a number of draws or runs with its thousands",
        "reference/method: parameter value unit",
    ),
    "formula.normalisation": taken(
        "the words for the parameter of this name, and the edition that sets the rulers, if it is "
        "another one",
        "reference/method: parameter value",
        "raw/edition: score_anchors",
    ),
    "formula.aggregation": taken(
        "the words for the parameter of this name", "reference/method: parameter value"
    ),
    "formula.renormalisation": taken(
        "the words for the parameter of this name", "reference/method: parameter value"
    ),
    "formula.weights": taken(
        "whether siblings differ in weight",
        "reference/framework: parent weight",
        "reference/measures: indicator weight",
    ),
    "bands.*.minimum": taken("the stage", "reference/tiers: tier minimum"),
    "bands.*.maximum": taken("the stage", "reference/tiers: tier maximum"),
    "bands.*.first_place": taken("the stage", "reference/tiers: tier first_place"),
    "bands.*.last_place": taken("the stage", "reference/tiers: tier last_place"),
    "bands.*.cities": taken("the stage", "reference/tiers: tier cities"),
    "cleaning.observed": taken("number of rows of this status", "cells: status"),
    "cleaning.averaged": taken("number of rows of this status", "cells: status"),
    "cleaning.corrected": taken("number of rows of this status", "cells: status"),
    "cleaning.carried": taken("number of rows of this status", "cells: status"),
    "cleaning.missing": taken("number of rows of this status", "cells: status"),
    "cleaning.cells": taken("number of rows", "cells: status"),
    "cleaning.observed_share": taken("share of the rows that are observed", "cells: status"),
    "cleaning.refused": taken("number of rows that are not empty", "cells: refused"),
    "cleaning.telecom_refused": taken("number of rows with telecom_volume", "cells: rule"),
    "cleaning.telecom_missing": taken(
        "number of rows with telecom_volume that are missing", "cells: rule status"
    ),
    "cleaning.yardsticks": taken(
        "number of rows with yardstick_lost and with older_yardstick", "rules: state"
    ),
    "cleaning.rd_carried": taken("number of carried rows of R&D spending", "cells: measure status"),
    "treatment.untreated": taken("number of rows with this method", "treatment: method"),
    "treatment.winsorised": taken("number of rows with this method", "treatment: method"),
    "treatment.logged": taken(
        "number of rows with either logarithm, plain or mirrored", "treatment: method"
    ),
    "treatment.mirrored": taken("number of rows with the mirrored logarithm", "treatment: method"),
    "treatment.rulers": taken(
        "the edition that sets the anchors, and the measures that have a ruler of this edition",
        "rulers: measure edition",
        "raw/edition: score_anchors",
    ),
    "treatment.failing": taken("number of rows with 0", "treatment: passes"),
    "treatment.failing_names": taken("rows with 0", "treatment: measure passes"),
    "ranking.first": taken("place 1", "scores: rank adcode"),
    "ranking.leaders": taken("places 1 to 5", "scores: rank adcode"),
    "ranking.fifth_index": taken("place 5", "scores: rank index"),
    "ranking.sixth_index": taken("place 6", "scores: rank index"),
    "ranking.gap": taken("places 5 and 6: the difference", "scores: rank index"),
    "ranking.usual_gap": taken(
        "places 6 to 38: mean difference between neighbours", "scores: rank index"
    ),
    "ranking.score_gap": taken("places 5 and 6: the difference", "scores: rank score"),
    "ranking.usual_score_gap": taken(
        "places 6 to 38: mean difference between neighbours", "scores: rank score"
    ),
    "ranking.first_index": taken("place 1", "scores: rank index"),
    "ranking.last_index": taken("the last place", "scores: rank index"),
    "ranking.median_index": taken("all: the median", "scores: index"),
    "ranking.by_tier.*": taken("number of rows of the stage", "scores: tier"),
    "robustness.draws": taken(
        "the parameter uncertainty_draws", "reference/method: parameter value"
    ),
}
