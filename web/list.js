// A list: a table is dropped, its names linked to the registry or grouped, the doubtful ones looked at one by one.

import { chance, download, el, name, percent, say } from "./dom.js";
import { change, follow, get, post } from "./ask.js";
import { read, write } from "./csv.js";
import { picture } from "./pair.js";
import { t } from "./words.js";

/** Names asked for at once: so many that the bar moves. */
const BATCH = 50;

// The table stays while another view is looked at.
const table = { file: "", rows: [], column: 0, answers: [], groups: [], doubtful: [], at: 0 };

const names = () => table.rows.slice(1).map((row) => row[table.column] ?? "");

/** The column that has most letters and fewest digits. */
function likely(rows) {
  const said = rows[0].findIndex((own) => /^(name|names|full.?name|اسم|الاسم)$/i.test(own.trim()));
  if (said >= 0) return said;
  const letters = (at) => rows.slice(1, 50).reduce((sum, row) => sum + ((row[at] ?? "").match(/\p{L}/gu) ?? []).length, 0);
  return rows[0].map((_, at) => letters(at)).reduce((best, own, at, all) => (own > all[best] ? at : best), 0);
}

export function listView() {
  const out = el("div", { id: "answer" });
  const review = el("div", { id: "review" });
  const controls = el("div", {});
  const bar = el("progress", { max: "1", value: 0, hidden: true, "aria-label": t("progress") });
  let stopped;

  function take(text, file) {
    const rows = read(text);
    if (rows.length < 2) return say(t("empty_table"));
    Object.assign(table, { file, rows, column: likely(rows), answers: [], groups: [], doubtful: [], at: 0 });
    offer();
  }

  async function open(file) {
    if (file) take(await file.text(), file.name);
  }

  async function offer() {
    out.replaceChildren();
    review.replaceChildren();
    const about = await get("/v1/registry").catch(() => ({ kind: "none" }));
    const column = el("select", { id: "column", onchange: () => (table.column = Number(column.value)) }, table.rows[0].map((own, at) => el("option", { value: at }, own || `${at + 1}`)));
    column.value = table.column;
    controls.replaceChildren(el("div", { class: "row" },
      el("label", {}, el("span", {}, t("column")), column),
      el("button", { type: "button", class: "main", disabled: about.kind === "none", onclick: link }, t("link")),
      el("button", { type: "button", onclick: cluster }, t("cluster")),
      el("span", { class: "soft" }, el("bdi", {}, table.file), " · ", t("rows").replace("{}", table.rows.length - 1))),
    about.kind === "none" ? el("p", { class: "fine soft" }, t("no_registry")) : "");
  }

  async function running(work) {
    stopped?.abort();
    stopped = new AbortController();
    bar.hidden = false;
    bar.value = 0;
    try {
      await work(stopped.signal);
    } catch (error) {
      if (error.name !== "AbortError") out.replaceChildren(el("p", { class: "card problem", role: "alert" }, error.message));
    }
    bar.hidden = true;
  }

  const link = () => running(async (signal) => {
    const all = names();
    table.answers = [];
    for (let at = 0; at < all.length; at += BATCH) {
      const { results } = await post("/v1/link", { queries: all.slice(at, at + BATCH), top: 5 }, signal);
      table.answers.push(...results);
      bar.value = Math.min(1, (at + BATCH) / all.length);
    }
    table.doubtful = table.answers.flatMap((own, row) => (own.status === "review" ? [row] : []));
    table.at = 0;
    linked();
    next();
  });

  function linked() {
    const count = (status) => table.answers.filter((own) => own.status === status).length;
    const shown = table.answers.slice(0, 200).map((own) => el("tr", {},
      el("td", {}, name(own.query)), el("td", {}, el("span", { class: `tag ${{ review: "doubt", none: "against" }[own.status] ?? ""}` }, t(`status_${own.status}`))),
      el("td", {}, own.matches[0] ? el("a", { href: `#/person/${encodeURIComponent(own.matches[0].id)}` }, name(own.matches[0].name)) : "–"), el("td", { class: "num" }, ...(own.matches[0] ? chance(own.matches[0].probability) : []))));
    const rows = () => [[...table.rows[0], "nasab_status", "nasab_id", "nasab_name", "nasab_probability"], ...table.rows.slice(1).map((row, at) => {
      const own = table.answers[at];
      const best = own.status === "none" ? undefined : own.matches[0];
      return [...table.rows[0].map((_, cell) => row[cell] ?? ""), own.status, best?.id, best?.name, best?.probability];
    })];
    out.replaceChildren(el("section", { class: "card" },
      el("div", { class: "row", "aria-live": "polite" }, ...["linked", "review", "none"].map((own) => el("span", { class: `tag ${{ review: "doubt", none: "against" }[own] ?? ""}` }, `${count(own)} ${t(`status_${own}`)}`)),
        el("button", { type: "button", class: "small", onclick: () => download("linked.csv", "text/csv", write(rows())) }, t("export"))),
      el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("results") }, el("table", {}, el("thead", {}, el("tr", {}, ...["name_column", "status", "match", "probability"].map((own) => el("th", { scope: "col" }, t(own))))), el("tbody", {}, shown)))));
  }

  async function next() {
    const row = table.doubtful[table.at];
    if (row === undefined) {
      review.replaceChildren(...(table.answers.length && table.doubtful.length ? [el("p", { class: "card" }, t("all_seen"))] : []));
      return;
    }
    const own = table.answers[row];
    const best = own.matches[0];
    const [person, why] = await Promise.all([get(`/v1/registry/people/${encodeURIComponent(best.id)}`), get("/v1/match", { left: own.query, right: best.name })]);
    const facts = [...(person.born ?? []), ...(person.died ?? []).map((year) => `† ${year}`), ...(person.countries ?? [])].join(" · ");
    const choice = (key, what, kind = "") => el("button", { type: "button", class: kind, onclick: () => decide(what) }, t(what), " ", el("kbd", {}, key));
    const card = el("section", { class: "card", tabindex: "-1", "aria-label": t("review") },
      el("h2", {}, `${t("review")} ${table.at + 1} / ${table.doubtful.length} · ${percent(best.probability)}`),
      el("div", { class: "review" },
        el("div", {}, el("p", { class: "soft fine" }, t("in_list")), el("p", { class: "hero" }, name(own.query)), el("p", { class: "fine soft" }, el("bdi", {}, table.rows[row + 1].join(" · ")))),
        el("div", {}, el("p", { class: "soft fine" }, t("in_registry")), el("p", { class: "hero" }, name(best.name)), el("p", { class: "fine soft" }, person.names.filter((one) => one !== best.name).slice(0, 5).map((one) => [name(one), " "]), el("bdi", {}, facts), " ", el("a", { href: `#/person/${encodeURIComponent(best.id)}` }, best.id)))),
      el("div", { class: "row" }, choice("1", "same", "main"), choice("2", "different"), choice("3", "later")),
      el("details", {}, el("summary", {}, t("why")), ...picture(why)));
    review.replaceChildren(card);
    card.focus({ preventScroll: true });
  }

  async function decide(what) {
    const row = table.doubtful[table.at];
    if (row === undefined) return;
    const own = table.answers[row];
    if (what !== "later") {
      try {
        const done = await change("/v1/registry/decide", { decision: what, id: own.matches[0].id, name: own.query, why: `reviewed: ${table.file}` });
        if (!done) return;
        const { results } = await post("/v1/link", { queries: [own.query], top: 5 });
        table.answers[row] = results[0];
        say(`${t(what)} · ${t("event")} ${done.event}`);
      } catch (error) {
        return say(error.message);
      }
      linked();
    }
    table.at += 1;
    next();
  }

  const keys = (event) => {
    if (!review.isConnected) return removeEventListener("keydown", keys);
    const what = { 1: "same", 2: "different", 3: "later" }[event.key];
    const busy = event.target.closest?.("input, textarea, select, dialog");
    if (what && !busy && !event.ctrlKey && !event.metaKey && !event.altKey && review.firstChild) decide(what);
  };
  addEventListener("keydown", keys);

  const cluster = () => running(async (signal) => {
    const found = await follow("/v1/cluster", { names: names() }, ({ done }) => (bar.value = done), signal);
    table.groups = found.groups.filter((own) => own.members.length > 1);
    review.replaceChildren();
    const id = new Map(found.groups.flatMap((own) => own.members.map((member) => [member.line, own.group])));
    const rows = () => [[...table.rows[0], "nasab_group"], ...table.rows.slice(1).map((row, at) => [...table.rows[0].map((_, cell) => row[cell] ?? ""), id.get(at + 1)])];
    const group = (own) => el("li", { class: "word" }, el("ul", { class: "chips" }, own.members.map((member) => el("li", { class: "tag" }, name(member.name)))),
      own.weakest ? el("p", { class: "fine soft" }, `${t("weakest")}: `, name(own.weakest.left), " ↔ ", name(own.weakest.right), " ", percent(own.weakest.probability)) : null);
    out.replaceChildren(el("section", { class: "card" },
      el("div", { class: "row", "aria-live": "polite" }, el("span", { class: "tag" }, t("groups").replace("{}", table.groups.length)), el("button", { type: "button", class: "small", onclick: () => download("groups.csv", "text/csv", write(rows())) }, t("export"))),
      el("ul", { class: "align" }, table.groups.slice(0, 200).map(group))));
  });

  const file = el("input", { type: "file", id: "file", accept: ".csv,.tsv,.txt,text/csv", onchange: () => open(file.files[0]) });
  const drop = el("div", { class: "drop", ondragover: (event) => { event.preventDefault(); drop.classList.add("over"); }, ondragleave: () => drop.classList.remove("over"),
    ondrop: (event) => { event.preventDefault(); drop.classList.remove("over"); open(event.dataTransfer.files[0]); } }, el("label", { for: "file" }, t("drop")), file);
  if (table.rows.length) {
    offer().then(() => { if (table.answers.length) { linked(); next(); } });
  }
  return [drop, controls, bar, review, out];
}
