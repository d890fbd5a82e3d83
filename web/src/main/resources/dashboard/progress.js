// How far long work is, above every page, and whether anything has changed.
import { el, show } from "./dom.js";
import { get } from "./api.js";
import { bytes, whole } from "./format.js";

const BUSY_MILLIS = 2_000;
const IDLE_MILLIS = 5_000;
/** A page is loaded again after this long even where nothing seems to have changed: days pass. */
const STALE_MILLIS = 60_000;
/** Loading a page again may take this share of the time, so that a look costs a busy server little. */
const LOAD_SHARE = 0.1;

/** Asks again and again; calls `changed` (and waits for it) when the figures may be different. */
export function follow(node, changed) {
  let seen = null;
  let since = Date.now();
  const ask = async () => {
    let busy = false;
    let pause = 0;
    const started = performance.now();
    if (!document.hidden) {
      try {
        const progress = await get("/api/v1/progress");
        busy = progress.busy;
        draw(node, progress);
        const now = JSON.stringify([progress.tasks, progress.store.facts, progress.store.indexRebuilding]);
        if ((seen !== null && seen !== now) || Date.now() - since > STALE_MILLIS) {
          since = Date.now();
          await changed();
          pause = (performance.now() - started) / LOAD_SHARE;
        }
        seen = now;
      } catch {
        lost(node);
        seen = "lost";
      }
    }
    setTimeout(ask, Math.max(pause, busy ? BUSY_MILLIS : IDLE_MILLIS));
  };
  ask();
}

function draw(node, progress) {
  const shown = progress.tasks.filter((task) => task.state === "RUNNING" || task.state === "FAILED");
  const rows = shown.map(row);
  if (progress.store.indexRebuilding && !shown.some((task) => task.name === "index")) rows.push(note("The line index is being rebuilt; attribution waits for it."));
  if (!progress.store.ready) rows.push(note("The store accepts nothing at the moment: " + progress.store.failure));
  node.hidden = rows.length === 0;
  show(node, rows);
}

function row(task) {
  const amount = task.unit === "bytes" ? bytes : whole;
  const known = task.total > 0;
  const count = known ? `${amount(task.done)} of ${amount(task.total)}` : amount(task.done);
  const suffix = task.unit === "bytes" ? "" : " " + task.unit;
  const failed = task.state === "FAILED";
  return el("div", { class: failed ? "task failed" : "task" },
    el("span", { class: "task-label" }, task.label),
    failed ? null : el("progress", { max: known ? task.total : null, value: known ? task.done : null, "aria-label": task.label }),
    el("span", { class: "task-count" }, failed ? "failed" : count + suffix),
    task.detail && el("span", { class: "task-detail" }, task.detail));
}

const note = (text) => el("div", { class: "task failed" }, el("span", { class: "task-label" }, text));

function lost(node) {
  node.hidden = false;
  show(node, note("The server does not answer. What you see is what it said last."));
}
