"""Editions on disk: a tiny invented one for bad input, and a copy of the real one."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, settings

from analysis import editions
from analysis.editions.validation import input_faults
from analysis.editions.validation.faults import InputRefusedError
from analysis.ranking import cleaning, of_record
from analysis.ranking.scores import Ranking
from analysis.results import building

TESTS = Path(__file__).parent
TINY_REFERENCE = [
    "cities", "provinces", "regions", "framework", "measures", "context_measures", "cleaning_rules",
    "corrections", "tiers", "method", "aliases", "labels", "published_tiny",
    "cases", "claims", "claim_tests", "other_rankings", "variables", "designation_levels",
    "companies", "units", "former_places",
]  # fmt: skip

# One profile for all: the same examples in every run, for a failure here must fail everywhere, and
# no limit of time, for a slow machine is no fault.
settings.register_profile(
    "project",
    deadline=None,
    derandomize=True,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("project")

OF_UNCERTAINTY = (
    "(audit_.*|weights|weight_effects|weight_consistency|uncertainty|told_apart|acceptability|pairs"
    "|sensitivity|scenarios|tier_draws|leave_one_out|shapley|imputation|every_weighting|central_weights"
    "|published_places|comparison(_.*)?|claim_draws)"
    ".csv"
)

# One method of every class that an edition may follow, as changed lines of method.csv. Each is
# tried with uneven weights and with a measure of which less is better.
METHODS = {
    "min_max": {"skewness_limit": "3", "maximum_winsorised": "1"},
    "percentile_rank": {"normalisation": "percentile_rank"},
    "distance_to_best": {"normalisation": "distance_to_best", "skewness_limit": "1000000"},
    "efficacy_coefficient": {
        "normalisation": "efficacy_coefficient", "maximum_winsorised": "0",
        "untreated_kind": "size",
    },
    "geometric": {"normalisation": "efficacy_coefficient", "aggregation": "geometric"},
    "harmonic": {
        "normalisation": "efficacy_coefficient", "aggregation": "harmonic",
        "skewness_limit": "1", "kurtosis_limit": "1", "maximum_winsorised": "12",
    },
}  # fmt: skip
WEIGHTS = {"innovation": "2.5", "digital_planning": "0.4", "open_data": "0.3", "e_commerce": "7"}
LESS_IS_BETTER = ["telecom_revenue", "broadband_subscribers"]


@pytest.hookimpl(trylast=True)  # of the cases that are left
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure lines in the first case of a test alone: Python 3.11 takes half as long again."""
    measured = set()
    for item in items:
        test = item.nodeid.partition("[")[0]
        if test in measured:
            item.add_marker("no_cover")
        measured.add(test)


