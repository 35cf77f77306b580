/**
 * The controls: filters that narrow each other, presets and sliders.
 */

/** A filter as a list of the values that search and the other filters leave, with their counts. */
function filterView(key, data, on) {
  const { words } = data;
  const order = key === "tier" ? data.tiers : [...new Set(data.cities.map((city) => city[key]))];
  if (key === "province") order.sort((one, other) => one.localeCompare(other, data.language));
  const select = make("select", { id: `explorer-${key}`, onchange: () => on.change({ [key]: select.value }) });
  const update = (rows, state) => {
    const left = selected(rows, state, key);
    const counts = new Map(order.map((value) => [value, 0]));
    left.forEach(({ city }) => counts.set(city[key], counts.get(city[key]) + 1));
    const shown = order.filter((value) => counts.get(value) || value === state[key]);
    select.replaceChildren(make("option", { value: "" }, words.all),
      ...shown.map((value) => make("option", { value },
        filled(words.aside, { text: value, note: counts.get(value) }))));
    select.value = state[key];
  };
  return { element: field(select.id, words[key], select), update };
}

/** The presets as a list: of record, other weights, other methods; "own" once a slider is moved. */
function presetView(data, on) {
  const { words } = data;
  const option = ({ key, name }) => make("option", { value: key }, name);
  const kind = (name) => data.presets.filter((preset) => preset.kind === name).map(option);
  const own = make("option", { value: "own", disabled: true, hidden: true }, words.own);
  const methods = kind("method");
  const select = make("select", { id: "explorer-preset",
    onchange: () => on.change(presetChoices(select.value, data)) },
  make("option", { value: "" }, words.of_record), own,
  make("optgroup", { label: words.weightings }, option({ key: ALIKE, name: words.alike }), ...kind("weights")),
  ...(methods.length ? [make("optgroup", { label: words.methods }, ...methods)] : []));
  const update = (state, start) => {
    select.value = state.preset || (isOther(state, start) ? "own" : "");
  };
  return { element: field(select.id, words.preset, select), update };
}

/** A slider for a weight; to move it leaves a preset for weights of the reader's own. */
function sliderView(level, at, name, data, on) {
  const id = `explorer-${level}-${at}`;
  const output = make("output", { for: id });
  const input = make("input", { type: "range", id, min: "0", max: String(data.largest_weight), step: "0.1",
    oninput: () => on.weigh(level, at, Number(input.value)) });
  const update = (state) => {
    input.value = state[level][at];
    output.textContent = state[level][at].toFixed(1);
  };
  return { element: make("div", {}, make("label", { for: id }, name), input, output), update };
}
