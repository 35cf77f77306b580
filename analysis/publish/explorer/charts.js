/**
 * Two pictures that follow the places: where the cities lie, and how far each place has moved.
 */

/** How wide a degree of longitude is on a map at 36° north, beside one of latitude. */
const NARROW = Math.cos((36 * Math.PI) / 180);
const NAME_HEIGHT = 15;
const RADII = [5.5, 4.3, 3.3, 1.9];
const MARGIN = { left: 34, right: 10, top: 26, bottom: 34 };

/** In which group of first places a place lies: 0 is the first one, and the last all beyond. */
function groupOf(place, tops) {
  const at = tops.findIndex((top) => place !== null && place <= top);
  return at === -1 ? tops.length : at;
}

/** What the groups are called: 1–10, 11–50 … */
function groupNames(tops) {
  return [...tops.map((top, at) => `${(tops[at - 1] ?? 0) + 1}–${top}`), `> ${tops.at(-1)}`];
}

/** The names of the groups, each behind its mark. */
function groupKey(tops) {
  return make("p", { class: "explorer-key" }, ...groupNames(tops).flatMap((name, at) => [
    draw("svg", { width: 14, height: 12, "aria-hidden": "true" },
      draw("circle", { class: `x-dot top${at}`, cx: 7, cy: 6, r: RADII[at] })), make("span", {}, name)]));
}

/** An empty drawing that is redrawn whenever its width changes. */
function canvas(words, ratio, redraw) {
  const svg = draw("svg", { role: "img", "aria-label": words, class: "explorer-drawing" });
  new ResizeObserver(([{ contentRect }]) => {
    const width = Math.round(contentRect.width);
    if (!width || width === Number(svg.dataset.width)) return;
    svg.dataset.width = width;
    dressed(svg, { height: Math.round(width * ratio) }, []);
    redraw();
  }).observe(svg);
  return svg;
}

/** The size of a drawing, in pixels; none before it is shown. */
function sizeOf(svg) {
  return { width: Number(svg.dataset.width ?? 0), height: Number(svg.getAttribute("height") ?? 0) };
}

/** Names of cities beside their marks, on the side where there is room, none on another. */
function namesBeside(places, width) {
  let free = 0;
  return [...places].sort((one, other) => one.y - other.y).map(({ name, x, y }) => {
    const left = x > width * 0.6;
    const line = Math.max(y + 4, free);
    free = line + NAME_HEIGHT;
    return draw("text", { class: "x-name", x: left ? x - 9 : x + 9, y: line,
      "text-anchor": left ? "end" : "start" }, name);
  });
}

/**
 * The map: a dot for each city where it lies, larger and darker the better its place.
 * @returns {{element: Element, svg: Element, update: Function}}
 */
function mapView(data, on) {
  let last = null;
  const svg = canvas(data.words.map_alt, 0.84, () => last && update(...last));
  const [west, east, south, north] = [["lon", Math.min], ["lon", Math.max], ["lat", Math.min],
    ["lat", Math.max]].map(([key, end]) => end(...data.cities.map((city) => city[key])));

  function update(rows, shown, state) {
    last = [rows, shown, state];
    const { width, height } = sizeOf(svg);
    if (!width) return;
    const scale = Math.min((width - 24) / ((east - west) * NARROW), (height - 24) / (north - south));
    const place = ({ lon, lat }) => [
      (width - (east - west) * NARROW * scale) / 2 + (lon - west) * NARROW * scale,
      12 + (north - lat) * scale];
    const inSight = new Set(shown.map(({ city }) => city.id));
    const dots = [...rows].sort((one, other) => (other.place ?? 1e9) - (one.place ?? 1e9))
      .map((row) => dot(row, place(row.city), inSight, state));
    const chosen = rows.filter(({ city }) => state.compared.includes(city.id))
      .map(({ city }) => ({ name: city.name, x: place(city)[0], y: place(city)[1] }));
    svg.replaceChildren(...dots, ...namesBeside(chosen, width));
  }

  function dot(row, [x, y], inSight, state) {
    const group = groupOf(row.place, data.tops);
    const names = [`x-dot top${group}`, ...(inSight.has(row.city.id) ? [] : ["dim"]),
      ...(state.compared.includes(row.city.id) ? ["chosen"] : [])];
    const told = filled(data.words.of_place, { name: row.city.name, place: row.place ?? "–" });
    return draw("circle", { class: names.join(" "), cx: x.toFixed(1), cy: y.toFixed(1), r: RADII[group],
      onclick: () => on.toggle(row.city.id) }, draw("title", {}, told));
  }

  const element = make("figure", {}, make("figcaption", {}, data.words.map_key), svg, groupKey(data.tops));
  return { element, svg, update };
}

