"""The COINr case as a study, and small studies shared by the tests of robustness."""

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.robustness.design import read_design
from analysis.robustness.draws import Draws
from analysis.robustness.study import Study

FOLDER = Path(__file__).parents[1] / "fixtures" / "coinr_syn297"


def coinr(name):
    return pd.read_csv(FOLDER / f"{name}.csv", index_col=0)


def coinr_study():
    meta = coinr("iMeta").query("Type != 'Group'").reset_index()
    names = {
        "iCode": "code", "Parent": "parent", "Weight": "weight", "Direction": "direction",
        "Level": "level",
    }  # fmt: skip
    framework = meta.rename(columns=names)[list(names.values())]
    levels = {1.0: "indicator", 2.0: "subdomain", 3.0: "domain", 4.0: "index"}
    return Study(coinr("02_Imputed"), framework.assign(level=framework["level"].map(levels)))


def design_table(*rows):
    """Rows ``(factor, level, alternative, low, high, share)``."""
    columns = ["factor", "level", "alternative", "low", "high", "share"]
    return pd.DataFrame(rows, columns=columns)


def alternatives(factor, *texts):
    return [(factor, "", text, None, None, 1.0) for text in texts]


def coinr_design():
    return read_design(
        design_table(
            *[("weights", level, "", 0.75, 1.25, None) for level in
              ("domain", "subdomain", "indicator")],
            *alternatives("treatment", *[f"winsorise maximum={n}" for n in (5, 4, 3, 2, 1)]),
            *alternatives(
                "normalisation", "min_max lower=1 upper=100", "z_score mean=10 sd=2"
            ),
            *alternatives("aggregation", "arithmetic", "geometric"),
        )
    )  # fmt: skip


def coinr_draws(sampler):
    """The 100 draws of the fixture, as draws of `coinr_design`."""
    parameters, sets = coinr("uncertainty_100_params"), coinr("sens_noisy_weights")
    nominal = sampler.study.framework.set_index("code")["weight"]
    chosen = [sets[f"w{number}"].reindex(sampler.nodes) for number in parameters["WeightSet"]]
    multipliers = np.array([(weights / nominal).fillna(1.0).to_numpy() for weights in chosen])
    choices = {
        "treatment": 5 - parameters["Winmax"].to_numpy(),
        "normalisation": (parameters["Norm"] == "n_zscore").to_numpy(dtype=int),
        "aggregation": (parameters["Agg"] == "a_gmean").to_numpy(dtype=int),
    }
    record = sampler.of_record(len(parameters))
    return Draws(record.choices | choices, record.imputation, record.left_out, multipliers)
