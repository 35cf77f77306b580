"""A design that cannot apply to a study is refused, and the reason named."""

from dataclasses import replace

import pytest

from analysis.index.robustness.design import read_design
from analysis.index.robustness.study import check_study, units_without_heads
from index.robustness.cases import alternatives, design_table, small_rows, small_study


def refusal(study, *rows):
    factors = {row[0] for row in rows}
    kept = [row for row in small_rows() if row[0] not in factors]
    with pytest.raises(ValueError, match="study: ") as error:
        check_study(study, read_design(design_table(*kept, *rows)))
    return str(error.value)


def test_a_sound_study_is_accepted():
    check_study(small_study(), read_design(design_table(*small_rows())))


def test_weights_of_an_unknown_level():
    assert "no node has the level 'storey'" in refusal(
        small_study(), ("weights", "storey", "", 0.5, 1.5, None)
    )


def test_means_at_an_unknown_node():
    row = alternatives("aggregation", "arithmetic attic=geometric")
    assert "no node or level 'attic'" in refusal(small_study(), *row)


def test_a_leaf_has_no_mean():
    row = alternatives("aggregation", "arithmetic a=geometric")
    assert "no node or level 'a'" in refusal(small_study(), *row)


def test_leaving_out_at_an_unknown_level():
    row = ("left_out", "storey", "one", None, None, 1.0)
    assert "left_out: no node has the level 'storey'" in refusal(small_study(), row)


def test_a_framework_without_levels():
    study = replace(small_study(), framework=small_study().framework.drop(columns="level"))
    assert "no column 'level'" in refusal(study)


def test_per_head_without_heads():
    assert "there are no heads" in refusal(replace(small_study(), heads=None))


def test_heads_that_are_not_positive():
    study = small_study()
    heads = study.heads.copy()
    heads["u03"] = 0
    assert "units ['u03'] have no positive number" in refusal(replace(study, heads=heads))


def test_any_positive_number_of_heads_will_do():
    study = small_study()
    heads = study.heads.copy()
    heads[["u03", "u04", "u05"]] = [0.001, 1, -0.001]
    assert units_without_heads(replace(study, heads=heads)) == ["u05"]


def test_fewer_imputed_data_sets_than_asked_for():
    study = replace(small_study(), imputed=small_study().imputed[:2])
    assert "3 imputed data sets are asked for, there are 2" in refusal(study)


def test_fewer_copies_with_errors_than_asked_for():
    study = replace(small_study(), replicates=small_study().replicates[:3])
    assert "4 copies with errors drawn are asked for, there are 3" in refusal(study)


def test_a_copy_with_errors_whose_gaps_are_filled():
    study = small_study()
    copies = [*study.replicates[:3], study.imputed[0]]
    assert "copy 3 with errors drawn: its gaps" in refusal(replace(study, replicates=copies))


def test_a_copy_with_errors_has_its_gaps_filled_from_an_imputed_one():
    study = small_study()
    both = study.variant("size", 1, 2)
    drawn, filled = study.replicates[2], study.imputed[1]
    assert both.where(drawn.notna()).equals(drawn)
    assert both.where(drawn.isna()).equals(filled.where(drawn.isna()))


def test_an_imputed_data_set_with_gaps():
    study = small_study()
    assert "imputed data set 0: it has gaps" in refusal(replace(study, imputed=[study.data] * 3))


def test_an_imputed_data_set_that_changes_a_value_present():
    study = small_study()
    changed = study.imputed[0] * 2
    filled = [*study.imputed[:2], changed]
    assert "imputed data set 2" in refusal(replace(study, imputed=filled))


def test_evidence_of_a_grade_that_no_leaf_has():
    row = alternatives("evidence", "every", "hearsay")
    assert "no leaf has the grade 'hearsay'" in refusal(small_study(), *row)


def test_evidence_that_leaves_a_unit_without_a_value():
    study = small_study()
    data = study.data.copy()
    data.loc["u05", ["z", "a", "c"]] = None
    row = alternatives("evidence", "every", "observed")
    assert "units ['u05'] have no value" in refusal(replace(study, data=data), *row)


def test_a_size_that_is_no_leaf():
    assert "'q' is not a leaf" in refusal(replace(small_study(), sizes=["q"]))


def test_data_that_do_not_fit_the_framework():
    study = small_study()
    with pytest.raises(ValueError, match="leaf 'a' has no column"):
        check_study(
            replace(study, data=study.data.drop(columns="a")),
            read_design(design_table(*small_rows())),
        )


def test_a_framework_that_is_no_tree():
    study = small_study()
    faulty = study.framework.assign(weight=-1.0)
    with pytest.raises(ValueError, match="not a positive number"):
        check_study(replace(study, framework=faulty), read_design(design_table(*small_rows())))


def test_without_any_numbers_of_heads_no_unit_has_one():
    study = replace(small_study(), heads=None)
    assert units_without_heads(study) == list(study.data.index)
