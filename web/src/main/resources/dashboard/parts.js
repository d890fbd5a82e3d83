// What several pages show alike.
import { el } from "./dom.js";
import { percent } from "./format.js";

/** A titled part of a page. */
export function panel(title, { note, actions, wide } = {}, ...body) {
  return el("section", { class: wide ? "panel wide" : "panel", "aria-label": title },
    el("div", { class: "panel-head" },
      el("div", {}, el("h2", {}, title), note && el("p", { class: "note" }, note)),
      actions && el("div", { class: "actions" }, actions)),
    body);
}

/** Buttons of which one is pressed. */
export function segments(label, choices, chosen, choose) {
  return el("div", { class: "segments", role: "group", "aria-label": label },
    choices.map(([value, text]) =>
      el("button", { type: "button", "aria-pressed": String(value === chosen), onclick: () => choose(value) }, text)));
}

/**
 * A real table. Columns: {title, cell(row), kind: "number" or "text", hide: "phone"}.
 */
export function table(caption, columns, rows) {
  const kind = (column) => [column.kind, column.hide && "hide-" + column.hide].filter(Boolean).join(" ") || null;
  return el("div", { class: "table-scroll", role: "region", "aria-label": caption, tabindex: "0" },
    el("table", {},
      el("caption", { class: "hidden" }, caption),
      el("thead", {}, el("tr", {}, columns.map((c) => el("th", { scope: "col", class: kind(c) }, c.title)))),
      el("tbody", {}, rows.map((row) => el("tr", {}, columns.map((c, i) =>
        el(i === 0 ? "th" : "td", { scope: i === 0 ? "row" : null, class: kind(c) }, c.cell(row))))))));
}

/** A share as a bar with its number: the bar alone would tell nothing to those who cannot see it. */
export function share(part, text) {
  const bar = el("span", { class: "share-bar", "aria-hidden": "true" });
  bar.style.setProperty("--share", part ?? 0);
  return el("span", { class: "share" }, bar, el("span", {}, text ?? percent(part)));
}

const STATES = {
  provisional: ["Provisional", "Late telemetry may still change it."],
  final: ["Final", "Its window has closed."],
  undecided: ["Undecided", "Something was missing."],
  none: ["Waiting", "It was not attributed yet."],
};

export function stateBadge(state) {
  const [label, title] = STATES[state ?? "none"];
  return el("span", { class: "badge state-" + (state ?? "none"), title }, label);
}

/** What to do where there is nothing to show. */
export function empty(title, ...body) {
  return el("div", { class: "empty" }, el("h2", {}, title), body);
}

export function failure(error) {
  return el("div", { class: "empty failure", role: "alert" },
    el("h2", {}, error.status === 404 ? "There is no such page" : "This could not be loaded"),
    el("p", {}, error.message));
}

/** A path that a browser breaks after its slashes. */
export const path = (text) => el("span", { class: "path" }, text.split(/(?<=\/)/).flatMap((part, i) => (i === 0 ? [part] : [el("wbr"), part])));

export const code = (text) => el("code", {}, text);
