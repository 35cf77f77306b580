/**
 * What the reader has chosen, and how it stands in the fragment of the address.
 */

const MOST_COMPARED = 3;
const FILTERS = ["region", "province", "tier"];
const TEXTS = ["query", ...FILTERS, "sort", "preset"];
/** The preset that sliders can say. */
const ALIKE = "alike";

/** The choices at the start: everything as in the method of record. */
function initialState(data) {
  return {
    query: "", region: "", province: "", tier: "", sort: "place", down: false, preset: "",
    compared: [], ...recordWeights(data),
  };
}

/** The weights of record, on both levels of the sliders. */
function recordWeights(data) {
  return {
    domains: data.domains.map((domain) => domain.weight),
    parts: data.domains.flatMap((domain) => domain.parts.map((part) => part.weight)),
  };
}

/** The choices that a preset stands for: other weights, or those of record under its places. */
function presetChoices(key, data) {
  const weights = recordWeights(data);
  if (key === ALIKE) weights.domains = weights.domains.map(() => 1);
  return { preset: key, ...weights };
}

/** Whether a key is that of a preset. */
function isPreset(key, data) {
  return key === ALIKE || data.presets.some((preset) => preset.key === key);
}

/** The state as a fragment; only what differs from the start is named. */
function toFragment(state, start) {
  const named = new URLSearchParams();
  for (const key of TEXTS) {
    if (state[key] !== start[key]) named.set(key, state[key]);
  }
  if (state.down) named.set("down", "1");
  for (const key of ["domains", "parts"]) {
    if (!state.preset && state[key].join() !== start[key].join()) named.set(key, state[key].join());
  }
  if (state.compared.length) named.set("compared", state.compared.join());
  return `#explorer${named.size ? `?${named}` : ""}`;
}

/** Whether a fragment names a state, and not the place of the explorer alone. */
function namesState(fragment) {
  return fragment.startsWith("#explorer?");
}

/** The state that a fragment names; what it says wrongly stays as at the start. */
function fromFragment(fragment, data) {
  const state = initialState(data);
  const named = new URLSearchParams(fragment.replace(/^#explorer\??/, ""));
  for (const key of TEXTS) {
    if (named.has(key)) state[key] = named.get(key);
  }
  state.down = named.get("down") === "1";
  if (!isPreset(state.preset, data)) state.preset = "";
  Object.assign(state, state.preset ? presetChoices(state.preset, data) : weightsIn(named, state, data));
  const known = new Set(data.cities.map((city) => city.id));
  const compared = (named.get("compared") ?? "").split(",").filter((id) => known.has(id));
  state.compared = [...new Set(compared)].slice(0, MOST_COMPARED);
  return state;
}

/** The weights that a fragment names, as far as they are sound. */
function weightsIn(named, state, data) {
  const found = {};
  for (const key of ["domains", "parts"]) {
    const weights = (named.get(key) ?? "").split(",").map(Number);
    const fit = weights.length === state[key].length;
    const sound = weights.every((weight) => weight >= 0 && weight <= data.largest_weight);
    if (named.has(key) && fit && sound) found[key] = weights;
  }
  return found;
}

/** Whether the places are not those of record. */
function isOther(state, start) {
  return Boolean(state.preset) || ["domains", "parts"].some((key) => state[key].join() !== start[key].join());
}

/** The cities that search and filters leave; without one of the filters, if it is named. */
function selected(rows, state, without = "") {
  return rows.filter(({ city }) => isFound(city, state.query)
    && FILTERS.every((key) => key === without || !state[key] || city[key] === state[key]));
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
