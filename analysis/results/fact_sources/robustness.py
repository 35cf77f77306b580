"""Where the facts of `analysis.chapters.robustness` come from."""

from analysis.results.fact_sources.declaring import Sources, limit, taken

# Which of two cities is ahead how often, and how many places lie between them.
PAIRS = ("pairs: ahead", "reference/method: parameter value")
PLACES = ("pairs: adcode other", "uncertainty: adcode rank")
SOURCES: Sources = {
    "robustness.nearly_all": limit(
        "share of the draws that settles a place", "uncertainty: p_top10 p_top100"
    ),
    "robustness.intervals.mean_width": taken(
        "high less low: the mean", "uncertainty: rank_low rank_high"
    ),
    "robustness.intervals.mean_width_hundred": taken(
        "places 1 to 100, high less low: the mean", "uncertainty: rank rank_low rank_high"
    ),
    "robustness.intervals.mean_width_ten": taken(
        "places 1 to 10, high less low: the mean", "uncertainty: rank rank_low rank_high"
    ),
    "robustness.intervals.mean_width_technique": taken(
        "high less low: the mean", "uncertainty: technique_low technique_high"
    ),
    "robustness.intervals.mean_width_technique_hundred": taken(
        "places 1 to 100, high less low: the mean", "uncertainty: rank technique_low technique_high"
    ),
    "robustness.intervals.sure_hundred": taken(
        "number of at least nearly_all", "uncertainty: p_top100"
    ),
    "robustness.intervals.excluded_hundred": taken(
        "number up to 1 less nearly_all", "uncertainty: p_top100"
    ),
    "robustness.intervals.open_hundred": taken("number of all others", "uncertainty: p_top100"),
    "robustness.intervals.doubtful_hundred": taken(
        "number below a half at places 1 to 100", "uncertainty: rank p_top100"
    ),
    "robustness.intervals.sure_ten": taken("number of at least nearly_all", "uncertainty: p_top10"),
    "robustness.intervals.sure_ten_names": taken(
        "those of at least nearly_all, by rank", "uncertainty: rank adcode p_top10"
    ),
    "robustness.intervals.outside": taken(
        "number of ranks beyond their interval", "uncertainty: rank rank_low rank_high"
    ),
    "robustness.intervals.wider_held": taken(
        "number of cities whose interval with the concept held is the wider one",
        "uncertainty: rank_low rank_high technique_low technique_high",
    ),
    "robustness.intervals.widest_name": taken(
        "the widest of places 1 to 100", "uncertainty: rank adcode rank_low rank_high"
    ),
    "robustness.intervals.widest_low": taken(
        "the widest of places 1 to 100", "uncertainty: rank rank_low rank_high"
    ),
    "robustness.intervals.widest_high": taken(
        "the widest of places 1 to 100", "uncertainty: rank rank_low rank_high"
    ),
    "robustness.intervals.first_name": taken("place 1", "uncertainty: rank adcode"),
    "robustness.intervals.first_low": taken("place 1", "uncertainty: rank rank_low"),
    "robustness.intervals.first_high": taken("place 1", "uncertainty: rank rank_high"),
    "robustness.apart.median": taken("all: the median", "told_apart: not_told_apart"),
    "robustness.apart.median_hundred": taken(
        "places 1 to 100: the median", "told_apart: rank not_told_apart"
    ),
    "robustness.apart.pairs": taken("number of rows", "pairs: adcode"),
    "robustness.apart.pairs_apart": taken(
        "number of which either city is ahead in told_apart_level of the draws", *PAIRS
    ),
    "robustness.apart.pairs_jointly": taken(
        "number of pairs of which joint_low to joint_high share no place",
        "told_apart: joint_low joint_high",
    ),
    "robustness.apart.pairs_jointly_share": taken(
        "share of pairs of which joint_low to joint_high share no place",
        "told_apart: joint_low joint_high",
    ),
    "robustness.apart.first_jointly": taken(
        "place 1: number of others with a common place from joint_low to joint_high",
        "told_apart: rank joint_low joint_high",
    ),
    "robustness.apart.first_joint_low": taken("place 1", "told_apart: rank joint_low"),
    "robustness.apart.first_joint_high": taken("place 1", "told_apart: rank joint_high"),
    "robustness.apart.pairs_share": taken(
        "share of which either city is ahead in told_apart_level of the draws", *PAIRS
    ),
    "robustness.apart.pairs_share_held": taken(
        "the same of the draws with the concept held",
        "pairs: ahead_held",
        "reference/method: parameter value",
    ),
    "robustness.apart.apart_1": taken("the same of pairs one place apart", *PAIRS, *PLACES),
    "robustness.apart.apart_10": taken("the same of pairs 10 places apart", *PAIRS, *PLACES),
    "robustness.apart.apart_50": taken("the same of pairs 50 places apart", *PAIRS, *PLACES),
    "robustness.apart.apart_100": taken("the same of pairs 100 places apart", *PAIRS, *PLACES),
    "robustness.apart.first_name": taken("place 1", "told_apart: rank adcode"),
    "robustness.apart.first_others": taken("place 1", "told_apart: rank not_told_apart"),
    "robustness.apart.first_worst": taken("place 1", "told_apart: rank worst_rank"),
    "robustness.sensitivity.*.most": taken(
        "of the quantity, the largest total", "sensitivity: quantity factor total"
    ),
    "robustness.sensitivity.*.most_first": taken(
        "of the quantity, the largest total", "sensitivity: quantity total first"
    ),
    "robustness.sensitivity.*.most_total": taken(
        "of the quantity, the largest", "sensitivity: quantity total"
    ),
    "robustness.sensitivity.*.second": taken(
        "of the quantity, the second largest total", "sensitivity: quantity factor total"
    ),
    "robustness.sensitivity.*.second_first": taken(
        "of the quantity, the second largest total", "sensitivity: quantity total first"
    ),
    "robustness.sensitivity.*.second_total": taken(
        "of the quantity, the second largest", "sensitivity: quantity total"
    ),
    "robustness.sensitivity.*.two_first": taken(
        "of the quantity, the two largest totals: the sum", "sensitivity: quantity total first"
    ),
    "robustness.sensitivity.*.third": taken(
        "of the quantity, the third largest total", "sensitivity: quantity factor total"
    ),
    "robustness.sensitivity.*.third_total": taken(
        "of the quantity, the third largest", "sensitivity: quantity total"
    ),
    "robustness.sensitivity.*.others": taken(
        "of the quantity, number of rows less 2", "sensitivity: quantity"
    ),
    "robustness.sensitivity.*.least": taken(
        "of the quantity, the smallest total", "sensitivity: quantity factor total"
    ),
    "robustness.sensitivity.*.least_total": taken(
        "of the quantity, the smallest", "sensitivity: quantity total"
    ),
    "robustness.sensitivity.*.by_factor.*.first": taken(
        "the factor, of the quantity", "sensitivity: quantity factor first"
    ),
    "robustness.sensitivity.*.by_factor.*.total": taken(
        "the factor, of the quantity", "sensitivity: quantity factor total"
    ),
    "robustness.left_aside": taken(
        "alternatives of the design that no scenario tries, those of record apart",
        "reference/uncertainty: factor alternative",
        "reference/method: parameter value",
        "scenarios: factor alternative",
    ),
    "robustness.scenarios.*.shift": taken(
        "the scenario", "scenarios: factor level alternative mean_shift"
    ),
    "robustness.scenarios.*.largest": taken(
        "the scenario", "scenarios: factor level alternative largest_shift"
    ),
    "robustness.scenarios.*.within_ten": taken(
        "the scenario", "scenarios: factor level alternative within_ten"
    ),
    "robustness.scenarios.*.rho": taken(
        "the scenario", "scenarios: factor level alternative spearman"
    ),
    "robustness.leave_one_out.count": taken("number of indicators", "leave_one_out: level"),
    "robustness.leave_one_out.most": taken(
        "the two indicators that shift most", "leave_one_out: level mean_shift left_out"
    ),
    "robustness.leave_one_out.most_shift": taken(
        "the largest of an indicator", "leave_one_out: level mean_shift"
    ),
    "robustness.leave_one_out.second_shift": taken(
        "the second largest", "leave_one_out: level mean_shift"
    ),
    "robustness.leave_one_out.third_shift": taken(
        "the third largest", "leave_one_out: level mean_shift"
    ),
    "robustness.leave_one_out.least": taken(
        "the indicator that shifts least", "leave_one_out: level mean_shift left_out"
    ),
    "robustness.leave_one_out.least_shift": taken(
        "the smallest of an indicator", "leave_one_out: level mean_shift"
    ),
    "robustness.imputation.hidden": taken("every", "imputation: measure hidden"),
    "robustness.imputation.share": taken("every", "imputation: measure share"),
    "robustness.imputation.lowest": taken(
        "the smallest of the measures", "imputation: measure share"
    ),
    "robustness.imputation.lowest_share": taken(
        "the smallest of the measures", "imputation: measure share"
    ),
    "robustness.imputation.highest_share": taken(
        "the largest of the measures", "imputation: measure share"
    ),
    "robustness.shapley.first_name": taken("place 1", "scores: adcode rank"),
    "robustness.shapley.gap": taken(
        "the domains of place 1: the sum", "shapley: adcode level score_part", "scores: adcode rank"
    ),
    "robustness.shapley.largest": taken(
        "the largest of the domains of place 1",
        "shapley: adcode level score_part code",
        "scores: adcode rank",
    ),
    "robustness.shapley.largest_part": taken(
        "the largest of the domains of place 1",
        "shapley: adcode level score_part",
        "scores: adcode rank",
    ),
    "robustness.shapley.smallest": taken(
        "the smallest of the domains of place 1",
        "shapley: adcode level score_part code",
        "scores: adcode rank",
    ),
    "robustness.shapley.smallest_part": taken(
        "the smallest of the domains of place 1",
        "shapley: adcode level score_part",
        "scores: adcode rank",
    ),
}
