"""A small case of an index on any units, and ways to compute it and to see it refused."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.editions.validation.case_files import CaseFiles, read_case
from analysis.editions.validation.faults import InputRefusedError
from analysis.ranking.any_units import index_tables

TREE = """code,parent,weight,direction,name
top,,,,Everything
wealth,top,3,,
health,top,1,,
income,wealth,,,
births,health,,1,
deaths,health,,-1,
wages,income,,,
rents,income,3,,
"""
# Wages, rents and births run from 0 to 10; of deaths fewer are better.
DATA = """unit,wages,rents,births,deaths
Unit A,0,10,10,20
Unit B,10,0,0,10
Unit C,5,10,,15
Unit D,5,,,
"""
# A top with three leaves, for what does not depend on the shape of a tree.
FLAT = "code,parent,weight,direction\ntop,,,\na,top,1,1\nb,top,1,1\nc,top,1,1\n"
SOME = "unit,a,b,c\nA,1,2,3\nB,2,1,4\nC,5,5,1\n"


def lay_out(folder: Path, tree: str, data: str | bytes, method: str = "", **options) -> CaseFiles:
    """Write the tables of a case; `method` is a whole table, or the lines below its header."""
    (folder / "tree.csv").write_text(tree, "utf8", newline="")
    content = data if isinstance(data, bytes) else data.encode("utf8")
    (folder / "data.csv").write_bytes(content)
    paths = [folder / "tree.csv", folder / "data.csv"]
    if method:
        head = "" if method.startswith("parameter") else "parameter,value\n"
        (folder / "method.csv").write_text(f"{head}{method}\n", "utf8")
        paths.append(folder / "method.csv")
    return CaseFiles(*paths, **options)


def tables(
    folder: Path, tree: str = TREE, data: str | bytes = DATA, method: str = "", **options
) -> dict[str, pd.DataFrame]:
    """The tables of a case."""
    return index_tables(read_case(lay_out(folder, tree, data, method, **options)))


def ranking(*case, **options) -> pd.DataFrame:
    """The ranking of a case, by unit."""
    return tables(*case, **options)["ranking"].set_index("unit")


def faults(*case, **options) -> list[tuple[str, str, str, str, str]]:
    """File, line, column, value and rule of every fault for which a case is refused."""
    with pytest.raises(InputRefusedError) as refusal:
        tables(*case, **options)
    return [tuple(map(str, fault[:5])) for fault in refusal.value.faults]
