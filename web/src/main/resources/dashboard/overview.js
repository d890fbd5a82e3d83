// The first page: cards, charts, leaderboard.
import { chart } from "./chart.js";
import { el, show } from "./dom.js";
import { get, url } from "./api.js";
import { filter, filterBar, withParams } from "./filters.js";
import { money, oneDigit, percent, plural, roundMoney, short, whole } from "./format.js";
import { code, empty, panel, segments, share, table } from "./parts.js";
import { survivalPanel } from "./survival.js";

/** Models that get a colour of their own; the rest stand together. */
const MOST_MODELS = 5;

export function overview(root, go) {
  const body = el("div", { class: "stack" });
  show(root, el("h1", { class: "hidden" }, "Overview"), filterBar(go), body);
  let shown = "";
  return async () => {
    const query = filter();
    const always = { repository: query.repository, user: query.user }; // months of all time: the days of most have to pass first
    const by = new URLSearchParams(location.search).get("by") ?? "pull-requests";
    const [summary, adoption, daily, perUser, spend, leaders, survival] = await Promise.all([
      get("/api/v1/summary", query),
      get("/api/v1/adoption", query),
      get("/api/v1/pull-requests-daily", query),
      get("/api/v1/pull-requests-per-user", query),
      get("/api/v1/spend", query),
      get("/api/v1/leaderboard", { ...query, by }),
      get("/api/v1/survival", always),
    ]);
    const now = JSON.stringify([summary, adoption, daily, perUser, spend, leaders, survival]);
    if (now === shown) return;
    shown = now;
    if (summary.sessions === 0 && summary.pullRequests === 0) {
      show(body, await nothing(go));
      return;
    }
    show(body, cards(summary), el("div", { class: "grid" },
      adoptionPanel(adoption.items), pullRequestPanel(daily.items, summary),
      perUserPanel(perUser.items), spendPanel(spend.items), survivalPanel(survival, always), leaderboard(leaders.items, by, query, go)));
  };
}

/** How many pull requests have no verdict, and are in no other figure. */
const undecided = (s) => (s.undecided > 0 ? ` · ${whole(s.undecided)} undecided` : "");

function cards(s) {
  const card = (title, value, note, part) => {
    const node = el("div", { class: "card" }, el("h2", {}, title), el("p", { class: "big" }, value), el("p", { class: "note" }, note));
    if (part !== undefined) node.append(meter(part));
    return node;
  };
  const estimated = s.linesAcceptedEstimated > 0 ? `${whole(s.linesAcceptedEstimated)} of them estimated from counters` : "in edits that were accepted";
  const tokens = s.tokens.input + s.tokens.output + s.tokens.cacheRead + s.tokens.cacheCreation;
  return el("div", { class: "cards" },
    card("Pull requests with Claude Code", percent(s.pullRequestsShare), `${whole(s.pullRequestsWithClaudeCode)} of ${whole(s.pullRequests)} merged${undecided(s)}`, s.pullRequestsShare),
    card("Lines with Claude Code", percent(s.linesShare), `${whole(s.linesWithClaudeCode)} of ${whole(s.lines)} effective lines`, s.linesShare),
    card("Accept rate", percent(s.acceptRate), byPeople(s), s.acceptRate),
    card("Lines accepted", short(s.linesAccepted), estimated),
    card("Users", whole(s.users), "with activity in these days"),
    card("Sessions", whole(s.sessions), s.users > 0 ? `${oneDigit(s.sessions / s.users)} for each user` : ""),
    card("Spend, estimated", money(s.spendUsd), `${short(tokens)} tokens, at list prices`));
}

// Transcripts of older clients tell who refused, but not who accepted.
function byPeople(s) {
  const decisions = whole(s.acceptedByUser + s.rejectedByUser);
  if (s.acceptRateByUser !== null) return `${percent(s.acceptRateByUser)} of people's ${decisions} decisions`;
  return s.rejectedByUser ? `${whole(s.rejectedByUser)} refused by people; who accepted is not told` : "no decisions by people";
}

function meter(part) {
  const node = el("div", { class: "meter", "aria-hidden": "true" });
  node.style.setProperty("--share", part ?? 0);
  return node;
}

const adoptionPanel = (items) => panel("Adoption", { note: "People and sessions active on each day" },
  chart({ title: "Adoption", items, kind: "lines", merge: "mean", series: [
    { name: "Users", tone: 1, value: (d) => d.users },
    { name: "Sessions", tone: 2, value: (d) => d.sessions }] }));

function pullRequestPanel(items, summary) {
  const holder = el("div", {});
  const some = summary.undecided > 0 ? [{ name: "Undecided", tone: 5, value: (d) => d.undecided }] : [];
  const choose = (unit) => show(holder, panel("Pull requests", {
    note: summary.pullRequests === 0 ? "No merged pull request was found in these days" : `Merged, with and without Claude Code${unit === "lines" ? undecided(summary) : ""}`,
    actions: segments("Unit", [["pulls", "Pull requests"], ["lines", "Lines"]], unit, choose),
  }, summary.pullRequests === 0 && summary.sessions > 0 ? noPulls() : chart({ title: unit === "lines" ? "Lines of merged pull requests" : "Merged pull requests", items, series: [
    { name: "With Claude Code", tone: 1, value: (d) => (unit === "lines" ? d.linesWithClaudeCode : d.pullRequestsWithClaudeCode) },
    { name: "Without", tone: 0, value: (d) => (unit === "lines" ? d.linesWithoutClaudeCode : d.pullRequestsWithoutClaudeCode) },
    ...(unit === "lines" ? [] : some)] })));
  choose("pulls");
  return holder;
}

