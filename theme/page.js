// What the page of the report does beside showing text: contents that mark where one is, a search,
// links to copy, ways past long tables. Without it everything can be read all the same.
const nav = document.getElementById("TOC");
const main = document.getElementById("content");
const status = document.getElementById("page-words");
const words = status.dataset;
const say = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const make = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
const text = (element) => element.textContent.replace(/\s+/g, " ").trim();
const headings = [...main.querySelectorAll("h1, h2")];
// What a heading stands over: a section, or what a script has put in the place of a placeholder.
const placeOf = (heading) => heading.closest("section[id], div[role='region'][id]") ?? heading;
const idOf = (heading) => placeOf(heading).id;
const narrow = matchMedia("(max-width: 59.99rem)");

// Contents ---------------------------------------------------------------------------------------
const entry = new Map(); // link by the name of its section

function completeContents() {
  let top = null;
  for (const heading of headings) {
    const id = idOf(heading);
    let link = nav.querySelector(`a[href="#${CSS.escape(id)}"]`);
    if (id && !link) link = addEntry(heading, id, top);
    if (!link) continue;
    entry.set(id, link);
    if (link.parentElement.parentElement.parentElement.tagName !== "LI") top = link.parentElement;
  }
}

// What a script has put into the text, as the explorer, is named like any other section.
function addEntry(heading, id, top) {
  const link = make("a", { href: `#${id}` }, text(heading));
  const item = make("li", {}, link);
  if (!top) nav.querySelector("details > ul")?.prepend(item);
  else if (heading.tagName === "H1") top.after(item);
  else {
    if (!top.querySelector("ul")) top.append(make("ul", {}));
    const before = [...top.querySelectorAll("ul > li > a")].filter((other) =>
      document.getElementById(other.hash.slice(1))?.compareDocumentPosition(heading)
        & Node.DOCUMENT_POSITION_FOLLOWING);
    if (before.length) before.at(-1).parentElement.after(item);
    else top.querySelector("ul").prepend(item);
  }
  return link;
}

function mark(id) {
  for (const old of nav.querySelectorAll("[aria-current], .here")) {
    old.removeAttribute("aria-current");
    old.classList.remove("here");
  }
  const link = entry.get(id);
  if (!link) return;
  link.setAttribute("aria-current", "location");
  for (let item = link.closest("li"); item; item = item.parentElement.closest("li")) {
    item.classList.add("here");
  }
  const { top, bottom } = link.getBoundingClientRect(), seen = nav.getBoundingClientRect();
  if (top < seen.top || bottom > seen.bottom) nav.scrollTop += top - seen.top - seen.height / 3;
}

function followReading() {
  const seen = new Set();
  const observer = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) {
      if (isIntersecting) seen.add(target);
      else seen.delete(target);
    }
    const last = headings.findLast((heading) => seen.has(placeOf(heading)));
    if (last) mark(idOf(last));
  }, { rootMargin: "-12% 0px -80% 0px" });
  for (const heading of headings) observer.observe(placeOf(heading));
}

function foldOnPhones() {
  const details = nav.querySelector("details");
  const settle = () => { details.open = !narrow.matches; };
  settle();
  narrow.addEventListener("change", settle);
  nav.addEventListener("click", (event) => {
    if (narrow.matches && event.target.closest("a")) details.open = false;
  });
}

// Links to copy, and ways past what takes many steps ---------------------------------------------
const STEP = "a[href], button, input, select, textarea, summary, [tabindex='0']";
const MANY = 40;

function addAnchors() {
  const places = [...headings, ...main.querySelectorAll("h3"),
    ...main.querySelectorAll("figcaption")];
  for (const place of places) {
    const id = place.tagName === "FIGCAPTION" ? place.closest("div[id]")?.id : idOf(place);
    if (!id) continue;
    const name = text(place.querySelector(".number") ?? place).replace(/[:：]$/, "");
    const link = make("a", { class: "anchor", href: `#${id}`,
      "aria-label": say(words.link, { place: name }) });
    (place.querySelector(".number") ?? place).append(link);
  }
  main.addEventListener("click", (event) => {
    const link = event.target.closest("a.anchor");
    if (!link) return;
    navigator.clipboard?.writeText(link.href).then(() => {
      status.textContent = words.copied;
      link.classList.add("copied");
      setTimeout(() => { link.classList.remove("copied"); status.textContent = ""; }, 2000);
    }, () => {});
  });
}

function addWaysPast() {
  const steps = [...main.querySelectorAll(`h1, h2, ${STEP}`)];
  let from = null, count = 0;
  for (const step of steps) {
    if (!headings.includes(step)) { count += 1; continue; }
    if (from && count > MANY) wayPast(from, step);
    from = step;
    count = 0;
  }
  if (from && count > MANY) wayPast(from, null);
}

