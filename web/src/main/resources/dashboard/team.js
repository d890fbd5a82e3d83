// Everyone who ever appeared, with one month's figures.
import { el, show } from "./dom.js";
import { get } from "./api.js";
import { withParams } from "./filters.js";
import { ago, money, whole } from "./format.js";
import { empty, panel, table } from "./parts.js";

export function team(root, go) {
  const body = el("div", { class: "stack" });
  show(root, el("h1", {}, "Team"), body);
  let shown = "";
  return async () => {
    const month = new URLSearchParams(location.search).get("month");
    const answer = await get("/api/v1/team", { month });
    const now = JSON.stringify(answer);
    if (now === shown) return;
    shown = now;
    const total = answer.items.reduce((sum, member) => sum + member.spendUsd, 0);
    const picker = el("label", { class: "field" }, el("span", {}, "Month"),
      el("input", { type: "month", value: answer.month, onchange: (e) => go(withParams({ month: e.target.value })) }));
    show(body, answer.items.length === 0
      ? empty("Nobody has appeared yet", el("p", {}, "Members are everyone whose sessions were reported. They appear here with the first one."))
      : panel("Members", { wide: true, note: `${whole(answer.items.length)} people · ${money(total)} estimated in ${answer.month}`, actions: picker }, members(answer.items)));
  };
}

function members(items) {
  const rows = [...items].sort((a, b) => b.spendUsd - a.spendUsd || b.linesAccepted - a.linesAccepted || a.user.localeCompare(b.user));
  return table("Members", [
    { title: "Member", cell: (m) => m.user },
    { title: "Last active", cell: (m) => ago(m.lastActive) },
    { title: "Lines accepted", kind: "number", cell: (m) => whole(m.linesAccepted) },
    { title: "Spend, estimated", kind: "number", cell: (m) => money(m.spendUsd) },
  ], rows);
}
