// Numbers, money and dates as people read them. What is not known is a dash, never a zero.

const WHOLE = new Intl.NumberFormat("en-US");
const SHORT = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
const MONEY = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const LONG_DAY = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const TIME = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const AGO = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

export const NONE = "–";

export const whole = (n) => (n === null || n === undefined ? NONE : WHOLE.format(n));
export const short = (n) => (Math.abs(n) < 10_000 ? WHOLE.format(Math.round(n * 100) / 100) : SHORT.format(n));
export const oneDigit = (n) => WHOLE.format(Math.round(n * 10) / 10);
export const money = (n) => (n === null || n === undefined ? NONE : MONEY.format(n));

/** For an axis: without cents where there are none. */
export const roundMoney = (n) => (Number.isInteger(n) ? "$" + short(n) : money(n));

/** A share between 0 and 1. Neither 0% nor 100% unless it is exactly that. */
export function percent(share) {
  if (share === null || share === undefined) return NONE;
  if (share > 0 && share < 0.01) return "<1%";
  if (share < 1 && share > 0.99) return ">99%";
  return Math.round(share * 100) + "%";
}

export const day = (iso) => DAY.format(new Date(iso));
export const longDay = (iso) => LONG_DAY.format(new Date(iso));
export const time = (iso) => (iso ? TIME.format(new Date(iso)) : NONE);

const SHORT_TIME = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
export const shortTime = (iso) => (iso ? SHORT_TIME.format(new Date(iso)) : NONE);

export function ago(iso, now = Date.now()) {
  if (!iso) return NONE;
  const seconds = (new Date(iso).getTime() - now) / 1000;
  for (const [unit, length] of [["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3_600], ["minute", 60]]) {
    if (Math.abs(seconds) >= length) return AGO.format(Math.round(seconds / length), unit);
  }
  return "just now";
}

export function bytes(n) {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let power = 0;
  while (n >= 1000 && power < units.length - 1) {
    n /= 1000;
    power++;
  }
  return (power === 0 ? n : n.toFixed(1)) + " " + units[power];
}

export const plural = (n, one, many = one + "s") => whole(n) + " " + (n === 1 ? one : many);

/** The last part of a repository's name and its owner: the host is noise where all have the same. */
export const repository = (name) => (name.startsWith("local/") ? "local/" + name.slice(6, 14) : name.replace(/^[^/]+\//, ""));
