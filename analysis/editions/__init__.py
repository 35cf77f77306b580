"""What an edition is on disk: its folders, its settings and its files, as they come.

`edition` knows the folders; `incoming` reads the files that statistics offices send, `text_tables`,
`workbooks` and `binary_tables` their forms, as their `recipes` say; `importing` proposes these;
`validation` refuses what is wrong; `new_edition` lays out the next.
"""

from analysis.editions.edition import (
    EARLIEST,
    EDITION_VARIABLE,
    FLOAT_FORMAT,
    LATEST,
    NAME_RULE,
    ROOT,
    ROOT_VARIABLE,
    Edition,
    Facts,
    Tables,
    csv_text,
    default_name,
    edition_names,
    is_name,
    load,
    values_as_json,
    with_types,
    write_tables,
)
from analysis.editions.text_tables import read_table

__all__ = [
    "EARLIEST",
    "EDITION_VARIABLE",
    "FLOAT_FORMAT",
    "LATEST",
    "NAME_RULE",
    "ROOT",
    "ROOT_VARIABLE",
    "Edition",
    "Facts",
    "Tables",
    "csv_text",
    "default_name",
    "edition_names",
    "is_name",
    "load",
    "read_table",
    "values_as_json",
    "with_types",
    "write_tables",
]
