"""The data dictionary as a page."""

from lxml import html

from analysis.editions.text_tables import read_table
from analysis.publish.site.dictionary import dictionary_pages


def test_every_column_of_every_table_is_explained_below_the_name_of_the_table(site):
    (address, page), *others = dictionary_pages(site).items()
    assert (address, others) == ("dictionary.html", [])
    tree = html.fromstring(page)
    table = read_table(site.edition.root / "data" / "dictionary.csv")
    for section in tree.xpath("//section"):
        (head,) = section.xpath("h2")
        assert head.get("id") == head.text.removesuffix(".csv")
        shown = [code.text for code in section.xpath(".//tbody//th/code")]
        assert shown == list(table["column"][table["file"] == head.text])
        (link,) = section.xpath("p/a/@href")
        assert link == f"tables/{head.text}"
        assert (site.edition.results / head.text).is_file()
    assert len(tree.xpath("//section")) == table["file"].nunique()
    assert tree.xpath("//nav[@class='tables']//a/@href")[0] == "#cells"
