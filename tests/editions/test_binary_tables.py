"""Tables of Stata and Parquet as rows of text."""

import pandas as pd
import pytest

from analysis.editions.binary_tables import binary_rows
from analysis.editions.text_tables import UnreadableTableError

TABLE = pd.DataFrame({"city": ["甲市", "乙市"], "gdp": [7400.0, None], "share": [97.5, 3.0]})
ROWS = [(1, ["city", "gdp", "share"]), (2, ["甲市", "7400", "97.5"]), (3, ["乙市", "", "3"])]


def test_a_table_of_stata_is_read(tmp_path):
    TABLE.to_stata(tmp_path / "t.dta", write_index=False, version=118)
    assert binary_rows(tmp_path / "t.dta") == ROWS


def test_a_table_of_parquet_is_read(tmp_path):
    TABLE.to_parquet(tmp_path / "t.parquet")
    assert binary_rows(tmp_path / "t.parquet") == ROWS


@pytest.mark.parametrize("name", ["t.dta", "t.parquet"])
def test_a_file_that_only_has_the_ending_is_refused(tmp_path, name):
    (tmp_path / name).write_bytes(b"city,gdp\n")
    with pytest.raises(UnreadableTableError, match=f"the file is no table of .* \\({name[1:]}\\)"):
        binary_rows(tmp_path / name)
