"""The tables of a release as data that other programs understand: Data Package and Parquet.

Types, units and meanings come from `data/dictionary.csv` and `data/reference/columns.csv`, so that
a release says of each column what the project itself checks.
"""

import hashlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pandas as pd

from analysis.editions import values_as_json

STRINGS = ("text", "code", "identifier")
PROFILE = "tabular-data-package"
TYPES = {**dict.fromkeys(STRINGS, "string"), "flag": "boolean", "value": "object"}
FLAGS = {"trueValues": ["1"], "falseValues": ["0"]}
NUMBERS: dict[str, type[int] | type[float]] = {"integer": int, "number": float}


def resource(path: str, content: bytes, columns: pd.DataFrame, known: set[str]) -> dict[str, Any]:
    """Describe one CSV file.

    Parameters
    ----------
    path : str
        Place of the file in the release.
    content : bytes
        The file.
    columns : pd.DataFrame
        The rows of the dictionary that describe it.
    known : set of str
        Names of all tables of the release, which other tables may refer to.
    """
    return {
        "profile": "tabular-data-resource",
        "name": resource_name(path),
        "path": path,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema(columns, known),
    }


def resource_name(path: str) -> str:
    """Name of a table: of a result its file name, of any other its folder before that."""
    folder, _, file = path.rpartition("/")
    stem = file.removesuffix(".csv")
    return stem if folder == "csv" else f"{folder}-{stem}"


def schema(columns: pd.DataFrame, known: set[str]) -> dict[str, Any]:
    """Table Schema of the columns of one table."""
    rows = columns.to_dict("records")
    described: dict[str, Any] = {
        "fields": [field(row) for row in rows],
        "missingValues": [""],
    }
    keys = [row["column"] for row in rows if row["key"] == "1"]
    if keys:
        described["primaryKey"] = keys
    foreign = [foreign_key(row) for row in rows if reference_table(row) in known]
    if foreign:
        described["foreignKeys"] = foreign
    return described


def field(row: Mapping[str, str]) -> dict[str, Any]:
    """One column: name, type, meaning, unit, what a gap means, and what it may hold."""
    kind = TYPES.get(row["type"], row["type"])
    described: dict[str, Any] = {"name": row["column"], "type": kind}
    named = {"description": "meaning", "unit": "unit", "gap": "missing", "origin": "origin"}
    described |= {key: row[column] for key, column in named.items() if row.get(column)}
    if row["type"] == "flag":
        described |= FLAGS
    constraints = field_constraints(row)
    return described | ({"constraints": constraints} if constraints else {})


def field_constraints(row: Mapping[str, str]) -> dict[str, Any]:
    """What the dictionary demands of every cell of a column."""
    constraints: dict[str, Any] = {}
    if row["required"] == "1":
        constraints["required"] = True
    if row["key"] == "unique":
        constraints["unique"] = True
    number = NUMBERS.get(row["type"])
    for bound in ("minimum", "maximum"):
        if row[bound] and number:
            constraints[bound] = number(row[bound])
    if row["allowed"]:
        allowed = row["allowed"].split("|")
        constraints["enum"] = [number(item) for item in allowed] if number else allowed
    return constraints


def reference_table(row: Mapping[str, str]) -> str:
    """Name of the resource that a column refers to, or the empty text."""
    return f"reference-{row['references'].partition('.')[0]}" if row["references"] else ""


def foreign_key(row: Mapping[str, str]) -> dict[str, Any]:
    """A reference of one column to a column of another table of the release."""
    column = row["references"].partition(".")[2]
    target = {"resource": reference_table(row), "fields": [column]}
    return {"fields": [row["column"]], "reference": target}


def parquet(table: pd.DataFrame, columns: pd.DataFrame) -> bytes:
    """A table of results as Parquet, each column with its type, meaning and unit.

    `table` holds numbers where `columns` says so and text elsewhere; gaps are null, and values of
    facts are JSON.
    """
    import pyarrow as pa
    from pyarrow.parquet import write_table

    kinds = {"integer": pa.int64(), "number": pa.float64(), "flag": pa.bool_()}
    fields, arrays = [], []
    table = values_as_json(table)
    for row in columns.to_dict("records"):
        kind = kinds.get(row["type"], pa.string())
        arrays.append(pa.array(parquet_values(table[row["column"]], row["type"]), kind))
        notes = {key: row[key] for key in ("meaning", "unit", "missing") if row[key]}
        fields.append(pa.field(row["column"], kind, row["required"] != "1", notes))
    target = BytesIO()
    write_table(pa.table(arrays, pa.schema(fields)), target, compression="zstd")
    return target.getvalue()


def parquet_values(column: pd.Series, kind: str) -> list[Any]:
    """The cells of a column as Python values, None for a gap."""
    cells = column.astype(object).where(column.notna() & (column != ""), None)
    if kind == "flag":
        return [None if cell is None else cell == "1" for cell in cells]
    return (
        [None if cell is None else int(cell) for cell in cells] if kind == "integer" else [*cells]
    )
