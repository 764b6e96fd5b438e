// Two names: which word answers which, letter by letter, and what it comes to.

import { el, later, name, percent } from "./dom.js";
import { get } from "./ask.js";
import { reason } from "./reasons.js";
import { t } from "./words.js";

let typed = ["قيس الخزعلي", "Qaïs el-Khazaali"];
const signed = (weight) => `${weight < 0 ? "−" : "+"}${Math.abs(weight).toFixed(2)}`;
const tone = (word) => (["missing", "conflict"].includes(word.kind) ? "against" : word.similarity >= 0.8 ? "" : "doubt");
const verdict = (p) => (p >= 0.9 ? "same" : p >= 0.5 ? "likely" : p >= 0.1 ? "unlikely" : "different");

/** A comparison, drawn. */
export function picture(found) {
  const letter = (own) => el("li", { class: own.odds > 0 ? "" : own.odds > -1.5 ? "doubt" : "against" }, el("b", {}, el("bdi", {}, own.left || "–")), el("b", {}, el("bdi", {}, own.right || "–")), el("small", {}, signed(own.odds)));
  const word = (own) => el("li", { class: `word ${tone(own)}` },
    el("div", { class: "sides" }, own.left ? name(own.left) : el("span", { class: "soft" }, "–"), el("span", { "aria-hidden": "true", class: "soft" }, "↔"), own.right ? name(own.right) : el("span", { class: "soft" }, "–"),
      el("span", { class: `tag ${tone(own)}` }, t(`kind_${own.kind}`)), el("span", { class: "fine soft", dir: "ltr" }, signed(own.weight))),
    own.letters?.length ? el("ul", { class: "letters", "aria-label": t("letters"), dir: "ltr" }, own.letters.map(letter)) : null);
  const row = (own) => el("tr", {}, el("td", { class: "num" }, signed(own.weight)), el("td", {}, reason(own.what)));
  const kind = verdict(found.probability);
  return [
    el("section", { class: "card verdict", "aria-live": "polite" }, el("strong", { dir: "ltr" }, percent(found.probability)), el("span", { class: `tag ${{ likely: "doubt", unlikely: "doubt", different: "against" }[kind] ?? ""}` }, t(`verdict_${kind}`))),
    el("section", { class: "card" }, el("h2", {}, t("words")), el("ul", { class: "align" }, found.words.map(word))),
    found.reasons.length ? el("section", { class: "card" }, el("h2", {}, t("reasons")), el("table", { class: "reasons" }, el("tbody", {}, found.reasons.map(row)))) : null,
  ].filter(Boolean);
}

export function pairView() {
  const out = el("div", { id: "answer" });
  let asked;
  const field = (at, id) => el("input", { id, class: "big", value: typed[at], dir: "auto", autocomplete: "off", spellcheck: "false", oninput: (event) => { typed[at] = event.target.value; ask(); } });
  async function now() {
    asked?.abort();
    asked = new AbortController();
    const [left, right] = typed.map((own) => own.trim());
    if (!left || !right) return out.replaceChildren();
    try {
      out.replaceChildren(...picture(await get("/v1/match", { left, right }, asked.signal)));
    } catch (error) {
      if (error.name !== "AbortError") out.replaceChildren(el("p", { class: "card problem", role: "alert" }, error.message));
    }
  }
  const ask = later(now);
  now();
  return [el("div", { class: "two" }, el("label", {}, el("span", {}, t("first")), field(0, "left")), el("label", {}, el("span", {}, t("second")), field(1, "right"))), out];
}
