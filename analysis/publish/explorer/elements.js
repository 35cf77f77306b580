/**
 * Elements, numbers and files, as the other parts of the explorer make them.
 */

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; text is only ever text. */
function make(tag, attributes = {}, ...children) {
  return dressed(document.createElement(tag), attributes, children);
}

/** The same of a drawing. */
function draw(tag, attributes = {}, ...children) {
  return dressed(document.createElementNS(SVG, tag), attributes, children);
}

function dressed(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** The name of a city, its Chinese part marked as such. */
function cityName(city, data) {
  return [make("span", { lang: data.script }, city.zh), ...(city.en ? [` ${city.en}`] : [])];
}

/** A control under its label. */
function field(id, label, control) {
  return make("div", { class: "explorer-field" }, make("label", { for: id }, label), control);
}

/** A button with a word on it. */
function button(word, onclick, attributes = {}) {
  return make("button", { type: "button", onclick, ...attributes }, word);
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

/** A value from 0 to 100 in whole numbers, or a dash. */
function whole(value) {
  return value === null ? "–" : value.toFixed(0).replace("-", "−");
}

/** A bar with its number; values beyond 0 and 100 fill it to its end. */
function bar(value) {
  const length = make("span", { class: "explorer-bar", "aria-hidden": "true" });
  length.style.inlineSize = `${Math.min(Math.max(value ?? 0, 0), 100)}%`;
  return make("div", { class: "explorer-cell" }, make("span", {}, whole(value)),
    make("span", { class: "explorer-track", "aria-hidden": "true" }, length));
}

/** The interval of a rank on the scale of all places, with the place of record and that of now. */
function intervalBar({ city, place }, count) {
  const at = (rank) => `${(100 * (rank - 0.5)) / count}%`;
  const marks = [draw("line", { class: "x-axis", x1: 0, x2: "100%", y1: 7, y2: 7 })];
  if (city.low !== null) {
    marks.push(draw("rect", { class: "x-band", x: `${(100 * (city.low - 1)) / count}%`, y: 3, height: 8,
      width: `${(100 * (city.high - city.low + 1)) / count}%` }));
  }
  marks.push(draw("line", { class: "x-record", x1: at(city.rank), x2: at(city.rank), y1: 1, y2: 13 }));
  if (place !== null && place !== city.rank) {
    marks.push(draw("circle", { class: "x-now", cx: at(place), cy: 7, r: 3.2 }));
  }
  return draw("svg", { class: "explorer-interval", height: 14, "aria-hidden": "true" }, ...marks);
}

/** A field of CSV that no spreadsheet program takes for a formula. */
function csvField(value) {
  const text = value === null ? "" : String(value);
  const inert = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}

/** Hand a text to the reader as a file. */
function save(parts, type, name) {
  const link = make("a", { href: URL.createObjectURL(new Blob(parts, { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const DRAWN_STYLE = ["fill", "stroke", "stroke-width", "fill-opacity", "font-size", "font-family",
  "font-weight", "text-anchor", "stroke-dasharray"];

/** Drawings side by side as one SVG file that needs no style from elsewhere. */
function pictureOf(drawings, background) {
  let left = 0;
  const height = Math.max(...drawings.map((drawing) => drawing.clientHeight));
  const copies = drawings.map((drawing) => {
    const copy = drawing.cloneNode(true);
    const [old, made] = [drawing, copy].map((root) => [...root.querySelectorAll("*")]);
    old.forEach((element, at) => {
      const style = getComputedStyle(element);
      DRAWN_STYLE.forEach((name) => made[at].setAttribute(name, style.getPropertyValue(name)));
      made[at].removeAttribute("class");
    });
    copy.removeAttribute("class");
    dressed(copy, { x: left, width: drawing.clientWidth, height: drawing.clientHeight }, []);
    left += drawing.clientWidth + 24;
    return copy;
  });
  const whole = draw("svg", { viewBox: `0 0 ${left - 24} ${height}` },
    draw("rect", { width: "100%", height: "100%", fill: background }), ...copies);
  return new XMLSerializer().serializeToString(whole);
}
