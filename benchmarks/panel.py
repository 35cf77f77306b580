"""How long an index of 30,000 units and 34 indicators takes from two files, and its memory."""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.command import cost
from benchmarks.robustness import default_design, invented_study, without_copies

UNITS = 30_000


def measurements() -> Iterator[tuple[str, float, str]]:
    """Name, value and unit of each measurement."""
    study = invented_study(UNITS, without_copies(default_design()))
    with TemporaryDirectory() as folder:
        tree, data = Path(folder) / "tree.csv", Path(folder) / "data.csv"
        study.framework.to_csv(tree, index=False)
        study.data.rename_axis("unit").add_prefix("U", axis="index").to_csv(data)
        words = ["index", str(tree), str(data), "--output", str(Path(folder) / "out")]
        seconds, megabytes = cost([sys.executable, "-m", "analysis", *words])
    yield "index_of_30000_units", seconds, "s"
    yield "index_of_30000_units_memory", megabytes, "MB"


if __name__ == "__main__":
    for name, value, unit in measurements():
        print(name, value, unit, sep="\t", flush=True)
