"""A design is read from a table, and a table that cannot be one is refused."""

import numpy as np
import pytest

from analysis.index.robustness.design import Alternative, read_design
from index.robustness.cases import alternatives, coinr_design, design_table, small_rows


def least(**replaced):
    rows = {
        "treatment": alternatives("treatment", "none"),
        "normalisation": alternatives("normalisation", "min_max"),
        "aggregation": alternatives("aggregation", "arithmetic"),
    }
    return design_table(*[row for part in (rows | replaced).values() for row in part])


def refusal(table):
    with pytest.raises(ValueError, match="design: ") as error:
        read_design(table)
    return str(error.value)


def test_an_alternative_is_words_and_options():
    alternative = Alternative("z_score mean=100 sd=5")
    assert alternative.name == "z_score"
    assert alternative.numbers == {"mean": 100.0, "sd": 5.0}
    assert Alternative("observed proxy").words == ("observed", "proxy")
    assert (alternative.share, alternative.level) == (1, "")


def test_factors_that_a_design_leaves_out_have_their_plain_alternative():
    design = read_design(least())
    texts = {factor: [a.text for a in found] for factor, found in design.alternatives.items()}
    assert texts["measures"] == ["size"]
    assert texts["gaps"] == ["left"]
    assert texts["evidence"] == ["every"]
    assert texts["left_out"] == ["nothing"]
    assert texts["figures"] == ["as_printed"]
    assert (design.imputations, design.replicates) == (0, 0)


def test_the_first_alternative_is_that_of_record_and_shares_become_probabilities():
    rows = [("treatment", "", "none", None, None, 3.0), ("treatment", "", "log", None, None, 1.0)]
    design = read_design(least(treatment=rows))
    assert design.of_record("treatment").text == "none"
    np.testing.assert_allclose(design.shares("treatment"), [0.75, 0.25])


def test_the_largest_number_of_imputed_data_sets_counts():
    assert read_design(design_table(*small_rows())).imputations == 3
    rows = alternatives("figures", "as_printed", "with_error draws=2", "with_error draws=7")
    others = [row for row in small_rows() if row[0] != "figures"]
    assert read_design(design_table(*others, *rows)).replicates == 7


def test_ranges_are_kept_by_level():
    assert coinr_design().ranges["domain"] == (0.75, 1.25)


def test_a_table_without_its_columns_is_refused():
    assert "'share'" in refusal(least().drop(columns="share"))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (alternatives("flavour", "sweet"), "factor 'flavour'"),
        (alternatives("treatment", "prayer"), "treatment, alternative 'prayer'"),
        (alternatives("treatment", "winsorise"), "the option maximum"),
        (alternatives("treatment", "winsorise maximum=few"), "the option maximum"),
        (alternatives("treatment", "log", "log"), "'log' occurs more than once"),
        (alternatives("normalisation", "min_max lower=low"), "lower=low is not a number"),
        (alternatives("normalisation", "min_max z_score"), "'min_max z_score': not one of"),
        (alternatives("aggregation", "arithmetic index=median"), "['median']"),
        (alternatives("evidence", "observed proxy=1"), "grades only"),
        ([("treatment", "", "log", None, None, -1.0)], "the shares [-1.0]"),
        ([("treatment", "", "log", None, None, 0.0)], "the shares [0.0]"),
        (
            [("treatment", "", "log", None, None, -0.5), ("treatment", "", "none", None, None, 2)],
            "the shares [-0.5, 2.0]",
        ),
        ([("weights", "domain", "", 0.0, 1.0, None)], "0 < low <= high"),
        ([("weights", "domain", "", 1.2, 1.1, None)], "0 < low <= high"),
        ([("weights", "domain", "", 1, 2, None)] * 2, "'domain' occurs more than once"),
    ],
)
def test_a_wrong_row_is_named(rows, message):
    factor = rows[0][0]
    others = {} if factor in ("weights", "flavour") else {factor: rows}
    table = least(**others) if others else design_table(*least().to_numpy().tolist(), *rows)
    assert message in refusal(table)


def test_a_factor_without_alternatives_is_refused():
    assert "normalisation: there is no alternative" in refusal(least(normalisation=[]))


def test_all_faults_are_listed_at_once():
    table = least(
        treatment=alternatives("treatment", "prayer"),
        normalisation=alternatives("normalisation", "guess"),
    )
    assert refusal(table).startswith("design: 2 fault(s)")


def test_ranges_and_shares_on_their_limits_are_taken():
    # One width of zero, and a share of zero beside a positive one: a scenario only.
    rows = [("treatment", "", "log", None, None, 1.0), ("treatment", "", "none", None, None, 0.0)]
    table = design_table(
        *least(treatment=rows).to_numpy().tolist(), ("weights", "domain", "", 1.5, 1.5, None)
    )
    design = read_design(table)
    assert design.ranges == {"domain": (1.5, 1.5)}
    assert design.shares("treatment").tolist() == [1, 0]


@pytest.mark.parametrize("high", [np.inf, np.nan])
def test_a_range_without_an_end_is_refused(high):
    table = design_table(*least().to_numpy().tolist(), ("weights", "domain", "", 1, high, None))
    assert "0 < low <= high" in refusal(table)
