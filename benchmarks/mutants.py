"""Mutants: the program with one small mistake in it, which the tests have to notice.

``make mutants`` makes them of `analysis/index`, `analysis/ranking` and `analysis/chapters/regions`
and prints every one that stays alive. A mistake is another comparison, operator, number, constant
or connective, a condition turned round, a statement or a result left out. Those that cannot change
what the program does stand in `equivalent_mutants.csv`, with the reason, and are not counted.

Each meets the tests of its own module, its examples, and what `mutant_trials.TESTED_BY` adds; the
few that these let live meet those that take long as well. What starts worker processes, `cluster`
and `simulation`, is left out, and so are `own_figures`, whose tests lay out an edition each and
take minutes.
"""

import argparse
import csv
import random
import sys
import time
from pathlib import Path

from benchmarks.mistakes import ROOT, Mutant, mutants
from benchmarks.mutant_trials import lives_on, prepare, try_all

EQUIVALENT = Path(__file__).parent / "equivalent_mutants.csv"
LEFT_OUT = {"cluster", "simulation", "own_figures", "example", "refusal", "__init__"}
GOAL = 0.02


def paths() -> list[Path]:
    """The files that mutants are made of."""
    rooms = [ROOT / "analysis" / room for room in ("index", "ranking")]
    found = [path for room in rooms for path in sorted(room.rglob("*.py"))]
    found.append(ROOT / "analysis" / "chapters" / "regions.py")
    return [path for path in found if path.stem not in LEFT_OUT]


def equivalent() -> set[tuple[str, str, str]]:
    """The mutants that cannot change what the program does."""
    with EQUIVALENT.open(encoding="utf8") as file:
        return {(row["file"], row["line"], row["mutation"]) for row in csv.DictReader(file)}


def interval(part: int, whole: int) -> tuple[float, float]:
    """Wilson's interval of 95 % of a share."""
    share, z = part / whole, 1.96
    middle = share + z**2 / (2 * whole)
    half = z * (share * (1 - share) / whole + z**2 / (4 * whole**2)) ** 0.5
    return (middle - half) / (1 + z**2 / whole), (middle + half) / (1 + z**2 / whole)


def main() -> None:
    """Try a sample of the mutants, print those that live, and fail if they are too many."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=400, help="mutants in the sample, 0 for all")
    parser.add_argument("--seed", type=int, default=1, help="seed of the sample")
    parser.add_argument("--only", default="", help="part of the names of the files")
    chosen = parser.parse_args()
    files = [path for path in paths() if chosen.only in str(path.relative_to(ROOT))]
    every = [mutant for path in files for mutant in mutants(path)]
    known = equivalent()
    gone = known - {mutant.row for path in paths() for mutant in mutants(path)}
    if gone:
        sys.exit(f"{EQUIVALENT.name}: no line has these mutants any more: {sorted(gone)}")
    judged = [mutant for mutant in every if mutant.row not in known]
    random.Random(chosen.seed).shuffle(judged)
    sample = judged[: chosen.count or None]
    files = [path for path in files if path in {mutant.path for mutant in sample}]
    if not sample:
        sys.exit(f"there is no mutant to try in files called {chosen.only!r}")
    prepare(files)
    begun, living = time.monotonic(), []

    def tell(mutant: Mutant, lives: bool) -> None:
        if lives and lives_on(mutant):
            living.append(mutant)
            file, text, mistake = mutant.row
            print(f"{file}:{mutant.line}: {text}\n    {mistake}", flush=True)

    for number, path in enumerate(files, 1):
        print(f"{path.stem}, {number} of {len(files)}", file=sys.stderr, flush=True)
        failing = try_all([mutant for mutant in sample if mutant.path == path], tell)
        # Tests that fail anyhow would seem to notice every mistake.
        if failing:
            sys.exit(f"fail without any mistake: {', '.join(failing)}")
    low, high = interval(len(living), len(sample))
    print(f"mutants\t{len(every)}\nequivalent\t{len(every) - len(judged)}")
    print(f"tried\t{len(sample)}\tin {(time.monotonic() - begun) / 60:.0f} minutes")
    print(f"alive\t{len(living)}\t{len(living) / len(sample):.1%} ({low:.1%} to {high:.1%})")
    sys.exit(len(living) > GOAL * len(sample))


if __name__ == "__main__":
    main()
