"""Writing the explorer: the ranked cities as inert data, and the script and style that show them.

It is one file, `_build/explorer.html`, that both renderers put behind the body as it is. The script
fills the placeholder `explorer` of the text, whose sentence is all there is without a script; where
there is none, it stands before the static table of all cities.
"""

import json
import re
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from analysis.editions import Edition
from analysis.editions.storage import write_changed, write_whole
from analysis.editions.validation.input_faults import validate_method
from analysis.index.composite import CompositeIndex
from analysis.index.decomposition import share_present
from analysis.index.framework import root, sibling_weights
from analysis.index.ranking import TIE_TOLERANCE
from analysis.language.names import script, words
from analysis.language.numbers import Numbers
from analysis.language.sentences import PAGES, Sentences, prose
from analysis.publish.documents import document_in
from analysis.publish.explorer import places
from analysis.publish.explorer.packing import EXACT, SHOWN, packed
from analysis.publish.explorer.presets import Places, preset_places, presets
from analysis.publish.report.source import read_report
from analysis.publish.stamps import Step, is_current, record, state_of
from analysis.ranking import cleaning, of_record

SNIPPET = Path("_build", "explorer.html")
FOLDER = Path(__file__).parent
# In this order: what stands further down uses what stands above.
SCRIPTS = (
    "data.js", "ranking.js", "search.js", "state.js", "elements.js", "table.js", "charts.js",
    "compare.js", "controls.js", "view.js",
)  # fmt: skip
# Where the pages of cities lie, seen from the report.
CITY_PAGES = "site/cities/"
# Numbers of first places that map and chart tell apart.
TOPS = (10, 50, 100)
# Sentences of the explorer, each with the values that the script writes into it.
SENTENCES: dict[str, tuple[str, ...]] = {
    "intro": (), "weights_note": (), "as_recorded": (), "no_interval": (), "no_weight": (),
    "of_engine": ("name",),
    "shown": ("shown", "of"), "reweighed": ("moved",), "outside": ("outside",),
    "up": ("cities",), "down": ("cities",), "nothing_found": ("query",),
    "province_found": ("name", "ranked", "unranked"), "has_no_rank": ("name", "why"),
    "map_key": (), "chart_key": (), "map_alt": (), "chart_alt": (), "interval": ("low", "high"),
    "of_place": ("name", "place"), "copied": (), "past": (),
}  # fmt: skip
# What the engine computes from.
COMPUTED_FROM = ("data/raw/**/*", "data/results/**/*", "data/reference/*.csv")
# A comment that begins its line.
COMMENT = re.compile(r"^\s*/\*.*?\*/\s*?$", re.MULTILINE | re.DOTALL)
# Digits of a share, as many as the values below the sliders have.
DIGITS = 13
# The end of the sliders, unless a weight of record lies beyond it.
LARGEST_WEIGHT = 5


def write_explorer(edition: Edition, language: str = "en") -> Path:
    """Write the explorer of an edition for its report; returns its place."""
    target = edition.root / SNIPPET
    write_changed(target, current_explorer(edition, language))
    return target


def current_explorer(edition: Edition, language: str = "en") -> str:
    """The explorer of an edition, made only if what it is made of has changed."""
    step = explorer_step(edition, language)
    kept = edition.root / step.outputs[0]
    if not is_current(edition.root, step):
        write_whole(kept, explorer_html(explorer_data(edition, language)))
        record(edition.root, step)
    return kept.read_text("utf8")


def explorer_step(edition: Edition, language: str) -> Step:
    """What the explorer of an edition is made of, and where it is kept."""
    name = f"explorer-{edition.name}-{language}"
    return Step(
        name=name,
        inputs=(
            f"data/raw/{edition.name}/**/*",
            f"data/results/{edition.name}/*",
            "data/reference/*.csv",
            document_in(edition, language),
            f"{prose(language).as_posix()}/*.jinja",
            f"{FOLDER}/*",
        ),
        outputs=(f"_build/{name}.html",),
    )


def explorer_html(data: dict[str, Any]) -> str:
    """Style, data and script; nothing in the data can end its element or run."""
    style, script = (
        "\n".join(uncommented((FOLDER / name).read_text("utf8")) for name in names)
        for names in (("explorer.css",), SCRIPTS)
    )
    return (
        f"<style>\n{style}</style>\n"
        f'<script type="application/json" id="explorer-data">{inert(data)}</script>\n'
        f'<script type="module">\n{script}</script>\n'
    )


