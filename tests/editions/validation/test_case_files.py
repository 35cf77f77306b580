"""The files of a case are read in many forms; what is not UTF-8 is named."""

from dataclasses import replace

import pytest
from any_units import FLAT, SOME, lay_out, ranking

from analysis.editions.validation.case_files import notes, read_case
from analysis.editions.validation.faults import InputRefusedError

COUNTRIES = SOME.replace("A,", "Türkiye,").replace("B,", "Côte d'Ivoire,").replace("C,", "Peru,")
CITIES = SOME.replace("A,", "深圳,").replace("B,", "北京,").replace("C,", "上海,")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_delimiters_and_line_ends_do_not_matter(tmp_path, delimiter, line_end):
    data = SOME.replace(",", delimiter).replace("\n", line_end)
    tree = FLAT.replace("\n", line_end)
    assert ranking(tmp_path, tree, data).equals(ranking(tmp_path, FLAT, SOME))


def test_text_of_another_country_is_refused_unless_its_encoding_is_named(tmp_path):
    content = COUNTRIES.encode("cp1252")
    files = lay_out(tmp_path, FLAT, content)
    with pytest.raises(
        InputRefusedError, match=r"^data.csv, line 2: .*'Türkiye' in cp1252, 'T黵kiye'"
    ):
        read_case(files)
    named = replace(files, encoding="cp1252")
    assert list(read_case(named).data.index) == ["Türkiye", "Côte d'Ivoire", "Peru"]
    assert list(notes(named)) == ["data.csv: read as cp1252, such as Türkiye"]


def test_chinese_is_told_and_named(tmp_path):
    files = lay_out(tmp_path, FLAT, CITIES.encode("gb18030"))
    assert list(read_case(files).data.index) == ["深圳", "北京", "上海"]
    assert list(notes(files)) == ["data.csv: read as gb18030, such as 深圳"]


def test_a_file_in_utf8_is_read_so_whatever_is_named_for_the_others(tmp_path):
    files = lay_out(tmp_path, FLAT, COUNTRIES, encoding="cp1252")
    assert read_case(files).data.index[0] == "Türkiye"
    assert list(notes(files)) == []


def test_every_file_that_cannot_be_read_is_named_at_once(tmp_path):
    files = lay_out(tmp_path, FLAT, SOME, "coverage_all,0")
    for path in files.sheets:
        path.write_bytes(b"a,b\n\xff,1\n")
    with pytest.raises(InputRefusedError) as refusal:
        read_case(files)
    assert {fault.file for fault in refusal.value.faults} == {"tree.csv", "data.csv", "method.csv"}


def test_lines_of_units_are_those_of_the_file(tmp_path):
    files = lay_out(tmp_path, FLAT, SOME.replace("B,", '"B",').replace("A,1,", "A,\t1 ,"))
    case = read_case(files)
    assert case.lines.to_dict() == {"A": 2, "B": 3, "C": 4}
    assert case.fault("B", "a", "is wrong")[:5] == ("data.csv", 3, "a", "2", "is wrong")
