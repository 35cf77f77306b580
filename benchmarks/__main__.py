"""Print every measurement: name, value, unit."""

from benchmarks import access, check, cities, explorer, languages, page, panel, report, robustness

for module in (report, languages, page, check, robustness, panel, cities, explorer, access):
    for name, value, unit in module.measurements():
        print(f"{name}\t{value:.1f}\t{unit}", flush=True)
