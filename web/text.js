// A text: an original and its translation, the names of both, what is wrong with them and what they should be.

import { download, el, name, percent } from "./dom.js";
import { get, post } from "./ask.js";
import { write } from "./csv.js";
import { copy } from "./name.js";
import { defect } from "./reasons.js";
import { t } from "./words.js";

const typed = {
  arabic: "التقى قيس الخزعلي أمس فالح الفياض في بغداد. وقال الخزعلي إن اللقاء كان مثمراً.",
  romanized: "Yesterday Qays al-Haz‘alī met Fāliḥ al-Fayyāḍ in Baghdad. Al-Ḫazʿalī said the meeting was fruitful.",
  scheme: "dmg",
};

/** A text with its names and defects marked. Places are bytes, as the program counts them. */
function marked(text, lang, spans, defects, light) {
  const bytes = new TextEncoder().encode(text);
  const cut = (from, to) => new TextDecoder().decode(bytes.subarray(from, to));
  const inside = (from, to) => {
    const out = [];
    let at = from;
    for (const own of defects.filter((one) => one.start >= from && one.end <= to && one.start < one.end)) {
      if (own.start < at) continue;
      out.push(cut(at, own.start), el("span", { class: "defect", title: defect(own) }, cut(own.start, own.end)));
      if (own.fix !== null) out.push(el("ins", { "aria-label": `${t("fix")}: ${own.fix || "∅"}` }, own.fix || "∅"));
      at = own.end;
    }
    return [...out, cut(at, to)];
  };
  const out = [];
  let at = 0;
  for (const { start, end, pair } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    out.push(...inside(at, start), el("mark", { "data-pair": pair, tabindex: "0", role: "button", onmouseenter: () => light(pair), onfocus: () => light(pair), onclick: () => light(pair) }, ...inside(start, end)));
    at = end;
  }
  return el("p", { class: "shown", lang, dir: lang === "ar" ? "rtl" : "ltr" }, ...out, ...inside(at, bytes.length));
}

export function textView() {
  const out = el("div", { id: "answer", "aria-live": "polite" });
  const area = (what, lang, label) => el("label", {}, el("span", {}, t(label)), el("textarea", { id: what, lang, dir: lang === "ar" ? "rtl" : "ltr", spellcheck: "false", value: typed[what], oninput: (event) => (typed[what] = event.target.value) }));
  const scheme = el("select", { id: "scheme", onchange: () => (typed.scheme = scheme.value) });
  get("/v1/schemes").then(({ schemes }) => {
    scheme.append(...schemes.map((own) => el("option", { value: own.scheme }, own.scheme)));
    scheme.value = typed.scheme;
  });

  function light(pair) {
    for (const own of out.querySelectorAll("mark")) own.classList.toggle("lit", own.dataset.pair === String(pair));
  }

  async function check() {
    run.disabled = true;
    try {
      const { arabic, romanized } = typed;
      const asked = { arabic, romanized, scheme: typed.scheme };
      const lint = { text: romanized, scheme: typed.scheme, ...(arabic.trim() && { arabic }) };
      const [pairs, defects] = await Promise.all([arabic.trim() ? post("/v1/align", asked) : { names: [], parallel: true }, post("/v1/lint", lint)]);
      const spans = (side) => pairs.names.flatMap((own, pair) => (own[side] ? [{ ...own[side], pair }] : []));
      const row = (own, pair) => el("tr", { onmouseenter: () => light(pair) },
        el("td", {}, own.arabic ? name(own.arabic.text) : "–"), el("td", {}, name(own.romanized.text)), el("td", {}, name(own.written)), el("td", { class: "num wide" }, own.arabic ? percent(own.probability) : "–"),
        el("td", { class: "fine" }, own.defects.map((one) => el("div", {}, defect(one), one.fix === null ? null : [": ", el("bdi", { lang: "und-Latn", dir: "ltr" }, `${one.found || "∅"} → ${one.fix || "∅"}`)]))));
      const table = () => download("names.csv", "text/csv", write([["arabic", "romanized", "written", "probability", "defects"], ...pairs.names.map((own) => [own.arabic?.text ?? "", own.romanized.text, own.written, own.probability, own.defects.map((one) => `${one.found} → ${one.fix ?? "?"}`).join("; ")])]));
      out.replaceChildren(...[
        pairs.parallel ? null : el("p", { class: "card problem" }, t("not_parallel")),
        el("div", { class: "two" },
          arabic.trim() ? el("section", { class: "card", "aria-label": t("original") }, marked(arabic, "ar", spans("arabic"), [], light)) : null,
          el("section", { class: "card", "aria-label": t("translation") }, marked(romanized, "und-Latn", spans("romanized"), defects.findings, light))),
        el("div", { class: "row" }, el("span", { class: `tag ${defects.findings.length ? "against" : ""}` }, t("defects").replace("{}", defects.findings.length)), copy(defects.fixed), el("span", { class: "fine soft" }, t("copy_fixed"))),
        pairs.names.length ? el("section", { class: "card" }, el("div", { class: "row" }, el("h2", {}, t("name_table")), el("button", { type: "button", class: "small", onclick: table }, t("download"))),
          el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("name_table") }, el("table", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("original")), el("th", { scope: "col" }, t("as_written")), el("th", { scope: "col" }, t("should_be")), el("th", { scope: "col", class: "wide" }, t("probability")), el("th", { scope: "col" }, t("reasons")))), el("tbody", {}, pairs.names.map(row))))) : null,
      ].filter(Boolean));
    } catch (error) {
      out.replaceChildren(el("p", { class: "card problem", role: "alert" }, error.message));
    }
    run.disabled = false;
  }

  const run = el("button", { type: "button", class: "main", onclick: check }, t("check"));
  return [
    el("div", { class: "two" }, area("arabic", "ar", "original"), area("romanized", "und-Latn", "translation")),
    el("div", { class: "row" }, el("label", {}, el("span", {}, t("scheme")), scheme), run),
    out,
  ];
}