def inert(data: object) -> str:
    """Data as JSON that can stand in an element of a page: nothing in it ends that or runs."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def uncommented(code: str) -> str:
    """Script or style without comments of whole lines and without indentation, as a page has it."""
    lines = (line.strip() for line in COMMENT.sub("", code).splitlines())
    return "\n".join(filter(None, lines))


def search_script() -> str:
    """The part of the script that searches, for other pages with a search."""
    return uncommented((FOLDER / "search.js").read_text("utf8"))


def explorer_data(edition: Edition, language: str = "en") -> dict[str, Any]:
    """Words, the two levels whose weights may be changed, other methods, and the cities.

    Weights and means are those of the index itself; all lists of cities have the best one first.

    Raises
    ------
    InputRefusedError
        Before any work, if the method of the edition cannot be carried out.
    """
    composite, found = computed(edition, state_of(edition.root, COMPUTED_FROM))
    labels = words(edition, language)
    version = read_report(edition.root, document_in(edition, language)).front.get("version", "")
    domains = domain_records(composite, labels)
    parts = [part["code"] for domain in domains for part in domain["parts"]]
    cities = places.ranked_cities(edition, language)
    weights = [node["weight"] for domain in domains for node in (domain, *domain["parts"])]
    return {
        "file": f"digital-cities-{edition.name}-{version}",
        "language": str(labels["html_language"]),
        "script": script(language),
        "pages": CITY_PAGES,
        "words": explorer_words(labels)
        | explorer_sentences(edition, language)
        | marks(edition, language),
        "mean": composite.means[root(composite.framework)],
        "tolerance": TIE_TOLERANCE,
        "largest_weight": max(LARGEST_WEIGHT, *map(ceil, weights)),
        "tops": TOPS,
        "domains": domains,
        "presets": presets(found, cities["id"], labels),
        "provinces": places.province_list(edition, labels),
        "tiers": places.tier_list(edition, labels),
        "cities": cities,
        "unranked": places.unranked_cities(edition, language),
        "values": packed(composite.nodes.loc[cities["id"], parts], EXACT),
        "has": present_shares(composite, parts),
        **indicators(edition, cities["id"], labels),
    }


class Computed(NamedTuple):
    """What the explorer takes from the engine."""

    composite: CompositeIndex
    places: Places


@lru_cache(maxsize=2)  # an edition and the one before it, whose explorers each language shows
def computed(edition: Edition, _figures: str) -> Computed:
    """What the engine gives for an edition whose figures are in this state: once for all languages.

    Raises
    ------
    InputRefusedError
        Before any work, if the method of the edition cannot be carried out.
    """
    validate_method(edition)
    ranked = of_record.ranked_edition(edition, cleaning.clean(edition))
    return Computed(ranked.ranking.composite, preset_places(ranked))


def indicators(edition: Edition, order: list[str], labels: pd.Series) -> dict[str, Any]:
    """Names of the indicators with figures, and their values from 0 to 100."""
    table = edition.result("indicators").set_index("adcode").loc[order]
    framework = edition.reference_table("framework")
    codes = framework.loc[framework["level"] == "indicator", "code"]
    measured = [code for code in codes if code in table and table[code].notna().any()]
    return {
        "indicators": [str(labels[code]) for code in measured],
        "indicator_values": packed(table[measured], SHOWN),
    }


def explorer_words(labels: pd.Series) -> dict[str, str]:
    """Names of columns and controls."""
    return {
        key.removeprefix("explorer_"): word
        for key, word in labels.items()
        if str(key).startswith("explorer_")
    }


def explorer_sentences(edition: Edition, language: str) -> dict[str, str]:
    """What the explorer says; values that only the script knows stand as names in braces."""
    said = Sentences(PAGES, language, edition.root)
    return {
        name: said.say(f"explorer_{name}", **{value: f"{{{value}}}" for value in values})
        for name, values in SENTENCES.items()
    }


def marks(edition: Edition, language: str) -> dict[str, str]:
    """What the language sets between values, and behind a sentence."""
    numbers = Numbers(language, edition.root)
    return {
        "titled": numbers.titled("{head}", "{text}"),
        "aside": numbers.aside("{text}", "{note}"),
        "between": numbers.row("xx").strip("x"),
        "behind": numbers.paragraph("xx").strip("x"),
    }


def domain_records(composite: CompositeIndex, labels: pd.Series) -> list[dict[str, Any]]:
    """Every domain with figures: its node, mean and short name, and its sub-domains as nodes."""
    tree, means = composite.framework, composite.means
    return [
        node
        | {
            "mean": means[node["code"]],
            "short": str(labels[f"{node['code']}_short"]),
            "parts": node_records(tree, node["code"], labels),
        }
        for node in node_records(tree, root(tree), labels)
    ]


def node_records(tree: pd.DataFrame, above: str, labels: pd.Series) -> list[dict[str, Any]]:
    """Code, name and weight of the nodes below another; the weights have the mean 1."""
    shares = sibling_weights(tree)[above]
    return [
        {"code": code, "name": str(labels[code]), "weight": share / shares.mean()}
        for code, share in shares.items()
    ]


def present_shares(composite: CompositeIndex, parts: list[str]) -> dict[str, list[float | None]]:
    """What share of each part a city has, by adcode, where its gaps leave their weight to all.

    Cities that have everything are left out.
    """
    if composite.method.renormalisation != "once":
        return {}
    shares = share_present(composite.normalised, composite.framework, "once")[parts]
    lacking = shares[(shares < 1).any(axis=1)]
    return {str(city): [number(share) for share in row] for city, row in lacking.iterrows()}


def number(value: float) -> float | None:
    """A share in as many digits as are sent; None for a gap."""
    return None if pd.isna(value) else float(f"{value:.{DIGITS}g}")
