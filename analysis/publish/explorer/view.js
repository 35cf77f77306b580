/**
 * The explorer as it stands on the page.
 */

/** An element with attributes and children; text is only ever text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Build the explorer before the static table and keep it in step with the state. */
function mount(data, table) {
  const { words } = data;
  const start = initialState(data);
  const columns = columnsOf(data);
  let state = location.hash.startsWith("#explorer") ? fromFragment(location.hash, data) : start;
  let rows = [];
  let rest = 0;
  const lines = new Map();

  const status = make("p", { role: "status", class: "explorer-status" });
  const body = make("tbody");
  const head = make("tr");
  const profiles = make("div", { class: "explorer-profiles" });
  const search = make("input", {
    type: "search", id: "explorer-query", autocomplete: "off",
    oninput: () => change({ query: search.value }),
  });
  const filters = ["region", "province", "tier"].map((key) => filter(key));
  const sliders = {
    domains: data.domains.map((domain, at) => slider("domains", at, domain.name)),
    parts: data.domains.flatMap((domain) => domain.parts)
      .map((part, at) => slider("parts", at, part.name)),
  };
  const section = make("section", { id: "explorer", "aria-labelledby": "explorer-title" },
    make("h2", { id: "explorer-title" }, words.title),
    make("p", {}, words.intro),
    make("div", { class: "explorer-controls" },
      field("explorer-query", words.search, search), ...filters.map(({ element }) => element),
      make("button", { type: "button", onclick: download }, words.download),
      make("button", { type: "button", onclick: () => change(initialState(data)) }, words.reset)),
    make("details", { class: "explorer-weights" },
      make("summary", {}, words.domain_weights),
      make("p", {}, words.weights_note),
      make("div", { class: "explorer-sliders" }, ...sliders.domains.map(({ element }) => element)),
      make("details", {},
        make("summary", {}, words.part_weights),
        make("div", { class: "explorer-sliders" },
          ...sliders.parts.map(({ element }) => element)))),
    status, profiles,
    make("div", { class: "explorer-table", tabindex: "0", role: "region", "aria-label": words.table },
      make("table", { style: `width: ${tableWidth(columns)}rem` },
        make("thead", {}, head), body)));
  table.before(section);
  addEventListener("hashchange", () => {
    if (location.hash.startsWith("#explorer")) change(fromFragment(location.hash, data), false);
  });
  weigh();
  show();
  if (location.hash.startsWith("#explorer")) section.scrollIntoView();

  function change(choices, remember = true) {
    const weighed = "domains" in choices || "parts" in choices;
    state = { ...state, ...choices };
    if (weighed) weigh();
    show();
    if (remember) history.replaceState(null, "", toFragment(state, start));
  }

  function weigh() {
    const found = indices(data, state);
    const places = ranks(found.map(({ index }) => index), data.tolerance);
    rows = data.cities.map((city, at) => ({
      city, place: places[at], domains: found[at].domains,
      rise: places[at] === null ? null : city.rank - places[at],
    }));
  }

  function show() {
    const shown = ordered(selected(rows, state), state, columns, data.language);
    search.value = state.query;
    filters.forEach(({ update }) => update());
    Object.values(sliders).flat().forEach(({ update }) => update());
    const first = make("th", { scope: "col", style: `width: ${FIRST}rem` }, words.compare);
    head.replaceChildren(first, ...columns.map(heading));
    showLines(shown);
    status.textContent = summary(shown);
    section.toggleAttribute("data-changed", toFragment(state, start) !== "#explorer");
    showProfiles();
  }

  /** The lines in sight at once, the others as soon as these are painted. */
  function showLines(shown) {
    clearTimeout(rest);
    body.replaceChildren(...shown.slice(0, AT_ONCE).map(line));
    rest = setTimeout(() => body.append(...shown.slice(AT_ONCE).map(line)), 30);
  }

  function heading(column) {
    const active = state.sort === column.key;
    const sorted = active ? (state.down ? "descending" : "ascending") : null;
    const sort = () => change({ sort: column.key, down: active && !state.down });
    const attributes = { scope: "col", "aria-sort": sorted, style: `width: ${widthOf(column)}rem` };
    if (column.number) attributes.class = "number";
    return make("th", attributes,
      make("button", { type: "button", onclick: sort, "data-sort": column.key }, column.name));
  }

  /** The line of a city: made once, then only what has changed is written. */
  function line(row) {
    const { city } = row;
    if (!lines.has(city.id)) lines.set(city.id, newLine(city));
    const { element, box, cells } = lines.get(city.id);
    columns.forEach((column, at) => {
      const text = column.text(row);
      if (cells[at].textContent !== text) cells[at].textContent = text;
    });
    box.checked = state.compared.includes(city.id);
    box.disabled = !box.checked && state.compared.length >= MOST_COMPARED;
    return element;
  }

  function newLine(city) {
    const box = make("input", {
      type: "checkbox", "aria-label": `${words.compare}: ${city.name}`, "data-id": city.id,
      onchange: () => { toggle(city.id); box.focus(); },
    });
    const cells = columns.map(({ key, number }) => make(key === "name" ? "th" : "td",
      { class: number ? "number" : null, scope: key === "name" ? "row" : null }));
    return { element: make("tr", {}, make("td", {}, box), ...cells), box, cells };
  }

  function toggle(id) {
    const without = state.compared.filter((other) => other !== id);
    const added = without.length === state.compared.length ? [...without, id] : without;
    change({ compared: added.slice(0, MOST_COMPARED) });
  }

  function summary(shown) {
    const count = filled(words.shown, { shown: shown.length, of: rows.length });
    const weighed = state.domains.join() !== start.domains.join()
      || state.parts.join() !== start.parts.join();
    if (!weighed) return `${count} ${words.as_recorded}`;
    const moved = rows.filter(({ rise }) => rise);
    const byRise = [...moved].sort((one, other) => other.rise - one.rise);
    const named = (some) => some.map(({ city, rise }) => `${city.name} ${signed(rise)}`).join(", ");
    const up = byRise.filter(({ rise }) => rise > 0).slice(0, 3);
    const down = byRise.filter(({ rise }) => rise < 0).slice(-3).reverse();
    return [count, filled(words.reweighed, { moved: moved.length }),
      ...(up.length ? [filled(words.up, { cities: named(up) })] : []),
      ...(down.length ? [filled(words.down, { cities: named(down) })] : []),
      words.no_interval].join(" ");
  }

  function filter(key) {
    const values = [...new Set(data.cities.map((city) => city[key]))];
    if (key === "province") values.sort((one, other) => one.localeCompare(other, data.language));
    const select = make("select", {
      id: `explorer-${key}`, onchange: () => change({ [key]: select.value }),
    }, make("option", { value: "" }, words.all),
    ...values.map((value) => make("option", { value }, value)));
    const update = () => { select.value = state[key]; };
    return { element: field(select.id, words[key], select), update };
  }

  function slider(level, at, name) {
    const id = `explorer-${level}-${at}`;
    const output = make("output", { for: id });
    const input = make("input", {
      type: "range", id, min: "0", max: String(data.largest_weight), step: "0.1",
      oninput: () => {
        change({ [level]: state[level].map((old, n) => (n === at ? Number(input.value) : old)) });
      },
    });
    const update = () => {
      input.value = state[level][at];
      output.textContent = state[level][at].toFixed(1);
    };
    return { element: make("div", {}, make("label", { for: id }, name), input, output), update };
  }

  function showProfiles() {
    const chosen = state.compared.map((id) => rows.find(({ city }) => city.id === id));
    if (!chosen.length) {
      profiles.replaceChildren();
      return;
    }
    const titles = chosen.map(({ city }) => make("th", { scope: "col" }, city.name));
    const lines = data.domains.map((domain, at) => make("tr", {},
      make("th", { scope: "row" }, domain.name),
      ...chosen.map(({ domains }) => make("td", {}, bar(domains[at])))));
    profiles.replaceChildren(make("table", {},
      make("caption", {}, words.profiles),
      make("thead", {}, make("tr", {}, make("td"), ...titles)),
      make("tbody", {}, ...lines)));
  }

  function download() {
    const shown = ordered(selected(rows, state), state, columns, data.language);
    const lines = [columns.map(({ name }) => csvField(name)).join(),
      ...shown.map((row) => columns.map((column) => csvField(column.value(row))).join())];
    const file = new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv" });
    const link = make("a", { href: URL.createObjectURL(file), download: data.file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
}

/** The columns of the table: key, heading, value to sort by, text to show. */
function columnsOf(data) {
  const { words } = data;
  const plain = (value) => (value === null ? "–" : String(value));
  const column = (key, name, value, text = plain, number = true) =>
    ({ key, name, value, text: (row) => text(value(row)), number });
  const text = (key) => column(key, words[key], ({ city }) => city[key], plain, false);
  const some = (key) => data.cities.some((city) => city[key] !== null);
  return [
    column("place", words.place, ({ place }) => place),
    column("rise", words.rise, ({ rise }) => rise, (rise) => (rise === null ? "–" : signed(rise))),
    text("name"), text("province"), text("region"), text("tier"),
    column("score", words.score, ({ city }) => city.score, (score) => score.toFixed(1)),
    column("rank", words.rank, ({ city }) => city.rank),
    ...(some("low") ? [column("low", words.low, ({ city }) => city.low),
      column("high", words.high, ({ city }) => city.high)] : []),
    ...(some("published") ? [column("published", words.published, ({ city }) => city.published)] : []),
    ...data.domains.map((domain, at) => column(domain.code, domain.short,
      ({ domains }) => domains[at], (value) => (value === null ? "–" : value.toFixed(0)))),
  ];
}

/** A control under its label. */
function field(id, label, control) {
  return make("div", { class: "explorer-field" }, make("label", { for: id }, label), control);
}

const AT_ONCE = 40;
/** Widths in rem, so that columns do not jump when lines come and go. */
const FIRST = 4.8;
const WIDTHS = { name: 12, province: 8, region: 6, tier: 10.5, score: 5.2, rank: 5.2, published: 6 };

function widthOf({ key }) {
  return WIDTHS[key] ?? 5.2;
}

function tableWidth(columns) {
  return FIRST + columns.reduce((sum, column) => sum + widthOf(column), 0);
}

/** A sentence with its values in the place of their names. */
function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** A number with its sign, as in print. */
function signed(number) {
  if (number === 0) return "0";
  return number > 0 ? `+${number}` : `−${-number}`;
}

/** A bar with its number; values beyond 0 and 100 fill it to its end. */
function bar(value) {
  const width = make("span", { class: "explorer-bar", "aria-hidden": "true" });
  width.style.inlineSize = `${Math.min(Math.max(value ?? 0, 0), 100)}%`;
  return make("div", { class: "explorer-cell" }, make("span", {}, value === null ? "–" : value.toFixed(0)),
    make("span", { class: "explorer-track", "aria-hidden": "true" }, width));
}

const source = document.getElementById("explorer-data");
const anchor = document.getElementById("tbl-full");
if (source && anchor) mount(JSON.parse(source.textContent), anchor);
