// One pull request: what is Claude Code's, and how that is known.
import { el, show } from "./dom.js";
import { get } from "./api.js";
import { fileDiff } from "./diff.js";
import { keepFilter } from "./filters.js";
import { day, percent, plural, shortTime, time, whole } from "./format.js";
import { name } from "./pulls.js";
import { panel, path, stateBadge, table } from "./parts.js";
import { reason, STRATEGIES } from "./reasons.js";

/** Files that are open at first. */
const OPEN_FILES = 8;

export function pull(root, go, id) {
  let shown = "";
  return async () => {
    const pr = await get("/api/v1/pull-requests/" + encodeURIComponent(id));
    const now = JSON.stringify(pr);
    if (now === shown) return;
    shown = now;
    document.title = `${pr.title} · Assay`;
    const edits = new Map(pr.edits.map((edit) => [edit.id, edit]));
    show(root,
      el("p", { class: "crumbs" }, el("a", { href: keepFilter("/pull-requests"), "data-nav": true }, "Pull requests"), " / ", name(pr)),
      head(pr), figures(pr), evidencePanel(pr),
      pr.textUnavailable && el("p", { class: "notice" }, pr.textUnavailable),
      pr.cut && el("p", { class: "notice" }, "This change is too long to be shown whole; all of its verdicts are in the CSV of lines."),
      el("section", { class: "files", "aria-label": "Files" }, pr.files.map((file, i) => fileDiff(file, edits, i < OPEN_FILES))));
  };
}

function head(pr) {
  return el("div", { class: "pull-head" }, el("h1", {}, pr.title),
    el("p", { class: "note" }, stateBadge(pr.state), ` ${name(pr)} · `, pr.author && `${pr.author} · `, `merged ${day(pr.mergedAt)}`,
      pr.url && [" · ", el("a", { href: pr.url, rel: "noreferrer", target: "_blank" }, "on the forge")]),
    pr.state === "undecided" && el("p", { class: "notice" }, `Undecided: ${pr.undecidedReason}`),
    pr.state === null && el("p", { class: "notice" }, "This change was not attributed yet."),
    pr.state === "provisional" && el("p", { class: "quiet-text" }, "Provisional: sessions that are reported late may still change it."));
}

function figures(pr) {
  const card = (title, value, note) => el("div", { class: "card" }, el("h2", {}, title), el("p", { class: "big" }, value), el("p", { class: "note" }, note));
  const strategies = Object.entries(pr.strategies).map(([strategy, n]) => `${whole(n)} ${strategy}`).join(" · ");
  const decided = pr.state === "final" || pr.state === "provisional";
  return el("div", { class: "cards four" },
    card("Lines with Claude Code", decided ? percent(pr.linesShare) : "–", decided ? `${whole(pr.linesWithClaudeCode)} of ${whole(pr.lines)} effective lines` : "no verdict"),
    card("How they were recognised", plural(Object.keys(pr.strategies).length, "strategy", "strategies"), strategies || "none"),
    card("Sessions", whole(pr.sessions), "vouched for by " + plural(pr.edits.length, "edit")),
    card("Judged", pr.decidedAt ? time(pr.decidedAt).replace(/,.*/, "") : "–", pr.decidedAt ? `rules version ${pr.rulesVersion}` : "not yet"));
}

function evidencePanel(pr) {
  const why = Object.entries(pr.reasons).sort((a, b) => b[1] - a[1]);
  return el("div", { class: "grid" },
    pr.edits.length > 0 && panel("Evidence", { note: "Edits by Claude Code that vouch for lines", wide: why.length === 0 }, table("Edits that vouch for lines", [
      { title: "When", cell: (edit) => el("span", { class: "nowrap" }, shortTime(edit.time)) },
      { title: "File", cell: (edit) => (edit.path ? path(edit.path) : "–") },
      { title: "By", hide: "phone", cell: (edit) => edit.user ?? "–" },
      { title: "Session", hide: "phone", cell: (edit) => el("code", { title: edit.session }, edit.session.slice(0, 8)) },
      { title: "Lines", kind: "number", cell: (edit) => whole(edit.lines) },
    ], pr.edits)),
    why.length > 0 && panel("Lines that are not attributed", { note: "Effective lines, by reason", wide: pr.edits.length === 0 }, table("Lines that are not attributed", [
      { title: "Reason", cell: ([word]) => sentence(reason(word)) },
      { title: "Lines", kind: "number", cell: ([, n]) => whole(n) },
    ], why)),
    legend(pr));
}

function legend(pr) {
  const used = Object.keys(STRATEGIES).filter((strategy) => pr.strategies[strategy]);
  return used.length > 0 && el("dl", { class: "strategies wide" }, used.map((strategy) =>
    el("div", {}, el("dt", {}, el("span", { class: "verdict " + strategy }, strategy)), el("dd", {}, STRATEGIES[strategy]))));
}

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);
