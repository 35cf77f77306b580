"""Reading and writing YAML."""

import pytest
import yaml

from analysis.editions.yaml_texts import yaml_text, yaml_values


def test_what_is_written_is_read_back_in_its_order():
    values = {"z": 1, "a": {"b": [1.5, "两"], "c": None}, "flag": True}
    text = yaml_text(values)
    assert yaml_values(text) == values
    assert list(yaml_values(text)) == ["z", "a", "flag"]


def test_chinese_stands_as_itself():
    assert yaml_text({"city": "深圳"}) == "city: 深圳\n"


@pytest.mark.parametrize("text", ["", "# only a comment\n", "{}"])
def test_a_text_that_holds_nothing_is_an_empty_mapping(text):
    assert yaml_values(text) == {}


def test_what_would_run_when_it_is_read_is_refused():
    with pytest.raises(yaml.YAMLError):
        yaml_values("a: !!python/object/apply:os.getcwd []")
