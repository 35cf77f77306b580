"""How long an index of 30,000 units and 34 indicators takes from two files, and its memory."""

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.robustness import invented_study

UNITS = 30_000


def measurements() -> Iterator[tuple[str, float, str]]:
    """Name, value and unit of each measurement."""
    study = invented_study(UNITS, imputations=0)
    with TemporaryDirectory() as folder:
        tree, data = Path(folder) / "tree.csv", Path(folder) / "data.csv"
        study.framework.to_csv(tree, index=False)
        study.data.rename_axis("unit").add_prefix("U", axis="index").to_csv(data)
        words = ["index", str(tree), str(data), "--output", str(Path(folder) / "out")]
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "analysis", *words], check=True, capture_output=True)
        yield "index_of_30000_units", time.perf_counter() - start, "s"
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield "index_of_30000_units_memory", peak, "MB"


if __name__ == "__main__":
    for name, value, unit in measurements():
        print(name, value, unit, sep="\t", flush=True)
