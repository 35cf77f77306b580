/**
 * The explorer as it stands on the page.
 */

/** Build the explorer in its place and keep it in step with the state. */
function mount(data, section) {
  const { words } = data;
  const start = initialState(data);
  const columns = columnsOf(data);
  let state = namesState(location.hash) ? fromFragment(location.hash, data) : start;
  let rows = [];

  const pages = section.dataset.pages ?? data.pages;
  const on = { change, toggle, sort, weigh, pages: pages === "none" ? null : pages };
  const search = make("input", { type: "search", id: "explorer-query", autocomplete: "off",
    oninput: () => change({ query: search.value }) });
  const filters = FILTERS.map((key) => filterView(key, data, on));
  const preset = presetView(data, on);
  const slider = (level) => (node, at) => sliderView(level, at, node.name, data, on);
  const domainSliders = data.domains.map(slider("domains"));
  const partSliders = data.domains.flatMap((domain) => domain.parts).map(slider("parts"));
  const status = make("p", { role: "status", class: "explorer-status" });
  const notes = make("ul", { class: "explorer-notes" });
  const copied = make("span", { role: "status", class: "explorer-copied" });
  const compared = make("div", { class: "explorer-profiles", tabindex: "0", role: "region",
    "aria-label": words.compare, hidden: true });
  const table = tableView(data, columns, on);
  const map = mapView(data, on);
  const chart = chartView(data, on);
  const elements = (views) => views.map(({ element }) => element);
  const take = make("div", { class: "explorer-controls explorer-take" },
    button(words.download, saveTable), button(words.picture, savePicture),
    button(words.link, copyLink), button(words.reset, () => change(initialState(data))), copied);
  const past = button(words.past, () => take.firstElementChild.focus(), { class: "explorer-past" });
  section.replaceChildren(
    make(section.dataset.heading ?? "h2", { id: "explorer-title" }, words.title),
    make("p", {}, words.intro),
    make("div", { class: "explorer-controls" }, field(search.id, words.search, search), ...elements(filters)),
    make("div", { class: "explorer-weights" }, preset.element,
      make("details", {}, make("summary", {}, words.domain_weights), make("p", {}, words.weights_note),
        make("div", { class: "explorer-sliders" }, ...elements(domainSliders)),
        make("details", {}, make("summary", {}, words.part_weights),
          make("div", { class: "explorer-sliders" }, ...elements(partSliders))))),
    status, notes,
    make("div", { class: "explorer-charts" }, map.element, chart.element),
    compared, past, table.element, take);
  section.setAttribute("role", "region");
  section.setAttribute("aria-labelledby", "explorer-title");
  addEventListener("hashchange", () => {
    if (namesState(location.hash)) change(fromFragment(location.hash, data), false);
  });
  place();
  show();
  if (location.hash.startsWith("#explorer")) section.scrollIntoView();

  function change(choices, remember = true) {
    state = { ...state, ...choices };
    if ("domains" in choices || "parts" in choices) place();
    show();
    if (remember) history.replaceState(null, "", toFragment(state, start));
  }

  function toggle(id) {
    const without = state.compared.filter((other) => other !== id);
    const added = without.length === state.compared.length ? [...without, id] : without;
    change({ compared: added.slice(0, MOST_COMPARED) });
  }

  function sort(key) {
    change({ sort: key, down: state.sort === key && !state.down });
  }

  function weigh(level, at, weight) {
    change({ preset: "", [level]: state[level].map((old, n) => (n === at ? weight : old)) });
  }

  /** The places under the weights, or those that the engine gives under another method. */
  function place() {
    const found = indices(data, state);
    const known = data.presets.find(({ key }) => key === state.preset);
    const places = known ? known.places : ranks(found.map(({ index }) => index), data.tolerance);
    rows = data.cities.map((city, at) => ({ city, place: places[at], domains: found[at].domains,
      rise: places[at] === null ? null : city.rank - places[at] }));
  }

  function shownRows() {
    return ordered(selected(rows, state), state, columns, data.language);
  }

  function show() {
    const shown = shownRows();
    search.value = state.query;
    filters.forEach(({ update }) => update(rows, state));
    preset.update(state, start);
    [...domainSliders, ...partSliders].forEach(({ update }) => update(state));
    table.update(shown, state);
    status.textContent = summary(shown);
    notes.replaceChildren(...found(shown).map((text) => make("li", {}, text)));
    section.toggleAttribute("data-changed", toFragment(state, start) !== "#explorer");
    [map, chart].forEach(({ update }) => update(rows, shown, state));
    showCompared();
  }

  function showCompared() {
    const chosen = state.compared.map((id) => rows.find(({ city }) => city.id === id));
    compared.hidden = !chosen.length;
    const dropped = (id) => { toggle(id); (compared.hidden ? table.element : compared).focus(); };
    compared.replaceChildren(...(chosen.length ? [comparison(chosen, data, dropped)] : []));
  }

  function summary(shown) {
    const count = filled(words.shown, { shown: shown.length, of: rows.length });
    if (!isOther(state, start)) return count + words.behind + words.as_recorded;
    if (rows.every(({ place }) => place === null)) return words.no_weight;
    const known = data.presets.find(({ key }) => key === state.preset);
    const moved = rows.filter(({ rise }) => rise).sort((one, other) => other.rise - one.rise);
    const named = (some) => some.map(({ city, rise }) => `${city.name} ${signed(rise)}`).join(words.between);
    const up = moved.filter(({ rise }) => rise > 0).slice(0, 3);
    const down = moved.filter(({ rise }) => rise < 0).slice(-3).reverse();
    const outside = rows.filter(isOutside).length;
    return [count, ...(known ? [filled(words.of_engine, { name: known.name })] : []),
      filled(words.reweighed, { moved: moved.length }),
      ...(data.cities.some(({ low }) => low !== null) ? [filled(words.outside, { outside })] : []),
      ...(up.length ? [filled(words.up, { cities: named(up) })] : []),
      ...(down.length ? [filled(words.down, { cities: named(down) })] : []), words.no_interval].join(words.behind);
  }

  /** What else a query has found: provinces, and cities without a rank; or that it has found nothing. */
  function found(shown) {
    const asked = terms(state.query);
    if (!asked.length) return [];
    const provinces = data.provinces.filter(({ keys }) => asked.every((term) => hasTerm(keys, term)));
    const unranked = data.unranked.filter((city) => isFound(city, state.query));
    const lines = [
      ...provinces.map(({ name }) => filled(words.province_found, { name,
        ranked: data.cities.filter(({ province }) => province === name).length,
        unranked: data.unranked.filter(({ province }) => province === name).length })),
      ...unranked.map(({ name, why }) => filled(words.has_no_rank, { name, why }))];
    return lines.length || shown.length ? lines : [filled(words.nothing_found, { query: state.query.trim() })];
  }

  function saveTable() {
    save(csvOf(shownRows(), columns), "text/csv", `${data.file}.csv`);
  }

  function savePicture() {
    const paper = getComputedStyle(section).getPropertyValue("--x-paper");
    save([pictureOf([map.svg, chart.svg], paper.trim() || "#fff")], "image/svg+xml", `${data.file}.svg`);
  }

  function copyLink() {
    history.replaceState(null, "", toFragment(state, start));
    navigator.clipboard?.writeText(location.href).then(() => {
      copied.textContent = words.copied;
      setTimeout(() => { copied.textContent = ""; }, 4000);
    }, () => {});
  }
}

/** The placeholder of the text; without one, a section before the static table of all cities. */
function placeOf() {
  const there = document.getElementById("explorer");
  const before = document.getElementById("tbl-full");
  if (there || !before) return there;
  const section = make("section", { id: "explorer" });
  before.before(section);
  return section;
}

const source = document.getElementById("explorer-data");
const ownPlace = placeOf();
if (source && ownPlace) mount(readData(JSON.parse(source.textContent)), ownPlace);
