/**
 * What the reader has chosen, and how it stands in the fragment of the address.
 */

const MOST_COMPARED = 4;

/** The choices at the start: everything as in the method of record. */
function initialState(data) {
  return {
    query: "", region: "", province: "", tier: "", sort: "place", down: false, compared: [],
    domains: data.domains.map((domain) => domain.weight),
    parts: data.domains.flatMap((domain) => domain.parts.map((part) => part.weight)),
  };
}

/** The state as a fragment; only what differs from the start is named. */
function toFragment(state, start) {
  const named = new URLSearchParams();
  for (const key of ["query", "region", "province", "tier", "sort"]) {
    if (state[key] !== start[key]) named.set(key, state[key]);
  }
  if (state.down) named.set("down", "1");
  for (const key of ["domains", "parts"]) {
    if (state[key].join() !== start[key].join()) named.set(key, state[key].join());
  }
  if (state.compared.length) named.set("compared", state.compared.join());
  return `#explorer${named.size ? `?${named}` : ""}`;
}

/** The state that a fragment names; what it says wrongly stays as at the start. */
function fromFragment(fragment, data) {
  const state = initialState(data);
  const named = new URLSearchParams(fragment.replace(/^#explorer\??/, ""));
  for (const key of ["query", "region", "province", "tier", "sort"]) {
    if (named.has(key)) state[key] = named.get(key);
  }
  state.down = named.get("down") === "1";
  for (const key of ["domains", "parts"]) {
    const weights = (named.get(key) ?? "").split(",").map(Number);
    const fit = weights.length === state[key].length;
    const sound = weights.every((weight) => weight >= 0 && weight <= data.largest_weight);
    if (named.has(key) && fit && sound) state[key] = weights;
  }
  const known = new Set(data.cities.map((city) => city.id));
  const compared = (named.get("compared") ?? "").split(",").filter((id) => known.has(id));
  state.compared = [...new Set(compared)].slice(0, MOST_COMPARED);
  return state;
}

/** The cities that search and filters leave. */
function selected(rows, state) {
  const wanted = state.query.trim().toLowerCase();
  return rows.filter(({ city }) =>
    (!wanted || city.search.toLowerCase().includes(wanted) || city.id.startsWith(wanted))
    && ["region", "province", "tier"].every((key) => !state[key] || city[key] === state[key]));
}

/** Rows in the chosen order; gaps come last, equal ones by the rank of record. */
function ordered(rows, state, columns, language) {
  const column = columns.find(({ key }) => key === state.sort) ?? columns[0];
  const sign = state.down ? -1 : 1;
  const compare = (one, other) => {
    const [a, b] = [column.value(one), column.value(other)];
    if (a === null || b === null) return (a === null) - (b === null);
    return sign * (typeof a === "string" ? a.localeCompare(b, language) : a - b);
  };
  return [...rows].sort((one, other) => compare(one, other) || one.city.rank - other.city.rank);
}

/** A field of CSV that no spreadsheet program takes for a formula. */
function csvField(value) {
  const text = value === null ? "" : String(value);
  const inert = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}
