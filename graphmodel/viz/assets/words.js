/** What the figures of an alliance say, in words. */

/** A number between 0 and 1 as statisticians write it: .002, .05, .64, 1. */
export const chance = (number) => String(Number(number.toFixed(number < 0.1 ? 3 : 2))).replace(/^0\./, ".");

/** Its spaces do not break. */
const isChance = (name, number) =>
  (number < 0.0005 ? `${name} < .001` : `${name} = ${chance(number)}`).replaceAll(" ", "\u00a0");

const VERDICTS = { "+": "more than chance", 0: "as chance would have it", "-": "less than chance" };

/** Whether two share more than chance would have it; nothing where it was not tested. */
export const verdict = ({ sign }) => VERDICTS[sign];

/** In full, as in "4 shared, 0.6 expected: more than chance, q = .002"; nothing where it was not tested. */
export function significance({ shared, expected, p_less, q, sign }) {
  if (!VERDICTS[sign]) return undefined;
  const counts = [`${shared} shared`];
  if (expected !== undefined) counts.push(`${expectation(expected)} expected`);
  const [name, number] = sign === "-" && p_less !== undefined ? ["p", p_less] : ["q", q];
  const told = [VERDICTS[sign], ...(number === undefined ? [] : [isChance(name, number)])];
  return `${counts.join(", ")}: ${told.join(", ")}`;
}

const expectation = (number) =>
  number < 0.05 ? "almost none" : number.toLocaleString("en", { maximumFractionDigits: number < 10 ? 1 : 0 });

const STATUSES = {
  active: "active",
  planned: "planned, not yet begun",
  "presumed ended": "presumed ended, as no end is known",
  ended: "ended",
};

/** Whether it goes on, and on which day if that is known. */
export function statusWords(status, day) {
  if (status === undefined) return undefined;
  const told = STATUSES[status] ?? status;
  return day === undefined ? told : `${told} (as of ${day})`;
}

/** A year, or the first and the last of some. */
export const years = (first, last) =>
  first === last ? `${first ?? ""}` : `${first ?? ""}–${last ?? ""}`;
