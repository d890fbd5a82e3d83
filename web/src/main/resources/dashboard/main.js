// Finds the page for the address, shows it, and shows it again when the figures change.
import { el, show } from "./dom.js";
import { keepFilter } from "./filters.js";
import { failure } from "./parts.js";
import { follow } from "./progress.js";
import { coverage } from "./coverage.js";
import { overview } from "./overview.js";
import { pull } from "./pull.js";
import { pulls } from "./pulls.js";
import { team } from "./team.js";

/** A page builds its frame once and gives back a function that loads its figures (again). */
const PAGES = [
  [/^\/$/, "Overview", overview],
  [/^\/pull-requests$/, "Pull requests", pulls],
  [/^\/pull-requests\/([^/]+)$/, "Pull request", pull],
  [/^\/team$/, "Team", team],
  [/^\/coverage$/, "Coverage", coverage],
];

const main = document.getElementById("main");
let refresh = async () => {};

async function open(focus) {
  const found = PAGES.map(([pattern, title, page]) => ({ match: location.pathname.match(pattern), title, page })).find((p) => p.match);
  for (const link of document.querySelectorAll("nav a")) {
    const path = new URL(link.href).pathname;
    const here = path === location.pathname || (path !== "/" && location.pathname.startsWith(path + "/"));
    here ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    link.setAttribute("href", keepFilter(path));
  }
  document.title = (found ? found.title + " · " : "") + "Assay";
  const root = el("div", { class: "page" });
  show(main, root);
  if (focus) main.focus({ preventScroll: true });
  refresh = guarded(found ? found.page(root, go, found.match[1]) : async () => {
    throw Object.assign(new Error(`There is nothing at ${location.pathname}.`), { status: 404 });
  }, root);
  await refresh();
  document.body.dataset.ready = "true";
}

/** A load that fails says so in place of the page; the next one may succeed. */
function guarded(load, root) {
  return async () => {
    try {
      await load();
    } catch (error) {
      if (root.isConnected) show(root, failure(error));
    }
  };
}

function go(address, { replace = false } = {}) {
  const samePage = new URL(address, location.href).pathname === location.pathname;
  history[replace ? "replaceState" : "pushState"](null, "", address);
  delete document.body.dataset.ready;
  if (!samePage) scrollTo(0, 0);
  return open(!samePage);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-nav]");
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  go(link.getAttribute("href"));
});
addEventListener("popstate", () => open(true));

const theme = document.getElementById("theme");
function setTheme(name) {
  if (name) document.documentElement.dataset.theme = name;
  const dark = name ? name === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  theme.textContent = dark ? "☀" : "☾";
}
theme.addEventListener("click", () => {
  const dark = getComputedStyle(document.documentElement).getPropertyValue("color-scheme") === "dark"
    || (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  const name = dark ? "light" : "dark";
  localStorage.setItem("theme", name);
  setTheme(name);
});
setTheme(localStorage.getItem("theme"));

open(false);
follow(document.getElementById("progress"), () => refresh());
