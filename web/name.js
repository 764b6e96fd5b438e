// A name: the Arabic, the parts, the readings, every scheme, the spellings by region.

import { chance, el, later, name, say } from "./dom.js";
import { get } from "./ask.js";
import { note } from "./reasons.js";
import { language, t } from "./words.js";

let typed = "قيس الخزعلي";

export function copy(text) {
  const done = () => say(t("copied"));
  return el("button", { type: "button", class: "small", "aria-label": `${t("copy")}: ${text}`, onclick: () => navigator.clipboard.writeText(text).then(done, () => say(text)) }, t("copy"));
}

/** The parts of a name in their colours. */
export function parts(found) {
  const part = (own) => el("li", { class: `part ${own.role.split(" ")[0]}` },
    el("span", { class: "role" }, t(own.role), own.term && language() !== "ar" ? [" ", el("bdi", { lang: "ar", dir: "rtl" }, own.term)] : null),
    el("bdi", { class: "is-latin", lang: "und-Latn", dir: "ltr" }, own.text), el("bdi", { class: "arabic", lang: "ar", dir: "rtl" }, own.arabic));
  return el("ul", { class: "parts" }, found.map(part));
}

export function nameView() {
  const out = el("div", { id: "answer" });
  const spellings = el("div", { "aria-live": "polite" });
  const region = el("select", { id: "region", "aria-label": t("region"), onchange: () => variants() });
  let asked;
  const field = el("input", { id: "name", class: "big", value: typed, dir: "auto", autocomplete: "off", spellcheck: "false", oninput: later(() => ask()) });

  async function variants() {
    const found = await get("/v1/variants", { name: typed, limit: 24, ...(region.value && { region: region.value }) }, asked?.signal);
    const chip = (own) => el("li", {}, el("button", { type: "button", title: t("copy"), onclick: () => navigator.clipboard.writeText(own.text).then(() => say(t("copied")), () => say(own.text)) }, name(own.text)));
    spellings.replaceChildren(el("ul", { class: "chips" }, found.variants.map(chip)));
  }

  async function ask() {
    typed = field.value.trim();
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    if (!typed) return out.replaceChildren();
    try {
      const [best, parsed, schemes] = await Promise.all([
        get("/v1/normalize", { name: typed }, signal), get("/v1/parse", { name: typed }, signal), get("/v1/schemes", { name: typed }, signal),
      ]);
      if (!region.options.length) {
        region.append(...["", ...schemes.regions].map((own) => el("option", { value: own }, own ? t(`region_${own}`, own) : t("everywhere"))));
      }
      const reading = (own) => el("tr", {}, el("td", {}, name(own.text)), el("td", {}, name(own.arabic)), el("td", { class: "num" }, ...chance(own.probability)), el("td", { class: "fine soft" }, own.guessed ? t("guessed") : ""));
      const scheme = (own) => el("tr", {}, el("th", { scope: "row", title: own.title }, el("bdi", { dir: "ltr" }, own.scheme)), el("td", {}, name(own.text)), el("td", { class: "num" }, copy(own.text)));
      const notes = (best.notes ?? []).map((own) => el("p", { class: "note fine soft" }, note(own.message)));
      out.replaceChildren(
        el("section", { class: "card two", "aria-label": t("best") },
          el("div", {}, el("p", { class: "hero ar", lang: "ar", dir: "rtl" }, best.arabic), copy(best.arabic)),
          el("div", {}, el("p", { class: "hero", lang: "und-Latn", dir: "ltr" }, best.output), copy(best.output), ...notes)),
        el("section", { class: "card" }, el("h2", {}, t("parts")), parts(parsed.parts)),
        el("section", { class: "card" }, el("h2", {}, t("readings")), el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("readings") }, el("table", {},
          el("thead", {}, el("tr", {}, ...["romanized", "arabic", "probability"].map((own) => el("th", { scope: "col" }, t(own))), el("td", {}))), el("tbody", {}, best.readings.map(reading))))),
        el("section", { class: "card" }, el("h2", {}, t("variants")), el("div", { class: "row" }, el("label", {}, el("span", {}, t("region")), region)), spellings),
        el("section", { class: "card" }, el("h2", {}, t("schemes")), el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("schemes") }, el("table", {}, el("tbody", {}, schemes.schemes.map(scheme))))));
      await variants();
    } catch (error) {
      if (error.name !== "AbortError") out.replaceChildren(el("p", { class: "card problem", role: "alert" }, error.message));
    }
  }

  ask();
  return [el("label", { class: "field" }, el("span", {}, t("name_field")), field), out];
}