/**
 * The chart of places: that of record from left to right with its interval, that of now downwards.
 * @returns {{element: Element, svg: Element, update: Function}}
 */
function chartView(data, on) {
  let last = null;
  const svg = canvas(data.words.chart_alt, 0.84, () => last && update(...last));
  const count = data.cities.length;

  function update(rows, shown, state) {
    last = [rows, shown, state];
    const { width, height } = sizeOf(svg);
    if (!width) return;
    const along = (room, start) => (place) => start + ((place - 1) / Math.max(count - 1, 1)) * room;
    const x = along(width - MARGIN.left - MARGIN.right, MARGIN.left);
    const y = along(height - MARGIN.top - MARGIN.bottom, MARGIN.top);
    const inSight = new Set(shown.map(({ city }) => city.id));
    const seen = rows.filter(({ city, place }) => place !== null && inSight.has(city.id));
    const chosen = seen.filter(({ city }) => state.compared.includes(city.id))
      .map(({ city, place }) => ({ name: city.name, x: x(city.rank), y: y(place) }));
    svg.replaceChildren(...axes(x, y, width, height),
      ...seen.filter(({ city }) => city.low !== null).map(({ city }) => draw("line", { class: "x-range",
        x1: x(city.rank), x2: x(city.rank), y1: y(city.low), y2: y(city.high) })),
      ...seen.map((row) => mark(row, x, y, state)), ...namesBeside(chosen, width));
  }

  function mark(row, x, y, state) {
    const { city, place } = row;
    const names = ["x-mark", ...(isOutside(row) ? ["outside"] : []),
      ...(state.compared.includes(city.id) ? ["chosen"] : [])];
    const told = filled(data.words.of_place, { name: city.name, place: `${city.rank} → ${place}` });
    return draw("circle", { class: names.join(" "), cx: x(city.rank).toFixed(1), cy: y(place).toFixed(1),
      r: isOutside(row) ? 2.8 : 2, onclick: () => on.toggle(city.id) }, draw("title", {}, told));
  }

  function axes(x, y, width, height) {
    const ticks = [1, ...data.tops.filter((top) => top > 10 && top < count * 0.9), count];
    const bottom = height - MARGIN.bottom;
    return ticks.flatMap((place) => [
      draw("line", { class: "x-grid", x1: MARGIN.left, x2: width - MARGIN.right, y1: y(place), y2: y(place) }),
      draw("text", { class: "x-tick", x: MARGIN.left - 6, y: y(place) + 4, "text-anchor": "end" }, String(place)),
      draw("text", { class: "x-tick", x: x(place), y: bottom + 14, "text-anchor": "middle" }, String(place))])
      .concat([
        draw("text", { class: "x-tick", x: width - MARGIN.right, y: bottom + 28, "text-anchor": "end" }, `${data.words.rank} →`),
        draw("text", { class: "x-tick", x: 0, y: 11 }, `${data.words.place} ↓`)]);
  }

  const element = make("figure", {}, make("figcaption", {}, data.words.chart_key), svg);
  return { element, svg, update };
}

/** Whether a place lies outside the interval of the rank of record. */
function isOutside({ city, place }) {
  return city.low !== null && place !== null && (place < city.low || place > city.high);
}
