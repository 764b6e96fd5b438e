// A person: names by script with their sources, facts, history, and undoing.

import { el, later, name, say } from "./dom.js";
import { change, get } from "./ask.js";
import { t } from "./words.js";

/** A change, said when it is done; `after` shows what came of it. */
async function make(path, body, after) {
  try {
    const done = await change(path, body);
    if (!done) return;
    say(`${t("done")} · ${t("event")} ${done.event}`);
    await after();
  } catch (error) {
    say(error.message);
  }
}

export function personView(id) {
  const out = el("div", { id: "answer" });
  const found = el("ul", { class: "chips", "aria-live": "polite" });
  const seek = later(async () => {
    const typed = field.value.trim();
    if (!typed) return found.replaceChildren();
    const { result } = await get("/reconcile/suggest/entity", { prefix: typed }).catch((error) => { say(error.message); return { result: [] }; });
    const one = (own) => el("li", {}, el("a", { class: "tag", href: `#/person/${encodeURIComponent(own.id)}` }, name(own.name), " ", el("bdi", { class: "fine" }, own.id)));
    found.replaceChildren(...(result.length ? result.map(one) : [el("li", { class: "soft" }, t("nobody"))]));
  });
  const field = el("input", { id: "seek", dir: "auto", autocomplete: "off", spellcheck: "false", oninput: seek });

  async function show() {
    try {
      const person = await get(`/v1/registry/people/${encodeURIComponent(id)}`);
      const history = await get(`/v1/registry/people/${encodeURIComponent(id)}/history`).catch(() => ({ events: [] }));
      const sources = new Map();
      for (const own of person.sources ?? []) sources.set(own.name, [...(sources.get(own.name) ?? []), own.source ?? own.who]);
      // A list keeps no record: nothing of it is changed.
      const kept = person.sources !== undefined;
      const button = (what, about, path, body) => el("button", { type: "button", class: "small", "aria-label": `${t(what)}: ${about}`, onclick: () => make(path, body, show) }, t(what));
      const off = (own) => (kept && person.names.length > 1 ? el("td", { class: "num" }, button("take_off", own, "/v1/registry/remove", { id: person.id, name: own })) : null);
      const row = (own) => el("tr", {}, el("td", {}, name(own)), el("td", { class: "fine soft" }, el("bdi", {}, [...new Set(sources.get(own) ?? [])].join(", "))), off(own));
      const script = (label, own) => (own.length ? el("div", {}, el("h3", { class: "fine soft" }, t(label)), el("table", {}, el("tbody", {}, own.map(row)))) : null);
      const written = (text) => /[\u0600-\u06ff]/.test(text);
      const facts = [["born", person.born], ["died", person.died], ["gender", person.gender && [t(person.gender)]], ["country", person.countries]].filter(([, own]) => own?.length);
      out.replaceChildren(...[
        el("section", { class: "card" }, el("p", { class: `hero ${written(person.names[0]) ? "ar" : ""}` }, el("bdi", {}, person.names[0])), el("p", { class: "soft" }, el("bdi", { dir: "ltr" }, person.id)),
          el("div", { class: "chips" }, facts.map(([what, own]) => el("span", { class: "tag" }, `${t(what)}: `, el("bdi", {}, own.join(", ")))))),
        el("section", { class: "card" }, el("h2", {}, t("names")), el("div", { class: "two" }, script("arabic_script", person.names.filter(written)), script("latin_script", person.names.filter((own) => !written(own))))),
        kept ? joined(person, button) : null,
        history.events.length ? el("section", { class: "card" }, el("h2", {}, t("history")), el("ol", { class: "events" }, history.events.map(event))) : null,
      ].filter(Boolean));
    } catch (error) {
      out.replaceChildren(el("p", { class: "card problem", role: "alert" }, error.message));
    }
  }

  /** The ids that lead here, and one more to be led here. */
  function joined(person, button) {
    const other = el("input", { id: "other", dir: "ltr", autocomplete: "off", spellcheck: "false", required: true });
    const join = (event) => {
      event.preventDefault();
      make("/v1/registry/merge", { from: other.value.trim(), into: person.id }, show);
    };
    const merged = (person.merged ?? []).map((own) => el("li", { class: "tag" }, el("bdi", { dir: "ltr" }, own), " ", button("split", own, "/v1/registry/split", { id: own })));
    return el("section", { class: "card" }, el("h2", {}, t("merged")), merged.length ? el("ul", { class: "chips" }, merged) : null,
      el("form", { class: "row", onsubmit: join }, el("label", {}, el("span", {}, t("other_id")), other), el("button", {}, t("merge"))));
  }

  function event(own) {
    const what = [own.payload?.id, own.payload?.other ?? own.payload?.into, own.payload?.name, own.source, own.undoes && `${t("event")} ${own.undoes}`].filter(Boolean).join(" · ");
    const undo = () => {
      // A list may have brought a million names.
      if (own.kind !== "import" || confirm(t("undo_import"))) make("/v1/registry/undo", { event: own.seq }, show);
    };
    return el("li", { class: own.undone_by ? "undone" : "" },
      el("span", { class: "tag" }, `${own.seq} · ${t(`event_${own.kind}`)}`),
      el("span", { class: "grow" }, el("bdi", {}, what), own.why ? [" — ", el("bdi", {}, own.why)] : null),
      el("span", { class: "fine soft" }, el("bdi", {}, own.who), " · ", el("time", { datetime: own.at, dir: "ltr" }, own.at.slice(0, 16).replace("T", " "))),
      own.undone_by ? el("span", { class: "fine" }, `${t("undone_by")} ${own.undone_by}`) : el("button", { type: "button", class: "small", "aria-label": `${t("undo")}: ${own.seq}`, onclick: undo }, t("undo")));
  }

  if (id) show();
  return [el("label", {}, el("span", {}, t("seek")), field), el("div", { class: "row" }, found), out];
}
