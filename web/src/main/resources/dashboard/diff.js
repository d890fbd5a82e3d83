// One file's diff, with the verdict beside each added line.
import { el } from "./dom.js";
import { percent, plural, time, whole } from "./format.js";
import { reason, STRATEGIES } from "./reasons.js";

const SIGNS = { added: "+", removed: "−", context: " " };

/** @param edits Map of an edit's id to the edit */
export function fileDiff(file, edits, first) {
  const changed = `+${whole(file.added)} −${whole(file.removed)}`;
  const claimed = file.effective === 0 ? "no lines that count" : `${whole(file.linesWithClaudeCode)} of ${whole(file.effective)} lines with Claude Code`;
  return el("details", { class: "file", open: first },
    el("summary", {},
      el("span", { class: "file-path" }, file.oldPath ? `${file.oldPath} → ${file.path}` : file.path),
      el("span", { class: "file-count" }, changed), el("span", { class: file.linesWithClaudeCode > 0 ? "file-share with" : "file-share" }, claimed)),
    content(file, edits));
}

function content(file, edits) {
  if (file.binary) return el("p", { class: "quiet-text" }, "Not text: nothing to show.");
  if (file.rows.length === 0) return el("p", { class: "quiet-text" }, file.added + file.removed === 0 ? "Only its name or mode has changed." : "Too long to be shown here; the lines are in the CSV.");
  return el("div", { class: "diff-scroll", role: "region", "aria-label": "Diff of " + file.path, tabindex: "0" },
    el("table", { class: "diff" },
      el("caption", { class: "hidden" }, "Diff of " + file.path),
      el("thead", { class: "hidden" }, el("tr", {}, ["Old line", "New line", "Change", "Text", "Verdict"].map((t) => el("th", { scope: "col" }, t)))),
      el("tbody", {}, file.rows.map((row) => line(row, edits)))));
}

function line(row, edits) {
  if (row.kind === "gap") return el("tr", { class: "gap" }, el("td", { colspan: "5" }, `${plural(row.count, "unchanged line")}`));
  const kind = row.kind !== "added" ? row.kind : row.assisted ? "added with" : row.effective ? "added without" : "added trivial";
  const missing = row.text === undefined;
  const node = el("tr", { class: kind },
    el("td", { class: "no" }, row.oldLine ?? ""), el("td", { class: "no" }, row.line ?? ""), el("td", { class: "sign" }, SIGNS[row.kind]),
    el("td", { class: missing ? "text missing" : "text" }, missing ? `line ${row.line}` : row.text),
    el("td", { class: "why" }, row.kind === "added" && row.effective !== undefined && verdict(row, edits)));
  return node;
}

function verdict(row, edits) {
  const label = row.assisted ? row.strategy + (row.difference > 0 ? ` ${percent(row.difference)}` : "") : row.effective ? "not attributed" : "trivial";
  const tone = row.assisted ? "verdict " + row.strategy : row.effective ? "verdict other" : "verdict trivial";
  const button = el("button", { type: "button", class: tone, "aria-expanded": "false", "aria-label": `Line ${row.line}: ${label}. Show the evidence.` }, label);
  button.addEventListener("click", () => toggle(button, row, edits));
  return button;
}

/** Opens or closes the evidence below the line. */
function toggle(button, row, edits) {
  const line = button.closest("tr");
  const open = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!open));
  if (open) line.nextElementSibling.remove();
  else line.after(el("tr", { class: "evidence" }, el("td", { colspan: "5" }, evidence(row, edits))));
}

function evidence(row, edits) {
  if (!row.assisted) return el("p", {}, `Line ${row.line} is not attributed: ${reason(row.reason)}.`);
  const edit = edits.get(row.edit);
  const fact = (name, value) => value && [el("dt", {}, name), el("dd", {}, value)];
  return [
    el("p", {}, `Line ${row.line} is ${STRATEGIES[row.strategy] ?? row.strategy}.`),
    el("dl", {},
      fact("Differs by", row.difference > 0 ? (row.difference * 100).toFixed(1) + "% of the line" : "nothing that counts"),
      fact("Session", row.session), fact("Written by", edit?.user), fact("When", edit && time(edit.time)),
      fact("In", edit?.path), fact("Tool", edit?.tool), fact("Edit", row.edit)),
  ];
}
