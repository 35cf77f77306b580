"""The COINr case as a study, and small studies shared by the tests of robustness."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.index.robustness.design import read_design
from analysis.index.robustness.replicates import replicated
from analysis.index.robustness.study import Study

LEAVES = ["z", "a", "b", "c", "d", "e"]

FOLDER = Path(__file__).parents[2] / "fixtures" / "coinr_syn297"


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
    return replace(record, choices=record.choices | choices, multipliers=multipliers)


def small_framework():
    """A ragged tree: z hangs directly under the root, c and d lie three steps below it.

    In the complete framework left weighs 0.3, z 0.25, e 0.2 and deep 0.05; 0.2 of it is not there.
    """
    rows = [
        ("index", "", "index", None, None, None),
        ("left", "index", "domain", 2.0, None, 0.3),
        ("right", "index", "domain", 1.0, None, 0.25),
        ("z", "index", "measure", 1.0, 1, 0.25),
        ("deep", "right", "subdomain", 1.0, None, 0.05),
        ("a", "left", "measure", 1.0, 1, 0.075),
        ("b", "left", "measure", 3.0, 1, 0.225),
        ("c", "deep", "measure", 1.0, 1, 0.025),
        ("d", "deep", "measure", 1.0, 1, 0.025),
        ("e", "right", "measure", 1.0, -1, 0.2),
    ]
    return pd.DataFrame(rows, columns=["code", "parent", "level", "weight", "direction", "part"])


def small_study(units=12, *, gaps=True, seed=5):
    """Random figures for the small framework; every unit keeps `z` and `c`."""
    generator = np.random.default_rng(seed)
    labels = [f"u{number:02}" for number in range(units)]
    full = pd.DataFrame(generator.lognormal(3, 0.6, (units, 6)), labels, LEAVES)
    hidden = pd.DataFrame(generator.random((units, 6)) < 0.25, labels, LEAVES)
    hidden[["z", "c"]] = False
    hidden.iloc[:3] = False
    data = full.mask(hidden) if gaps else full
    filled = [data.fillna(full * factor) for factor in (0.8, 1.0, 1.3)]
    return Study(
        data=data,
        framework=small_framework(),
        imputed=filled,
        errors=small_errors(),
        replicates=replicated(data, small_errors(), 4, seed),
        heads=pd.Series(generator.uniform(1, 3, units), labels),
        sizes=["a", "b", "c"],
        untreated=["d"],
        grades={"z": "observed", "a": "observed", "b": "proxy", "c": "observed", "d": "weak",
                "e": "proxy"},
    )  # fmt: skip


def small_errors():
    """Sizes are off by a fifth, e by two points, but not below 1; the others have no error."""
    scale = {"a": "log", "b": "log", "c": "log", "e": "points"}
    errors = pd.DataFrame({"scale": scale, "error": {"a": 0.2, "b": 0.2, "c": 0.2, "e": 2.0}})
    return errors.assign(lowest=1.0, highest=np.nan)


def with_data(study, data):
    """The study with other figures, no imputed copies, and errors drawn anew."""
    copies = replicated(data, small_errors(), 4, 5)
    return replace(study, data=data, imputed=(), replicates=copies)


def small_rows():
    """A design with a choice in every factor."""
    return [
        ("weights", "domain", "", 0.5, 1.5, None),
        ("weights", "measure", "", 0.75, 1.25, None),
        *alternatives("treatment", "winsorise maximum=2", "log", "none"),
        *alternatives(
            "normalisation", "min_max lower=1 upper=100", "z_score mean=50 sd=5", "rank_scores"
        ),
        *alternatives(
            "aggregation", "arithmetic", "geometric", "arithmetic index=geometric",
            "geometric left=arithmetic deep=arithmetic", "arithmetic right=geometric",
        ),
        *alternatives("renormalisation", "once", "level_by_level"),
        *alternatives("measures", "size", "per_head"),
        *alternatives("gaps", "left", "imputed draws=3"),
        *alternatives("figures", "as_printed", "with_error draws=4"),
        *alternatives("evidence", "every", "observed proxy", "observed"),
        *alternatives("left_out", "nothing"),
        ("left_out", "measure", "one", None, None, 1.0),
    ]  # fmt: skip
