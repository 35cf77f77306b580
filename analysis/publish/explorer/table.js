/**
 * The table of the ranked cities: place and name stay in sight, a heading sorts.
 */

const AT_ONCE = 40;
/** Widths in rem, so that columns do not jump when lines come and go; the first two are frozen. */
const WIDTHS = { place: 4.5, name: 12.4, score: 4.4, interval: 12, rise: 4.8, published: 5.6,
  tier: 10.5, province: 8, region: 5.8 };
const WIDTH = 4.9;
const FROZEN = ["place", "name"];

/** The columns of the table: key, heading, value to sort by and to save, and what to show. */
function columnsOf(data) {
  const { words } = data;
  const plain = (value) => (value === null ? "–" : String(value));
  const column = (key, name, value, text = plain, number = true) =>
    ({ key, name, value, show: (row) => [text(value(row))], number, saved: [[name, value]] });
  const text = (key) => column(key, words[key], ({ city }) => city[key], plain, false);
  const some = (key) => data.cities.some((city) => city[key] !== null);
  const name = { ...text("name"), show: ({ city }) => cityName(city, data) };
  const interval = { ...column("interval", words.interval_column, ({ city }) => city.low),
    show: (row) => [make("span", {}, row.city.low === null ? "–" : `${row.city.low}–${row.city.high}`),
      intervalBar(row, data.cities.length)],
    saved: [[words.rank, ({ city }) => city.rank], [words.low, ({ city }) => city.low],
      [words.high, ({ city }) => city.high]] };
  return [
    column("place", words.place, ({ place }) => place),
    name,
    column("score", words.score, ({ city }) => city.score, (score) => score.toFixed(1)),
    interval,
    column("rise", words.rise, ({ rise }) => rise, (rise) => (rise === null ? "–" : signed(rise))),
    ...(some("published") ? [column("published", words.published, ({ city }) => city.published)] : []),
    text("tier"), text("province"), text("region"),
    ...data.domains.map((domain, at) => column(domain.code, domain.short,
      ({ domains }) => domains[at], (value) => whole(value))),
  ];
}

/**
 * The table as a view: `element`, and `update` with the rows to show, in their order.
 * @param {object} data
 * @param {object[]} columns
 * @param {{sort: Function, toggle: Function, pages: string}} on What the reader can do.
 */
function tableView(data, columns, on) {
  const lines = new Map();
  let rest = 0;
  let order = "";
  const body = make("tbody");
  const heads = columns.map((column) => make("th",
    { scope: "col", class: classOf(column), style: `width: ${widthOf(column)}rem` },
    button(column.name, () => on.sort(column.key), { "data-sort": column.key })));
  const width = columns.reduce((sum, column) => sum + widthOf(column), 0);
  const table = make("table", { style: `width: ${width}rem` },
    make("thead", {}, make("tr", {}, ...heads)), body);
  const element = make("div", { class: "explorer-table", tabindex: "0", role: "region",
    "aria-label": data.words.table, onfocusin: uncover }, table);

  /** The lines in sight at once, the others as soon as these are painted. */
  function update(rows, state) {
    columns.forEach((column, at) => {
      const sorted = state.sort === column.key;
      if (sorted) heads[at].setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else heads[at].removeAttribute("aria-sort");
    });
    const next = rows.map(({ city }) => city.id).join();
    if (next === order) rows.forEach((row) => line(row, state)); // focus and place stay where they are
    else arrange(rows, state, next);
  }

  function arrange(rows, state, next) {
    clearTimeout(rest);
    order = "";
    body.replaceChildren(...rows.slice(0, AT_ONCE).map((row) => line(row, state)));
    rest = setTimeout(() => {
      body.append(...rows.slice(AT_ONCE).map((row) => line(row, state)));
      order = next;
    }, 30);
  }

  /** The line of a city: made once, then only what has changed is written. */
  function line(row, state) {
    const { city } = row;
    if (!lines.has(city.id)) lines.set(city.id, newLine(city));
    const { element: own, box, cells, written } = lines.get(city.id);
    columns.forEach((column, at) => {
      if (column.key === "name") return;
      const known = column.key === "interval" ? String(row.place) : String(column.show(row)[0]);
      if (written[at] === known) return;
      written[at] = known;
      cells[at].replaceChildren(...column.show(row));
    });
    box.checked = state.compared.includes(city.id);
    box.disabled = !box.checked && state.compared.length >= MOST_COMPARED;
    return own;
  }

  function newLine(city) {
    const box = make("input", { type: "checkbox", "data-id": city.id,
      "aria-label": filled(data.words.titled, { head: data.words.compare, text: city.name }),
      onchange: () => on.toggle(city.id) });
    const name = on.pages === null ? make("span", {}, ...cityName(city, data))
      : make("a", { href: `${on.pages}${city.id}.html` }, ...cityName(city, data));
    const cells = columns.map((column) => (column.key === "name"
      ? make("th", { scope: "row", class: classOf(column) }, box, name)
      : make("td", { class: classOf(column) })));
    return { element: make("tr", {}, ...cells), box, cells, written: [] };
  }

  return { element, update };
}

/** What the keyboard has come to out from behind what stays in sight, from which it keeps a margin. */
function uncover({ target }) {
  if (target.matches(":focus-visible")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function classOf({ key, number }) {
  const names = [...(FROZEN.includes(key) ? [`frozen ${key}`] : []), ...(number && key !== "interval" ? ["number"] : []),
    ...(key === "published" ? ["published"] : [])];
  return names.join(" ") || null;
}

function widthOf({ key }) {
  return WIDTHS[key] ?? WIDTH;
}

/** Rows as CSV, every column with its name. */
function csvOf(rows, columns) {
  const saved = columns.flatMap((column) => column.saved);
  const lines = [saved.map(([name]) => csvField(name)).join(),
    ...rows.map((row) => saved.map(([, value]) => csvField(value(row))).join())];
  return ["\ufeff", lines.join("\r\n"), "\r\n"];
}
