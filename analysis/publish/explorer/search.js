/**
 * A search that forgives: spaces, apostrophes, accents, tones, scripts and initials.
 */

/** What stands behind a name and is no part of it. */
const KIND_OF_PLACE = /\s+(city|shi|province|sheng)\s*$/i;
const INITIALS = "=";

/** Small letters and figures alone, as the keys are. */
function folded(text) {
  return text.toLowerCase().normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "");
}

/** The parts of a query, each of which must be found. */
function terms(query) {
  return query.split(/[,，、]/).map((part) => folded(part.replace(KIND_OF_PLACE, ""))).filter(Boolean);
}

/** Whether any of the keys, with bars between, has a term; one letter must be the first. */
function hasTerm(keys, term) {
  return keys.split("|").some((key) => {
    if (key.startsWith(INITIALS)) return term.length > 1 && key.startsWith(INITIALS + term);
    return /^[a-z]$/.test(term) ? key.startsWith(term) : key.includes(term);
  });
}

/** Whether all terms of a query are found among keys, or the code begins with them. */
function isCalled(keys, code, asked) {
  return asked.every((term) => hasTerm(keys, term) || code.startsWith(term));
}

/** Whether a city, or its province, is what a query asks for; every city is if it asks nothing. */
function isFound(city, query) {
  return terms(query).every((term) =>
    hasTerm(city.keys, term) || hasTerm(city.where.keys, term) || city.id.startsWith(term));
}
