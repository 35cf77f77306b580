"""Every edition and language has a folder of its own below the output."""

from pathlib import Path

from analysis.editions import Edition
from analysis.publish.folders import output_folder, report_files, site_folder


def test_no_edition_or_language_overwrites_another(tmp_path):
    one, other = Edition("2019", tmp_path), Edition("2020", tmp_path)
    asked = [(one, "en"), (one, "fr"), (other, "en"), (other, "fr")]
    assert len({output_folder(*each) for each in asked}) == 4
    assert output_folder(other) == output_folder(other, "en") == Path("_output/2020/en")


def test_report_and_site_lie_beside_each_other(tmp_path):
    edition = Edition("2020", tmp_path)
    assert site_folder(edition, "fr") == Path("_output/2020/fr/site")
    assert report_files(edition, "fr") == [
        Path("_output/2020/fr/report.html"), Path("_output/2020/fr/report.pdf"),
    ]  # fmt: skip
