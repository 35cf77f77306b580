/**
 * The chosen cities side by side: places with their intervals, domains, indicators.
 */

/** The table of the chosen rows; `drop` takes a city out again. */
function comparison(rows, data, drop) {
  const { words } = data;
  const heads = rows.map(({ city }) => make("th", { scope: "col" }, ...cityName(city, data), " ",
    button("×", () => drop(city.id), { class: "explorer-drop",
      "aria-label": filled(words.titled, { head: words.remove, text: city.name }) })));
  const line = (name, cell) => make("tr", {}, make("th", { scope: "row" }, name),
    ...rows.map((row, at) => make("td", {}, cell(row, at))));
  const part = (name, ...lines) => [make("tbody", {}, make("tr", { class: "explorer-part" },
    make("th", { scope: "rowgroup", colspan: rows.length + 1 }, name)), ...lines)];
  const some = (key) => rows.some(({ city }) => city[key] !== null);
  const count = data.cities.length;
  const place = ({ city }) => (city.low === null ? String(city.rank) : filled(words.aside,
    { text: city.rank, note: filled(words.interval, { low: city.low, high: city.high }) }));
  return make("table", {},
    make("caption", {}, words.profiles),
    make("thead", {}, make("tr", {}, make("td"), ...heads)),
    make("tbody", {},
      line(words.place, (row) => String(row.place ?? "–")),
      line(words.rank, (row) => make("div", {}, place(row), intervalBar(row, count))),
      line(words.score, ({ city }) => city.score.toFixed(1)),
      ...(some("published") ? [line(words.published, ({ city }) => make("span",
        { class: city.published === null ? null : "published" }, String(city.published ?? "–")))] : []),
      line(words.tier, ({ city }) => city.tier),
      line(words.province, ({ city }) => city.province)),
    ...part(words.domains, ...data.domains.map((domain, at) => line(domain.name, ({ domains }) => bar(domains[at])))),
    ...part(words.indicators, ...data.indicators.map((name, at) => line(name, ({ city }) => bar(city.indicators[at])))));
}
