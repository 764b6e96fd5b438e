// Elements from text. Names are strangers' text: they become text nodes and never markup.

/** An element with attributes, and children that are elements or text. */
export function el(tag, attributes = {}, ...children) {
  const own = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) own.addEventListener(name.slice(2), value);
    else if (name === "value") own.value = value;
    else own.setAttribute(name, value === true ? "" : value);
  }
  own.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return own;
}

/** Whether a text is mostly Arabic script. */
export const arabic = (text) => (String(text).match(/[\u0600-\u06ff]/g) ?? []).length * 2 > String(text).replace(/\s/g, "").length;

/** A name in its own direction and type, whatever stands around it. */
export const name = (text, kind = "") =>
  el("bdi", { class: `${arabic(text) ? "arabic" : "latin"} ${kind}`.trim(), lang: arabic(text) ? "ar" : "und-Latn", dir: arabic(text) ? "rtl" : "ltr" }, String(text));

export const percent = (p) => `${p >= 0.9995 && p < 1 ? "99.9" : (p * 100).toFixed(p < 0.1 ? 1 : 0)}%`;

/** A probability as a bar and a number. */
export function chance(p) {
  const bar = el("i");
  bar.style.width = `${Math.round(p * 100)}%`;
  return [el("span", { class: "chance wide", "aria-hidden": "true" }, bar), " ", el("span", { dir: "ltr" }, percent(p))];
}

let quiet;
/** Says something for some seconds, also to those who do not see. */
export function say(text) {
  const said = document.getElementById("said");
  said.textContent = text;
  clearTimeout(quiet);
  quiet = setTimeout(() => (said.textContent = ""), 4000);
}

/** Hands a text over as a file. */
export function download(file, kind, text) {
  const address = URL.createObjectURL(new Blob([text], { type: kind }));
  el("a", { href: address, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** Runs after the last of many calls. */
export function later(work, wait = 250) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), wait);
  };
}
