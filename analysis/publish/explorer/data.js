/**
 * Reading what stands on the page: columns become cities, packed numbers become numbers.
 */

/**
 * A packed table, row by row; null for a gap.
 * @param {{size: number, low: number[], step: number[], text: string}} table
 * @returns {(number|null)[][]}
 */
function unpacked({ size, low, step, text }) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const gap = 256 ** size - 1;
  const width = low.length;
  const numbers = [];
  for (let at = 0; at < bytes.length; at += size) {
    const whole = bytes.subarray(at, at + size).reduce((sum, byte) => sum * 256 + byte, 0);
    const column = (at / size) % width;
    numbers.push(whole === gap ? null : low[column] + whole * step[column]);
  }
  return Array.from({ length: numbers.length / width }, (_, row) =>
    numbers.slice(row * width, (row + 1) * width));
}

/** The data with cities as objects, each with its names, province, region, stage and values. */
function readData(written) {
  const values = unpacked(written.values);
  const indicators = unpacked(written.indicator_values);
  const named = (city) => {
    const province = written.provinces[city.province];
    const name = [city.zh, city.en].filter(Boolean).join(" ");
    return { ...city, name, where: province, province: province.name, region: province.region };
  };
  const cities = written.cities.id.map((id, at) => {
    const columns = Object.entries(written.cities).map(([key, column]) => [key, column[at]]);
    const city = named(Object.fromEntries(columns));
    return { ...city, tier: written.tiers[city.tier], values: values[at],
      has: written.has[id], indicators: indicators[at] };
  });
  return { ...written, cities, unranked: written.unranked.map(named) };
}
