"""The site of edition 2020 and the content of all its city pages: read only."""

import pytest

from analysis.editions import Edition
from analysis.publish.site.city_content import Content, city_contents
from analysis.publish.site.shell import Site


@pytest.fixture(scope="session")
def site(real: Edition) -> Site:
    """What the pages of edition 2020 share."""
    return Site(real)


@pytest.fixture(scope="session")
def contents(site: Site) -> dict[str, Content]:
    """The content of every city page, by code."""
    return {content["adcode"]: content for content in city_contents(site)}
