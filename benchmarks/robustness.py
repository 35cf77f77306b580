"""How many rankings a second the robustness engine makes, and beside it the plain way.

The study is invented and has the shape of the real one: indicators of one measure each, every
grade of evidence, a few gaps. The design is `data/reference/uncertainty.csv`. Everything runs in
a fresh process, so that its memory is its own. On Linux a million draws are also asked for their
memory: what all processes take together, where what they share counts once.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import editions
from analysis.index.robustness import simulation
from analysis.index.robustness.design import Alternative, Design, read_design
from analysis.index.robustness.engine import Engine
from analysis.index.robustness.replay import replayed_ranks
from analysis.index.robustness.replicates import replicated
from analysis.index.robustness.study import Study

INDICATORS, SUBDOMAINS, DOMAINS = 34, 14, 6
MILLION = 1_000_000


def measurements() -> Iterator[tuple[str, float, str]]:
    """Name, value and unit of each measurement."""
    for part in ("297", "3000", "30000", "million"):
        command = [sys.executable, "-m", "benchmarks.robustness", part]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        peak = max(memory_while(running)) if part == "million" else 0
        for line in running.communicate()[0].splitlines():
            name, value, unit = line.split("\t")
            yield name, float(value), unit
        if running.returncode:
            raise subprocess.CalledProcessError(running.returncode, command)
        if peak:
            yield "million_rankings_memory", peak, "MB"


def memory_while(running: subprocess.Popen[str]) -> Iterator[float]:
    """Megabytes of a process and those it has started, ten times a second while it runs."""
    while running.poll() is None:
        yield sum(proportional(process) for process in family(str(running.pid)))
        time.sleep(0.1)


def family(process: str) -> Iterator[str]:
    """Numbers of a process and of those below it; only of itself where there is no ``/proc``."""
    yield process
    with suppress(OSError):
        for child in Path(f"/proc/{process}/task/{process}/children").read_text().split():
            yield from family(child)


def proportional(process: str) -> float:
    """Proportional set size (PSS) in megabytes; 0 once the process has ended."""
    with suppress(OSError):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return 0


def speed(units: int) -> Iterator[tuple[str, float, str]]:
    """Rankings a second of a study of so many units, drawing included."""
    start = time.perf_counter()
    engine = prepared(units)
    yield f"robustness_states_{units}_units", time.perf_counter() - start, "s"
    count = 60_000_000 // units
    simulation.acceptability(engine, seed=1, count=count // 4)
    start = time.perf_counter()
    busy = processor_time()
    simulation.acceptability(engine, seed=1, count=count)
    yield f"rankings_{units}_units", count / (time.perf_counter() - start), "1/s"
    # What a busy machine spoils less: versions are compared by both, run in turns.
    yield f"rankings_{units}_units_per_cpu", count / (processor_time() - busy), "1/s"
    if units < 1000:
        draws = engine.sampler.draw(1, 0, 20)
        start = time.perf_counter()
        replayed_ranks(engine.study, engine.design, draws)
        yield f"plain_rankings_{units}_units", len(draws) / (time.perf_counter() - start), "1/s"


def processor_time() -> float:
    """Seconds that this process and those it has started took of the processors."""
    uses = [resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def million() -> Iterator[tuple[str, float, str]]:
    """Time of a million rankings of 297 units."""
    engine = prepared(297)
    start = time.perf_counter()
    simulation.acceptability(engine, seed=1, count=MILLION)
    yield "million_rankings_297_units", time.perf_counter() - start, "s"


def prepared(units: int) -> Engine:
    """The engine of an invented study under the default design."""
    design = default_design()
    if units > 1000:
        # The copies of so many units would be measured as memory, not as speed.
        design = without_copies(design)
    return Engine(invented_study(units, design), design)


def without_copies(design: Design) -> Design:
    """The design with gaps left and figures as printed."""
    without = {"gaps": (LEFT,), "figures": (AS_PRINTED,)}
    return replace(design, alternatives={**design.alternatives, **without})


LEFT, AS_PRINTED = Alternative("left"), Alternative("as_printed")


def default_design() -> Design:
    """The design of `data/reference/uncertainty.csv`."""
    return read_design(pd.read_csv(editions.load().reference / "uncertainty.csv"))


def invented_study(units: int, design: Design) -> Study:
    """Skewed random figures for 34 indicators, each off by a tenth; some units have gaps."""
    generator = np.random.default_rng(1)
    framework = invented_framework()
    measures = list(framework.loc[framework["level"] == "measure", "code"])
    common = generator.normal(size=(units, 1))
    values = np.exp(common + generator.normal(size=(units, len(measures))))
    full = pd.DataFrame(values, columns=measures)
    gaps = generator.random(full.shape) < 0.018
    gaps[:, 11:] = False
    data = full.mask(gaps)
    grades = ("observed", "proxy", "weak")
    errors = pd.DataFrame({"scale": "log", "error": 0.1}, measures)
    errors = errors.assign(lowest=np.nan, highest=np.nan)
    return Study(
        data=data,
        framework=framework,
        imputed=[data.fillna(full * generator.uniform(0.5, 2)) for _ in range(design.imputations)],
        errors=errors,
        replicates=replicated(data, errors, design.replicates, 1),
        heads=pd.Series(generator.uniform(1, 5, units)),
        sizes=measures[::2],
        grades={code: grades[number % 3] for number, code in enumerate(measures)},
    )


def invented_framework() -> pd.DataFrame:
    """Index, 6 domains, 14 sub-domains, 34 indicators, one measure each."""
    rows: list[tuple[str, str, str]] = [("index", "", "index")]
    rows += [(f"d{n}", "index", "domain") for n in range(DOMAINS)]
    rows += [(f"s{n}", f"d{n % DOMAINS}", "subdomain") for n in range(SUBDOMAINS)]
    rows += [(f"i{n}", f"s{n % SUBDOMAINS}", "indicator") for n in range(INDICATORS)]
    rows += [(f"m{n}", f"i{n}", "measure") for n in range(INDICATORS)]
    framework = pd.DataFrame(rows, columns=["code", "parent", "level"])
    framework = framework.assign(weight=1.0, direction=1)
    return framework.assign(part=list(nominal_parts(framework)))


def nominal_parts(framework: pd.DataFrame) -> Iterator[float]:
    """The share of the whole that each node has under equal weights among siblings."""
    parts = {"": 1.0}
    for code, parent in framework[["code", "parent"]].itertuples(index=False):
        parts[code] = parts[parent] / (framework["parent"] == parent).sum()
        yield parts[code]


if __name__ == "__main__":
    found = million() if sys.argv[1] == "million" else speed(int(sys.argv[1]))
    for name, value, unit in found:
        print(name, value, unit, sep="\t", flush=True)
