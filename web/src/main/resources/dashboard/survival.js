// How many of a month's lines still stand: two bars for each month, Claude Code's and the others.
import { url } from "./api.js";
import { el, show, svg } from "./dom.js";
import { percent, plural, whole } from "./format.js";
import { panel, segments, table } from "./parts.js";

const DAYS = [7, 30, 90];
const HEIGHT = 200;
const MARGIN = { top: 14, right: 12, bottom: 26, left: 46 };
const MOST_BAR = 34;
/** Months that are drawn; the table has all. */
const MOST_MONTHS = 24;
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });

export function survivalPanel(survival, query) {
  const holder = el("div", { class: "wide" });
  const choose = (days) => show(holder, panel("Survival", {
    wide: true,
    note: `Lines of merged pull requests, of all time, that stand unchanged in the default branch ${days} days later`,
    actions: [segments("After", DAYS.map((n) => [n, `${n} days`]), days, choose),
      el("a", { class: "button", href: url("/api/v1/export/survival.csv", query), download: true }, "Download CSV")],
  }, body(survival, days)));
  choose(30);
  return holder;
}

function body(survival, days) {
  const months = survival.items.map((item) => ({ ...item, ...item.horizons.find((h) => h.days === days) }));
  if (!months.some((m) => m.claude)) {
    return el("p", { class: "quiet-text" }, `No merge was ${days} days ago and could be counted yet.`);
  }
  const frame = el("div", { class: "chart" });
  new ResizeObserver(() => show(frame, paint(months.slice(-MOST_MONTHS), days, Math.max(280, frame.clientWidth)))).observe(frame);
  return [legend(), frame, unknown(survival.unknown.filter((u) => u.days === days)),
    el("details", { class: "data" }, el("summary", {}, "Show as a table"), rows(months))];
}

const legend = () => el("ul", { class: "legend" }, [["Claude Code", 1], ["Other lines", 0]].map(([name, tone]) =>
  el("li", {}, el("span", { class: `key tone-${tone}`, "aria-hidden": "true" }), name)),
  el("li", {}, el("span", { class: "key open", "aria-hidden": "true" }), "May still change"));

function paint(months, days, width) {
  const inner = { width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const y = (share) => MARGIN.top + inner.height * (1 - share);
  const step = inner.width / months.length;
  const bar = Math.min(MOST_BAR, step * 0.36);
  const said = months.map((m) => `${name(m)}: ${m.claude ? `Claude Code ${percent(m.claude.share)}, others ${percent(m.other.share)}` : "not yet"}`);
  const picture = svg("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, height: HEIGHT, role: "img", "aria-label": `Standing after ${days} days. ${said.join(". ")}.` });
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    picture.append(svg("line", { class: share === 0 ? "axis" : "rule", x1: MARGIN.left, x2: width - MARGIN.right, y1: y(share), y2: y(share) }),
      svg("text", { class: "label", x: MARGIN.left - 8, y: y(share) + 4, "text-anchor": "end" }, percent(share)));
  }
  const every = Math.max(1, Math.ceil(months.length / Math.max(1, Math.floor(inner.width / 70))));
  months.forEach((m, i) => {
    const middle = MARGIN.left + step * (i + 0.5);
    if ((months.length - 1 - i) % every === 0) {
      picture.append(svg("text", { class: "label", x: middle, y: HEIGHT - 8, "text-anchor": "middle" }, name(m)));
    }
    [[m.claude, 1, -bar - 1], [m.other, 0, 1]].forEach(([count, tone, offset]) => {
      if (!count || count.share === null) return;
      picture.append(svg("rect", { class: `fill tone-${tone}${settled(m) ? "" : " open"}`, x: middle + offset, y: y(count.share),
        width: bar, height: Math.max(1, inner.height * count.share), rx: 2 }));
    });
  });
  return picture;
}

const settled = (m) => m.complete && !m.provisional;
const name = (m) => MONTH.format(new Date(m.month + "-01"));

function rows(months) {
  const standing = (count) => (count ? `${percent(count.share)} (${whole(count.standing)} / ${whole(count.lines)})` : "–");
  return table("Survival", [
    { title: "Month", cell: name },
    { title: "Claude Code", kind: "number", cell: (m) => standing(m.claude) },
    { title: "Other lines", kind: "number", cell: (m) => standing(m.other) },
    { title: "Pull requests", kind: "number", hide: "phone", cell: (m) => `${whole(m.counted)} / ${whole(m.pullRequests)}` },
    { title: "State", hide: "phone", cell: (m) => (settled(m) ? "Final" : m.claude ? "May still change" : "Not yet") },
  ], [...months].reverse());
}

const unknown = (items) => items.length > 0 && el("p", { class: "quiet-text" }, items.map((u) => `${name(u)}: ${plural(u.pullRequests, "pull request")} not counted (${u.reason}). `));
