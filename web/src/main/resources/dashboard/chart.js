// Charts of days, as SVG: bars that stand on each other, or lines. Each can be read with the keyboard
// (arrow keys) and as a table.
import { el, show, svg } from "./dom.js";
import { day, longDay, short } from "./format.js";
import { table } from "./parts.js";
import { weekly } from "./weeks.js";

const HEIGHT = 220;
const MARGIN = { top: 12, right: 20, bottom: 26, left: 46 };
const GAP_SHARE = 0.28;
/** Rules above the axis, at most one more. */
const TICKS = 4;

/**
 * Series: [{name, tone, value(item)}], tones 1 to 6 stand in chart.css. `kind`: "bars" or "lines".
 * `merge`: how the days of a week become one where there are many: "sum" or "mean".
 */
export function chart({ title, items, series, kind = "bars", format = short, axis = format, merge = "sum" }) {
  const points = weekly(items.map((item) => ({ day: item.day, values: series.map((s) => s.value(item)) })), merge);
  const frame = el("div", { class: "chart" });
  const tip = el("div", { class: "tip", role: "status", "aria-live": "polite", hidden: true });
  const chosen = { index: null };
  const draw = () => {
    const width = Math.max(280, frame.clientWidth);
    const picture = paint({ title, points, series, kind, axis, width });
    interact(picture, points, series, format, width, tip, chosen);
    show(frame, picture, tip);
  };
  new ResizeObserver(draw).observe(frame);
  const rows = [...points].reverse();
  const columns = [{ title: points.weekly ? "Week of" : "Day", cell: (p) => longDay(p.day) },
    ...series.map((s, i) => ({ title: s.name, kind: "number", cell: (p) => (p.values[i] === null ? "–" : format(p.values[i])) }))];
  return el("div", {}, legend(series, kind), frame,
    el("details", { class: "data" }, el("summary", {}, "Show as a table"), table(title, columns, rows)));
}

function legend(series, kind) {
  return el("ul", { class: "legend" }, series.map((s) => el("li", {}, el("span", { class: `key ${kind} tone-${s.tone}`, "aria-hidden": "true" }), s.name)));
}

function paint({ title, points, series, kind, axis, width }) {
  const height = HEIGHT;
  const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
  const most = Math.max(0, ...points.map((p) => (kind === "bars" ? sum(p.values) : Math.max(...p.values.map(Number)))));
  const { tick, top } = scale(most, points.every((p) => p.values.every((v) => v === null || Number.isInteger(v))));
  const y = (value) => MARGIN.top + inner.height * (1 - value / top);
  const step = inner.width / Math.max(1, points.length);
  const x = (i) => MARGIN.left + step * i;
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, height, role: "img", tabindex: "0",
    "aria-label": `${title}. ${points.length} ${points.weekly ? "weeks" : "days"}. Arrow keys read the values.` });
  for (let value = 0; value <= top * 1.001; value += tick) {
    picture.append(svg("line", { class: value === 0 ? "axis" : "rule", x1: MARGIN.left, x2: width - MARGIN.right, y1: y(value), y2: y(value) }),
      svg("text", { class: "label", x: MARGIN.left - 8, y: y(value) + 4, "text-anchor": "end" }, axis(value)));
  }
  for (const i of labelled(points.length, Math.floor(inner.width / 76))) {
    picture.append(svg("text", { class: "label", x: x(i) + step / 2, y: height - 8, "text-anchor": "middle" }, day(points[i].day)));
  }
  picture.append(svg("rect", { class: "cursor", y: MARGIN.top, height: inner.height, width: step, visibility: "hidden" }));
  picture.append(kind === "bars" ? bars(points, series, x, y, step) : lines(points, series, x, y, step));
  return picture;
}