const perUserPanel = (items) => panel("Pull requests per user", { note: "Merged pull requests for each active user" },
  chart({ title: "Pull requests per user", items, kind: "lines", merge: "mean", series: [
    { name: "Pull requests per user", tone: 3, value: (d) => d.ratio }] }));

function spendPanel(items) {
  const totals = new Map();
  for (const m of items.flatMap((d) => d.models)) totals.set(m.model, (totals.get(m.model) ?? 0) + m.costUsd);
  const models = [...totals].sort((a, b) => b[1] - a[1]).map(([model]) => model);
  const named = models.slice(0, MOST_MODELS);
  const cost = (d, pick) => d.models.filter((m) => pick(m.model)).reduce((sum, m) => sum + m.costUsd, 0);
  const series = named.map((model, i) => ({ name: model, tone: i + 1, value: (d) => cost(d, (m) => m === model) }));
  if (models.length > MOST_MODELS) series.push({ name: "Other models", tone: 0, value: (d) => cost(d, (m) => !named.includes(m)) });
  return panel("Spend", { note: "Estimated at list prices, by model", actions: download("spend", filter()) },
    series.length === 0 ? el("p", { class: "quiet-text" }, "No usage was reported in these days.") : chart({ title: "Spend", items, series, format: money, axis: roundMoney }));
}

const download = (name, query) => el("a", { class: "button", href: url(`/api/v1/export/${name}.csv`, query), download: true }, "Download CSV");

function leaderboard(items, by, query, go) {
  const lines = by === "lines";
  const most = Math.max(1, ...items.map((row) => (lines ? row.linesWithClaudeCode : row.pullRequestsWithClaudeCode)));
  const withClaude = (row) => (lines ? row.linesWithClaudeCode : row.pullRequestsWithClaudeCode);
  const decided = (row) => row.pullRequests - row.undecided;
  const all = (row) => (lines ? row.lines : row.pullRequests);
  const judged = (row) => (lines ? row.lines : decided(row));
  return panel("Leaderboard", {
    wide: true,
    note: "The ten first, with Claude Code against all",
    actions: [segments("Order by", [["pull-requests", "Pull requests"], ["lines", "Lines"]], by,
      (value) => go(withParams({ by: value === "lines" ? value : null }), { replace: true })), download("contributions", query)],
  }, items.length === 0 ? el("p", { class: "quiet-text" }, "Nobody has merged anything in these days.") : table("Leaderboard", [
    { title: "User", cell: (row) => row.user },
    { title: "", hide: "phone", kind: "bar", cell: (row) => share(withClaude(row) / most, "") },
    { title: "With Claude Code", kind: "number", cell: (row) => whole(withClaude(row)) },
    { title: lines ? "All lines" : "All pull requests", kind: "number", cell: (row) => whole(all(row)) + undecided(row) },
    { title: "Share", kind: "number", cell: (row) => percent(judged(row) ? withClaude(row) / judged(row) : null) },
  ], items));
}

const noPulls = () => el("div", { class: "quiet-text" },
  el("p", {}, "Sessions are here, but no merged pull request of the repositories that they worked in."),
  el("p", {}, "Name a checkout with ", code("--repository DIR"), ", and see ", code("./assay doctor"), " for what is looked at."));

/** Nothing in this range, or nothing at all. */
async function nothing(go) {
  const ever = await get("/api/v1/summary");
  if (ever.sessions > 0 || ever.pullRequests > 0) {
    return empty("Nothing in this selection",
      el("p", {}, `There are ${plural(ever.sessions, "session")} and ${plural(ever.pullRequests, "merged pull request")} outside of it.`),
      el("p", {}, el("button", { type: "button", class: "primary", onclick: () => go("/?range=all") }, "Show everything")));
  }
  return empty("Waiting for the first session",
    el("p", {}, "Assay has seen no session of Claude Code yet. Any of these will bring the first one:"),
    el("ol", {},
      el("li", {}, "Use Claude Code on this machine. ", code("./assay up"), " follows its transcripts by itself."),
      el("li", {}, "Point to sessions that lie elsewhere: ", code("./assay up --claude-home DIR"), "."),
      el("li", {}, "Let Claude Code send its own telemetry: set ", code("CLAUDE_CODE_ENABLE_TELEMETRY=1"), ", ",
        code("OTEL_LOGS_EXPORTER=otlp"), ", ", code("OTEL_METRICS_EXPORTER=otlp"), ", ", code("OTEL_EXPORTER_OTLP_PROTOCOL=grpc"), " and ",
        code("OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317"), ".")),
    el("p", {}, code("./assay doctor"), " says what is configured, what arrives and what is missing."));
}