class EditionOnDisk:
    """An edition below a temporary folder, with ways to spoil it."""

    def __init__(self, name: str, root: Path) -> None:
        self.edition = editions.load(name, root)

    def path(self, file: str) -> Path:
        """Place of an input file, whichever folder holds it."""
        return next(
            folder / file
            for folder in (self.edition.raw, self.edition.reference)
            if (folder / file).exists()
        )

    def choose(self, **parameters: str) -> editions.Edition:
        """The edition under a method in which these parameters have other values."""
        for name, value in parameters.items():
            line = 2 + list(read(self.path("method.csv"))["parameter"]).index(name)
            self.put("method.csv", line, "value", value)
        return self.edition

    def choose_class(self, method: str) -> editions.Edition:
        """The edition under one of `METHODS`, with uneven weights and a measure turned round."""
        changes = {
            "framework.csv": ("code", "weight", WEIGHTS),
            "measures.csv": ("measure", "direction", dict.fromkeys(LESS_IS_BETTER, "-1")),
        }
        for file, (key, column, values) in changes.items():
            table = read(self.path(file))
            table[column] = table[key].map(values).fillna(table[column])
            write(self.path(file), table)
        return self.choose(**METHODS[method])

    def seal(self) -> None:
        """Record the present sha256 of every raw file, as an honest editor would."""
        path = self.edition.raw / "sources.csv"
        sources = read(path)
        sources["sha256"] = [
            hashlib.sha256((self.edition.raw / file.partition("#")[0]).read_bytes()).hexdigest()
            for file in sources["file"]
        ]
        write(path, sources)

    def put(self, file: str, line: int, column: str, value: str) -> None:
        """Write `value` into one cell; the header is line 1."""
        table = read(self.path(file))
        table.loc[line - 2, column] = value
        write(self.path(file), table)

    def replace_line(self, file: str, line: int, text: str) -> None:
        """Write `text` in place of one line."""
        lines = self.path(file).read_text("utf8").splitlines()
        lines[line - 1] = text
        self.path(file).write_text("\n".join(lines) + "\n", "utf8")

    def add_line(self, file: str, text: str) -> int:
        """Append a line and return its number."""
        lines = [*self.path(file).read_text("utf8").splitlines(), text]
        self.path(file).write_text("\n".join(lines) + "\n", "utf8")
        return len(lines)

    def drop_column(self, file: str, column: str) -> None:
        """Take a column out of a file."""
        write(self.path(file), read(self.path(file)).drop(columns=column))

    def no_longer_print(self, file: str, column: str) -> None:
        """Take a column out of a raw file and out of its description."""
        self.drop_column(file, column)
        path = self.edition.raw / "columns.csv"
        columns = read(path)
        write(path, columns[(columns["file"] != file) | (columns["column"] != column)])
        self.seal()

    def without(self, setting: str) -> editions.Edition:
        """The edition as one whose settings do not name this."""
        self.edition = without(self.edition, setting)
        return self.edition

    def without_published_list(self) -> editions.Edition:
        """The edition as one that no published ranking accompanies."""
        return self.without("published_list")

    def faults(self) -> list[tuple[str, str, str, str, str]]:
        """File, line, column, value and rule of every fault; raw files are sealed first."""
        self.seal()
        try:
            input_faults.validate(self.edition)
        except InputRefusedError as refusal:
            return [tuple(map(str, fault[:5])) for fault in refusal.faults]
        return []


def without(edition: editions.Edition, setting: str) -> editions.Edition:
    """Take a line out of the settings of an edition; returns the edition as it is then."""
    path = edition.raw / "edition.toml"
    lines = path.read_text("utf8").splitlines()
    kept = [line for line in lines if not line.startswith(setting)]
    path.write_text("\n".join(kept) + "\n", "utf8")
    return editions.load(edition.name, edition.root)


def results_bytes(edition: editions.Edition) -> dict[str, bytes]:
    """Every file in the results folder of an edition."""
    if not edition.results.exists():
        return {}
    return {path.name: path.read_bytes() for path in sorted(edition.results.iterdir())}


@pytest.fixture
def tiny(tmp_path: Path) -> EditionOnDisk:
    """The tiny edition, to be spoilt."""
    return lay_out_tiny(tmp_path)


@pytest.fixture
def followed(tiny: EditionOnDisk) -> EditionOnDisk:
    """The tiny edition of data year 2019 after one of 2018 that holds the very same files."""
    earlier = tiny.edition.raw.with_name("earlier")
    shutil.copytree(tiny.edition.raw, earlier)
    settings = 'edition = "earlier"\ndata_year = 2018\nscore_anchors = "earlier"\n'
    (earlier / "edition.toml").write_text(settings, "utf8")
    with (tiny.edition.raw / "edition.toml").open("a", encoding="utf8") as file:
        file.write('previous = "earlier"\n')
    return EditionOnDisk("tiny", tiny.edition.root)


@pytest.fixture(scope="session")
def built_tiny(tmp_path_factory: pytest.TempPathFactory) -> editions.Edition:
    """The tiny edition with its results: read only."""
    edition = lay_out_tiny(tmp_path_factory.mktemp("built")).edition
    building.build(edition)
    return edition


@pytest.fixture
def built_copy(tiny: EditionOnDisk, built_tiny: editions.Edition) -> EditionOnDisk:
    """The tiny edition with its results, to be spoilt."""
    shutil.copytree(built_tiny.results, tiny.edition.results)
    return tiny


