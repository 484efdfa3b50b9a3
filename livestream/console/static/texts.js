/** What the page says, in the person's language: the catalogue comes with the page, numbers and dates from Intl. */

const catalogue = JSON.parse(document.getElementById("texts").textContent);
const language = document.documentElement.lang;
const plural = new Intl.PluralRules(language);
const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const moment = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" });
const tongues = new Intl.DisplayNames(language, { type: "language", fallback: "code" });
const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });

/** The text of a key, its `{places}` filled. */
export function t(key, values = {}) {
  const text = catalogue[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}

/** The text of a key for so many things: `key.one`, `key.other`, as the language's plural rules say. */
export function count(key, n, values = {}) {
  const form = `${key}.${plural.select(n)}`;
  return t(form in catalogue ? form : `${key}.other`, { n: whole.format(n), ...values });
}

/** The text of a name that comes from the channel, such as a kind of part: "call_to_action" → "Call to action". */
export function named(group, name) {
  return catalogue[`${group}.${name}`] ?? name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
}

export const number = (n) => whole.format(n);
export const compact = (n) => (n < 10_000 ? whole.format(n) : short.format(n));
export const share = (n) => percent.format(n);
export const timeOf = (unix) => time.format(unix * 1000);
export const momentOf = (unix) => moment.format(unix * 1000);

export const decimal = (n) => tenths.format(n);

/** "es-MX" → "Mexican Spanish"; a tag that is none shows as it is. */
export function tongue(tag) {
  try {
    return tongues.of(tag);
  } catch {
    return tag;
  }
}

/** 3725.9 → "1:02:05"; 65 → "1:05" */
export function clock(seconds, hours = true) {
  const all = Math.max(0, Math.floor(seconds));
  const two = (n) => String(n).padStart(2, "0");
  const rest = `${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
  return hours || all >= 3600 ? `${Math.floor(all / 3600)}:${rest}` : rest.replace(/^0/, "");
}
