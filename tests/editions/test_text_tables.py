"""Tables as text, and what keeps a file from being one."""

import pandas as pd
from conftest import EditionOnDisk


def test_many_lines_with_one_fault_are_counted_not_listed(tiny: EditionOnDisk):
    path = tiny.path("census.csv")
    lines = "".join(f"{n},乙市,many\n" for n in range(100_000, 105_000))
    path.write_text(path.read_text("utf8") + lines, "utf8")
    faults = pd.DataFrame(tiny.faults(), columns=["file", "line", "column", "value", "rule"])
    assert len(faults) < 350
    more = faults.loc[faults["line"] == "", ["column", "rule"]].to_numpy().tolist()
    assert ["popu_2020", "4,900 more lines have a fault like the last one"] in more
    assert ["adcode", "4,900 more lines have a fault like the last one"] in more
