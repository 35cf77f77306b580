/**
 * Calculation of the explorer, without any view: the same means and ranks as the engine's.
 */

/** The scale on which a mean is arithmetic, and the way back from it, by the name of the mean. */
const SCALES = {
  arithmetic: [(value) => value, (value) => value],
  geometric: [Math.log, Math.exp],
  harmonic: [(value) => 1 / value, (value) => 1 / value],
};

/**
 * Weighted mean over what is there; null if nothing is, or if it has no weight.
 * @param {(number|null)[]} values
 * @param {number[]} weights
 * @param {string} kind Name of the mean.
 * @returns {number|null}
 */
function mean(values, weights, kind = "arithmetic") {
  const [there, back] = SCALES[kind];
  let total = 0;
  let weight = 0;
  values.forEach((value, position) => {
    if (value === null || weights[position] === 0) return;
    total += weights[position] * there(value);
    weight += weights[position];
  });
  return weight > 0 ? back(total / weight) : null;
}

/** The sum of numbers. */
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/**
 * Domain values and index of every city under weights of the domains and of the parts below.
 * Of a city that `has` only a share of a part, the part weighs that share, and so does a domain.
 * @param {{mean: string, domains: {mean: string, parts: object[]}[], cities: {values: (number|null)[], has?: number[]}[]}} data
 * @param {{domains: number[], parts: number[]}} weights
 * @returns {{domains: (number|null)[], index: number|null}[]}
 */
function indices(data, weights) {
  return data.cities.map((city) => {
    let first = 0;
    const domains = [];
    const present = data.domains.map((domain, position) => {
      const last = first + domain.parts.length;
      const whole = weights.parts.slice(first, last);
      const own = city.has ? whole.map((weight, at) => weight * city.has[first + at]) : whole;
      domains.push(mean(city.values.slice(first, last), own, domain.mean));
      first = last;
      return weights.domains[position] * (city.has && sum(whole) > 0 ? sum(own) / sum(whole) : 1);
    });
    return { domains, index: mean(domains, present, data.mean) };
  });
}

/**
 * Descending ranks: ties share the better place; null for cities without an index.
 * @param {(number|null)[]} values
 * @param {number} tolerance A value that lies no further below the one before it ties with it.
 * @returns {(number|null)[]}
 */
function ranks(values, tolerance = 0) {
  const order = [...values.keys()].filter((at) => values[at] !== null)
    .sort((one, other) => values[other] - values[one]);
  const places = values.map(() => null);
  order.forEach((at, position) => {
    const before = order[position - 1];
    const tied = position > 0 && values[before] - values[at] <= tolerance;
    places[at] = tied ? places[before] : position + 1;
  });
  return places;
}
