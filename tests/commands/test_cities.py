"""The command that writes pages of cities: which city a name means."""

import pytest

from analysis.commands import cities as command
from analysis.editions import Edition
from analysis.publish.site.shell import Site


def test_an_unknown_or_ambiguous_name_is_refused_with_the_cities_it_may_mean(real):
    with pytest.raises(ValueError, match=r"'Shenzen' is no known name .* Shenzhen 440300"):
        command.city_code(real, "Shenzen")
    with pytest.raises(ValueError, match=r"several cities: .*320500.*341300; give the code"):
        command.city_code(real, "Suzhou")


def test_a_code_and_every_form_of_a_name_mean_the_same_city(real):
    for name in ("440300", "深圳", "深圳市", "Shenzhen", "shenzhen"):
        assert command.city_code(real, name) == "440300"


def test_sheets_go_into_one_file_for_all_and_one_each_for_those_named(monkeypatch, tmp_path):
    monkeypatch.setattr(
        "analysis.publish.site.city_sheets.write_city_sheets", lambda *given: given[-1]
    )
    site = Site(Edition("tiny", tmp_path))
    contents = [{"adcode": code} for code in "12"]
    assert command.write_sheets(site, contents, whole=True) == [
        tmp_path / "_output" / "tiny" / "en" / "cities-tiny.pdf"
    ]
    assert command.write_sheets(site, contents, whole=False) == [
        tmp_path / "_output" / "tiny" / "en" / "cities" / f"{code}.pdf" for code in "12"
    ]
