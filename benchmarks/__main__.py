"""Print every measurement: name, value, unit."""

from benchmarks import report

for name, value, unit in report.measurements():
    print(f"{name}\t{value:.1f}\t{unit}", flush=True)
