"""The tables of a release as data that other programs understand."""

from io import BytesIO

import pandas as pd
from pyarrow import parquet as pq

from analysis.publish.release import datapackage


def test_a_gap_is_null_in_parquet_whatever_its_type():
    columns = pd.DataFrame(
        [["city", "text"], ["line", "integer"], ["value", "number"], ["passes", "flag"]],
        columns=["column", "type"],
    ).assign(required="", meaning="", unit="", missing="")
    gaps = {"city": [""], "line": [float("nan")], "value": [float("nan")], "passes": [""]}
    content = datapackage.parquet(pd.DataFrame(gaps), columns)
    assert pq.read_table(BytesIO(content)).to_pylist() == [dict.fromkeys(gaps)]
