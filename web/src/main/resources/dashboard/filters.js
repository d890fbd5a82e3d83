// Which part of the facts is shown. It stands in the URL, so that a view can be sent to somebody.
import { el, show } from "./dom.js";
import { get } from "./api.js";
import { repository } from "./format.js";

const RANGES = [["7", "7 days"], ["30", "30 days"], ["90", "90 days"], ["all", "All"]];
const DEFAULT_RANGE = "30";
const NAMES = ["range", "from", "to", "repository", "user"];

const params = () => new URLSearchParams(location.search);

const iso = (date) => date.toISOString().slice(0, 10);

/** The filter as the API takes it. */
export function filter() {
  const p = params();
  const query = { repository: p.get("repository"), user: p.get("user") };
  if (p.get("from") || p.get("to")) return { ...query, from: p.get("from"), to: p.get("to") };
  const range = p.get("range") ?? DEFAULT_RANGE;
  if (range === "all") return query;
  const days = Number(range) || Number(DEFAULT_RANGE);
  const from = new Date();
  from.setUTCDate(from.getUTCDate() - days + 1);
  return { ...query, from: iso(from), to: iso(new Date()) };
}

/** The same filter on another page. */
export function keepFilter(path) {
  const kept = [...params()].filter(([name]) => NAMES.includes(name));
  const text = new URLSearchParams(kept).toString();
  return text ? `${path}?${text}` : path;
}

/** The address of this page with some parameters different; null takes one away. */
export function withParams(changes) {
  const p = params();
  for (const [name, value] of Object.entries(changes)) value ? p.set(name, value) : p.delete(name);
  const text = p.toString();
  return text ? `${location.pathname}?${text}` : location.pathname;
}

/** The bar above a page; `changed` is called with the new address. */
export function filterBar(changed) {
  const p = params();
  const custom = p.get("from") || p.get("to");
  const range = custom ? "" : (p.get("range") ?? DEFAULT_RANGE);
  const set = (changes) => changed(withParams(changes));
  const presets = RANGES.map(([value, label]) =>
    el("button", { type: "button", "aria-pressed": String(value === range), onclick: () => set({ range: value, from: null, to: null }) }, label));
  const shown = filter();
  const date = (name, label) =>
    el("label", { class: "field" }, el("span", {}, label),
      el("input", { type: "date", name, value: shown[name], onchange: (e) => setDate(name, e.target.value) }));
  const setDate = (name, value) => set({ range: null, from: shown.from, to: shown.to, [name]: value });
  const choice = (name, label) =>
    el("label", { class: "field" }, el("span", {}, label),
      el("select", { name, onchange: (e) => set({ [name]: e.target.value }) }, ...options([], p.get(name), label)));
  const bar = el("form", { class: "filters", "aria-label": "Filters", onsubmit: (e) => e.preventDefault() },
    el("div", { class: "segments", role: "group", "aria-label": "Range of days" }, presets),
    date("from", "From"), date("to", "To"), choice("repository", "Repository"), choice("user", "User"));
  offer(bar, p);
  return bar;
}

async function offer(bar, p) {
  const [repositories, team] = await Promise.all([get("/api/v1/repositories"), get("/api/v1/team")]);
  const put = (name, values, label) => show(bar.elements[name], options(values, p.get(name), label));
  put("repository", repositories.items.map((name) => [name, repository(name)]), "Repository");
  put("user", team.items.map((member) => [member.user, member.user]), "User");
}

function options(values, chosen, label) {
  const all = values.some(([value]) => value === chosen) || !chosen ? values : [[chosen, chosen], ...values];
  const everything = label === "User" ? "Everyone" : "All";
  return [["", everything], ...all].map(([value, text]) => el("option", { value, selected: value === (chosen ?? "") }, text));
}
