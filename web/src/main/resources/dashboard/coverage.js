// How complete the data is, and what to do about what is missing.
import { el, show } from "./dom.js";
import { get } from "./api.js";
import { ago, time, whole } from "./format.js";
import { code, empty, panel, share, table } from "./parts.js";

export function coverage(root) {
  const body = el("div", { class: "stack" });
  show(root, el("h1", {}, "Coverage"), body);
  let shown = "";
  return async () => {
    const c = await get("/api/v1/coverage");
    const now = JSON.stringify(c);
    if (now === shown) return;
    shown = now;
    if (c.exporters.length === 0 && c.sessions === 0) {
      show(body, empty("Nothing has arrived yet", el("p", {}, "Agents and Claude Code itself appear here when they are first heard. ", code("./assay doctor"), " says what is missing.")));
      return;
    }
    show(body, gaps(c), repositories(c.repositories), exporters(c.exporters, c.missing), received(c.received));
  };
}

const sum = (byReason) => Object.values(byReason).reduce((a, b) => a + b, 0);
const reasons = (byReason) => Object.entries(byReason).map(([why, n]) => `${why}: ${whole(n)}`).join(", ");

function gaps(c) {
  const total = (name) => c.received.filter((r) => r.name.includes(name)).reduce((a, r) => a + r.value, 0);
  const requests = total("assay_otlp_requests");
  const records = total("assay_otlp_records");
  const rows = [
    ["Sessions with edits that have lines", c.sessions - c.sessionsWithoutEdits, c.sessions,
      "Sessions that only answered questions have none. Where Claude Code runs without the agent, its own telemetry carries no lines: install the agent."],
    ["Sessions with a known user", c.sessions - c.sessionsWithoutUser, c.sessions,
      "Set git's user.email in the checkout, or enduser.id in OTEL_RESOURCE_ATTRIBUTES."],
    ["Edits with a known repository", c.edits - c.editsWithoutRepository, c.edits,
      "Files outside a checkout, and checkouts that are gone, have none."],
    ["Edits with their lines", c.edits - c.editsWithoutLines, c.edits,
      "Lines of ignored files stay at home; Claude Code's own telemetry cuts them."],
    ["Reporters heard lately", c.exporters.length - c.missing.silentExporters, c.exporters.length,
      `Not heard for ${Math.round(c.missing.silentAfterSeconds / 86_400)} days: nobody works there, or the agent does not run. Ask assay doctor on that machine.`],
    ["Reporters whose clock is in step", c.exporters.length - c.missing.clocksAhead - c.missing.clocksBehindOrLate, c.exporters.length,
      "Edits count by their own time: one that is too early or too late for its merge vouches for nothing. After an outage records come late, and this passes by itself."],
    ["Requests accepted since the start", requests - sum(c.missing.refusedRequests), requests, reasons(c.missing.refusedRequests)],
    ["Records kept or not needed", records - sum(c.missing.rejectedRecords), records, reasons(c.missing.rejectedRecords)],
  ];
  return panel("Completeness", { wide: true, note: "What is missing here cannot be attributed" }, table("Completeness", [
    { title: "What", cell: ([what]) => what },
    { title: "Share", cell: ([, part, all]) => (all === 0 ? "–" : share(part / all)) },
    { title: "Count", kind: "number", cell: ([, part, all]) => `${whole(part)} / ${whole(all)}` },
    { title: "Why some are missing", hide: "phone", cell: ([, part, all, why]) => (part === all ? "–" : el("span", { class: "wrap" }, why)) },
  ], rows));
}

function repositories(items) {
  return panel("Repositories", { wide: true, note: "Where merged pull requests are looked for" }, items.length === 0
    ? el("p", { class: "quiet-text" }, "None is followed: no session worked in a checkout that is here. Name one with --repository DIR.")
    : table("Repositories", [
      { title: "Repository", cell: (r) => el("span", { class: "pull-link" }, el("span", { class: "pull-title" }, r.name ?? r.directory), r.name && el("span", { class: "pull-key" }, r.directory)) },
      { title: "Branch", hide: "phone", cell: (r) => r.branch ?? "–" },
      { title: "Pull requests", kind: "number", cell: (r) => whole(r.pullRequests) },
      { title: "Other commits", kind: "number", hide: "phone", cell: (r) => whole(r.changes - r.pullRequests) },
      { title: "State", cell: (r) => r.problem
        ? el("span", { class: "wrap" }, el("span", { class: "badge state-undecided" }, "Problem"), " " + r.problem)
        : el("span", { class: "badge state-final" }, r.shallow ? "Followed, history cut off" : "Followed") },
    ], items));
}

/** Requests by outcome, and what was left out of them. Ignored records are no fault: nobody needs them. */
function received(counts) {
  const of = (name) => counts.filter((c) => c.name.includes(name));
  const rows = [
    ...of("requests").map((c) => [`${c.labels.signal} over ${c.labels.protocol}`, c.labels.outcome === "accepted" ? "accepted" : "refused: " + c.labels.outcome, c.value, "requests"]),
    ...of("not_kept").map((c) => [c.labels.signal, `${c.labels.kind}: ${c.labels.reason}`, c.value, "records"]),
  ];
  return rows.length > 0 && panel("Received", { wide: true, note: "By OTLP, since the server's start" }, table("Received", [
    { title: "What", cell: ([what]) => what },
    { title: "Outcome", cell: ([, outcome]) => outcome },
    { title: "Count", kind: "number", cell: ([, , n, unit]) => `${whole(n)} ${unit}` },
  ], rows));
}

function clock(skewMillis, limitMillis) {
  if (Math.abs(skewMillis) <= limitMillis) return "in step";
  const off = `${whole(Math.round(Math.abs(skewMillis) / 1000))} s`;
  return skewMillis < 0 ? off + " ahead" : off + " behind, or late";
}

function exporters(items, missing) {
  const old = (e) => Date.now() - new Date(e.lastHeard).getTime() > missing.silentAfterSeconds * 1000;
  return panel("Who reports", { wide: true, note: "Agents, and Claude Code's own telemetry" }, table("Who reports", [
    { title: "Service", cell: (e) => e.serviceName },
    { title: "Machine", cell: (e) => e.host ?? "–" },
    { title: "Version", hide: "phone", cell: (e) => e.version ?? "–" },
    { title: "Last heard", cell: (e) => el("span", { class: old(e) ? "badge state-undecided" : "badge state-final", title: time(e.lastHeard) }, ago(e.lastHeard)) },
    { title: "Clock", hide: "phone", cell: (e) => clock(e.clockSkewMillis, missing.clockSkewLimitMillis) },
  ], items));
}