function wayPast(from, to) {
  if (!to) {
    to = make("p", { id: "end", class: "announced" });
    main.append(to);
  }
  const id = idOf(to);
  const name = text(to) || text(document.querySelector("title"));
  from.after(make("a", { class: "way-past", href: `#${id}` }, say(words.next, { place: name })));
}

// Who follows a link within the page goes on from there with the keyboard as well.
function moveFocus() {
  document.addEventListener("click", (event) => {
    const hash = event.target.closest?.("a[href^='#']")?.getAttribute("href");
    const target = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!target || event.target.closest(".anchor")) return;
    const place = headings.find((heading) => placeOf(heading) === target) ?? target;
    if (!place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
    setTimeout(() => place.focus({ preventScroll: true })); // once the browser has gone there
  });
}

// The head of a table stays in sight: what the keyboard has come to is not left behind it.
function uncoverFocus() {
  main.addEventListener("focusin", ({ target }) => {
    if (!target.closest("td") || !target.matches(":focus-visible")) return;
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

// Tables that fit have their head at the top of the window, the others scroll in a window of their own.
function settleTables() {
  const observer = new ResizeObserver((changes) => {
    for (const { target } of changes) {
      const region = target.tagName === "TABLE" ? target.parentElement : target;
      const fits = region.firstElementChild.offsetWidth <= region.clientWidth + 1;
      region.classList.toggle("fits", fits);
      if (region !== document.activeElement) region.tabIndex = fits ? -1 : 0;
    }
  });
  for (const table of main.querySelectorAll(".quarto-float-tbl > div > table")) {
    observer.observe(table);
    observer.observe(table.parentElement);
  }
}

// Search -----------------------------------------------------------------------------------------
const SHOWN = 60, AROUND = 50;
const plain = (string) => string.normalize("NFD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase();

function addSearch() {
  const form = nav.querySelector("form");
  const [input, found, list] = ["input", "p", "ol"].map((tag) => form.querySelector(tag));
  let blocks = null, waiting = 0;
  const search = () => {
    blocks ??= readBlocks();
    const query = plain(input.value.trim());
    const long = query.length > 1 || /[\u3400-\u9fff]/.test(query);
    const hits = long ? blocks.filter((block) => block.plain.includes(query)) : [];
    nav.classList.toggle("searching", long);
    found.textContent = !long ? "" : !hits.length ? words.noPlace
      : hits.length === 1 ? words.onePlace : say(words.places, { count: hits.length });
    list.replaceChildren(...hits.slice(0, SHOWN).map((block) => hitOf(block, query)));
  };
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 80); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { input.value = ""; search(); }
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
}

// What can be found: the words of text, tables and captions. Those within a figure are mostly the
// numbers of its axes.
function readBlocks() {
  let chapter = "";
  const blocks = [];
  for (const element of main.querySelectorAll("h1, h2, h3, p, li, figcaption, tr")) {
    if (/^H[12]$/.test(element.tagName)) chapter = text(element);
    if (element.querySelector("p, li, svg")) continue;
    const words = element.tagName === "TR" ? [...element.cells].map(text).join(" · ")
      : text(element);
    if (words) blocks.push({ element, chapter, words, plain: plain(words) });
  }
  return blocks;
}

function hitOf(block, query) {
  // Marks and quotes are left out for the search, so places in both texts differ a little.
  const at = Math.max(0, block.words.toLowerCase().indexOf(query));
  const start = Math.max(0, at - AROUND), end = at + query.length + AROUND;
  const same = plain(block.words.slice(at, at + query.length)) === query;
  const parts = same
    ? [block.words.slice(start, at), make("mark", {}, block.words.slice(at, at + query.length)),
      block.words.slice(at + query.length, end)]
    : [block.words.slice(start, end)];
  const place = block.element.closest("div[id], section[id]");
  const link = make("a", { href: `#${place?.id ?? "content"}` }, make("b", {}, block.chapter), " ",
    start ? "…" : "", ...parts, end < block.words.length ? "…" : "");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (narrow.matches) nav.querySelector("details").open = false;
    const element = block.element;
    if (!element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
    element.scrollIntoView({ block: "center" });
    element.focus({ preventScroll: true });
    element.classList.add("found");
    setTimeout(() => element.classList.remove("found"), 2500);
  });
  return make("li", {}, link);
}

completeContents();
addAnchors();
addWaysPast();
moveFocus();
foldOnPhones();
followReading();
settleTables();
uncoverFocus();
addSearch();
