// The page: which view is shown, in which language.

import { el, say } from "./dom.js";
import { get, identify, takeToken } from "./ask.js";
import { language, setLanguage, t } from "./words.js";
import { nameView } from "./name.js";
import { pairView } from "./pair.js";
import { textView } from "./text.js";
import { listView } from "./list.js";
import { personView } from "./person.js";

const views = { name: nameView, pair: pairView, text: textView, list: listView, person: personView };
const main = document.getElementById("view");
let shown = "";

function place() {
  const [, view, rest] = /^#\/(\w+)\/?(.*)$/.exec(location.hash) ?? [];
  return [views[view] ? view : "name", decodeURIComponent(rest ?? "")];
}

function show() {
  const [view, rest] = place();
  document.title = `${t(view)} · nasab`;
  for (const link of document.querySelectorAll("#views a")) {
    if (link.hash === `#/${view}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  main.replaceChildren(el("h1", {}, t(view)), el("p", { class: "lead" }, t(`${view}_lead`)), ...views[view](rest));
  // The reader of a screen is led to what is new; not at the start, where the page begins above.
  if (shown && shown !== view) main.focus();
  shown = view;
}

function speak() {
  document.documentElement.lang = language();
  document.documentElement.dir = language() === "ar" ? "rtl" : "ltr";
  for (const own of document.querySelectorAll("[data-t]")) own.textContent = t(own.dataset.t);
  document.getElementById("views").setAttribute("aria-label", t("views"));
  const other = document.getElementById("language");
  other.textContent = language() === "ar" ? "English" : "العربية";
  other.lang = language() === "ar" ? "en" : "ar";
  document.getElementById("token").textContent = t("reviewer");
}

document.getElementById("language").addEventListener("click", () => {
  setLanguage(language() === "ar" ? "en" : "ar");
  speak();
  show();
});
document.getElementById("token").addEventListener("click", () => identify(true));
addEventListener("hashchange", show);
addEventListener("unhandledrejection", (event) => event.reason?.name !== "AbortError" && say(event.reason?.message ?? ""));

takeToken();
speak();
show();
get("/v1/registry").then((about) => (document.getElementById("token").hidden = !about.writable)).catch(() => {
  document.getElementById("token").hidden = false;
});