function bars(points, series, x, y, step) {
  const width = Math.max(1, Math.min(34, step * (1 - GAP_SHARE)));
  return svg("g", {}, points.map((p, i) => {
    let below = 0;
    return series.map((s, j) => {
      const value = p.values[j];
      const from = y(below);
      below += value;
      if (value <= 0) return null;
      const height = Math.max(1, from - y(below));
      const rounded = p.values.slice(j + 1).every((later) => later <= 0) ? Math.min(3, width / 2, height) : 0;
      return svg("path", { class: `fill tone-${s.tone}`, d: bar(x(i) + (step - width) / 2, from - height, width, height, rounded) });
    });
  }));
}

/** A bar whose upper corners are round. */
function bar(x, y, width, height, r) {
  return `M${x} ${y + height}V${y + r}Q${x} ${y} ${x + r} ${y}H${x + width - r}Q${x + width} ${y} ${x + width} ${y + r}V${y + height}Z`;
}

function lines(points, series, x, y, step) {
  return svg("g", {}, series.map((s, j) => {
    let path = "";
    let open = false;
    points.forEach((p, i) => {
      if (p.values[j] === null) {
        open = false;
        return;
      }
      path += `${open ? "L" : "M"}${x(i) + step / 2} ${y(p.values[j])}`;
      open = true;
    });
    const dots = points.map((p, i) => (p.values[j] === null || points.length > 62 ? null
      : svg("circle", { class: `dot tone-${s.tone}`, cx: x(i) + step / 2, cy: y(p.values[j]), r: 2.5 })));
    return [svg("path", { class: `stroke tone-${s.tone}`, d: path }), dots];
  }));
}

function interact(picture, points, series, format, width, tip, chosen) {
  const step = (width - MARGIN.left - MARGIN.right) / Math.max(1, points.length);
  const cursor = picture.querySelector(".cursor");
  const choose = (index) => {
    chosen.index = index;
    tip.hidden = index === null;
    cursor.setAttribute("visibility", index === null ? "hidden" : "visible");
    if (index === null) return;
    const left = MARGIN.left + step * index;
    cursor.setAttribute("x", left);
    show(tip, el("strong", {}, (points.weekly ? "Week of " : "") + longDay(points[index].day)),
      el("ul", {}, series.map((s, j) => el("li", {}, el("span", { class: `key tone-${s.tone}`, "aria-hidden": "true" }), s.name,
        el("b", {}, points[index].values[j] === null ? "–" : format(points[index].values[j]))))));
    const room = tip.offsetWidth + 12;
    tip.style.left = `${left + step + room > width ? Math.max(0, left - room) : left + step + 8}px`;
  };
  picture.addEventListener("pointermove", (event) => {
    const at = event.clientX - picture.getBoundingClientRect().left - MARGIN.left;
    const index = Math.floor(at / step);
    choose(index >= 0 && index < points.length ? index : null);
  });
  picture.addEventListener("pointerleave", () => choose(null));
  picture.addEventListener("blur", () => choose(null));
  picture.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Escape") choose(null);
    if (!move || points.length === 0) return;
    event.preventDefault();
    const from = chosen.index ?? (move > 0 ? -1 : points.length);
    choose(Math.min(points.length - 1, Math.max(0, from + move)));
  });
}

const sum = (values) => values.reduce((a, b) => a + Number(b), 0);

/** Round numbers for the axis: the distance of its rules and its upper end. */
function scale(most, integers) {
  const least = Math.max(most, integers ? 1 : 1e-6) / TICKS;
  const power = 10 ** Math.floor(Math.log10(least));
  const round = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= least * 0.999);
  const tick = integers ? Math.max(1, Math.ceil(round)) : round;
  return { tick, top: Math.max(1, Math.ceil((most / tick) * 0.999)) * tick };
}

/** Which of `count` places get a label, the last always among them. */
function labelled(count, room) {
  const every = Math.max(1, Math.ceil(count / Math.max(1, room)));
  return Array.from({ length: count }, (_, i) => count - 1 - i).filter((_, i) => i % every === 0);
}