def lay_out_tiny(root: Path) -> EditionOnDisk:
    """Lay out the tiny edition; what it shares with the real one is cut down from there."""
    shutil.copytree(TESTS / "fixtures" / "tiny_edition", root, dirs_exist_ok=True)
    (root / "sections").symlink_to(editions.ROOT / "sections")
    data, real = root / "data", editions.ROOT / "data"
    for table in ("labels.csv", "units.csv"):
        shutil.copy(real / "reference" / table, data / "reference")
    write(data / "reference" / "columns.csv", tiny_columns(read(real / "reference/columns.csv")))
    write(data / "reference" / "method.csv", tiny_method(read(real / "reference/method.csv")))
    nodes = read(data / "reference" / "framework.csv")["code"]
    write(data / "dictionary.csv", tiny_dictionary(read(real / "dictionary.csv"), nodes))
    on_disk = EditionOnDisk("tiny", root)
    on_disk.seal()
    return on_disk


@pytest.fixture
def tiny_edition(tiny: EditionOnDisk) -> editions.Edition:
    return tiny.edition


@pytest.fixture
def real_copy(tmp_path: Path) -> EditionOnDisk:
    """A copy of edition 2020 with its results, to be spoilt."""
    return copy_real(tmp_path)


def copy_real(root: Path) -> EditionOnDisk:
    """Edition 2020 with its results below `root`, and the prose that all projects share."""
    shutil.copytree(editions.ROOT / "data", root / "data")
    (root / "sections").symlink_to(editions.ROOT / "sections")
    return EditionOnDisk("2020", root)


@pytest.fixture(scope="session", params=METHODS)
def other_method(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    real_cells: pd.DataFrame,
) -> editions.Edition:
    """Edition 2020 under each of `METHODS`, with its ranking as results: read only."""
    root = tmp_path_factory.mktemp(request.param)
    edition = copy_real(root).choose_class(request.param)
    tables = of_record.index_tables(edition, of_record.ranked_cities(edition, real_cells))
    for name in ("scores", "rulers"):
        tables[name].to_csv(edition.results / f"{name}.csv", index=False)
    return edition


@pytest.fixture(scope="session")
def other_ranking(other_method: editions.Edition, real_cells: pd.DataFrame) -> Ranking:
    """The ranking of edition 2020 under each of `METHODS`: read only."""
    return of_record.ranked_cities(other_method, real_cells)


@pytest.fixture(scope="session")
def real() -> editions.Edition:
    """Edition 2020 where it stands: read only."""
    return editions.load("2020")


@pytest.fixture(scope="session")
def real_cells(real: editions.Edition) -> pd.DataFrame:
    """The cells of edition 2020, cleaned afresh: read only."""
    return cleaning.clean(real)


@pytest.fixture(scope="session")
def cells_2019() -> pd.DataFrame:
    """The cells of edition 2019, cleaned afresh: read only."""
    return cleaning.clean(editions.load("2019"))


@contextmanager
def cleaned_to(cells: pd.DataFrame) -> Iterator[None]:
    """For what follows the cleaning: every edition comes to these cells."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cleaning, "clean", lambda _: cells.copy())
        yield


@pytest.fixture
def cleaned_once(real_cells: pd.DataFrame) -> Iterator[None]:
    """For tests of what follows the cleaning of edition 2020, under whatever method."""
    with cleaned_to(real_cells):
        yield


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def write(path: Path, table: pd.DataFrame) -> None:
    table.to_csv(path, index=False)


def tiny_columns(columns: pd.DataFrame) -> pd.DataFrame:
    renamed = columns.assign(
        file=columns["file"].replace("published_2020_top100.csv", "published_tiny.csv")
    )
    return renamed[renamed["file"].isin([f"{name}.csv" for name in TINY_REFERENCE])]


def tiny_method(method: pd.DataFrame) -> pd.DataFrame:
    few = {"bootstrap_draws": "50", "inference_splits": "1"}
    return method.assign(value=method["parameter"].map(few).fillna(method["value"]))


def tiny_dictionary(dictionary: pd.DataFrame, nodes: pd.Series) -> pd.DataFrame:
    """Without the nodes and the uncertainty analysis that the tiny edition does not have."""
    dictionary = dictionary[~dictionary["file"].str.fullmatch(OF_UNCERTAINTY)]
    node_files = dictionary["file"].isin(["indicators.csv", "subdomains.csv", "scores.csv"])
    is_node = node_files & dictionary["unit"].eq("0-100") & dictionary["required"].eq("")
    return dictionary[~is_node | dictionary["column"].isin(nodes)]
