// The list of merged pull requests.
import { el, show } from "./dom.js";
import { get, url } from "./api.js";
import { filter, filterBar, keepFilter, withParams } from "./filters.js";
import { day, percent, repository, whole } from "./format.js";
import { code, empty, panel, segments, share, stateBadge, table } from "./parts.js";

export function pulls(root, go) {
  const body = el("div", { class: "stack" });
  show(root, el("h1", {}, "Pull requests"), filterBar(go), body);
  let pages = 1;
  let shown = "";
  const load = async () => {
    const kind = new URLSearchParams(location.search).get("kind");
    const query = { ...filter(), kind };
    const items = [];
    let next = null;
    for (let page = 0; page < pages && (page === 0 || next); page++) {
      const answer = await get("/api/v1/pull-requests", { ...query, after: next });
      items.push(...answer.items);
      next = answer.next;
    }
    const now = JSON.stringify([items, next]);
    if (now === shown) return;
    shown = now;
    show(body, panel("Merged", {
      wide: true,
      note: "Newest first",
      actions: [
        segments("Kind", [["pulls", "Pull requests"], ["all", "With other commits"]], kind === "all" ? "all" : "pulls",
          (value) => go(withParams({ kind: value === "all" ? "all" : null }), { replace: true })),
        el("a", { class: "button", href: url("/api/v1/export/lines.csv", filter()), download: true }, "Lines as CSV"),
      ],
    }, items.length === 0 ? none() : list(items), next && el("p", { class: "more" },
      el("button", { type: "button", onclick: () => { pages++; return load(); } }, "Show more"))));
  };
  return load;
}

function list(items) {
  return table("Merged pull requests", [
    { title: "Pull request", cell: (pr) => el("a", { class: "pull-link", "data-nav": true, href: keepFilter("/pull-requests/" + pr.id) },
      el("span", { class: "pull-title" }, pr.title), el("span", { class: "pull-key" }, name(pr), el("span", { class: "only-phone" }, ` · ${day(pr.mergedAt)}`))) },
    { title: "Author", hide: "phone", cell: (pr) => pr.author ?? "–" },
    { title: "Merged", hide: "phone", cell: (pr) => day(pr.mergedAt) },
    { title: "With Claude Code", cell: (pr) => (pr.state === null || pr.state === "undecided" ? "–" : share(pr.linesShare ?? 0, percent(pr.linesShare))) },
    { title: "Lines", kind: "number", hide: "phone", cell: (pr) => (pr.state === null || pr.state === "undecided" ? "–" : `${whole(pr.linesWithClaudeCode)} / ${whole(pr.lines)}`) },
    { title: "Verdict", cell: (pr) => stateBadge(pr.state) },
  ], items);
}

export const name = (pr) => (pr.number === null ? `${repository(pr.repository)} @ ${pr.mergeCommit.slice(0, 8)}` : `${repository(pr.repository)} #${pr.number}`);

const none = () => empty("No merged pull request in this selection",
  el("p", {}, "Assay looks at the repositories that sessions worked in, and at those named with ", code("--repository DIR"), "."),
  el("p", {}, "Pull requests are found by the number in the merge commit's title. Rebase merges carry none: see ", code("./assay doctor"), "."));
