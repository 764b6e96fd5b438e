// Asking the service, and what the page keeps while it is open.

const kept = { who: sessionStorage.getItem("who") ?? "", token: sessionStorage.getItem("token") ?? "" };

export const who = () => kept.who;

export function keep(name, value) {
  kept[name] = value;
  sessionStorage.setItem(name, value);
}

/** The token that the program told at its start comes behind the address, where no server and no log sees it. */
export function takeToken() {
  const given = /^#token=([\w-]+)$/.exec(location.hash);
  if (!given) return;
  keep("token", given[1]);
  history.replaceState(null, "", "#/name");
}

async function answer(path, asked) {
  const headers = { ...asked.headers, ...(kept.token && { Authorization: `Bearer ${kept.token}` }) };
  const got = await fetch(path, { ...asked, headers });
  const told = await got.json().catch(() => ({ detail: got.statusText }));
  if (!got.ok) {
    throw Object.assign(new Error([told.detail, told.hint].filter(Boolean).join(". ")), { status: got.status });
  }
  return told;
}

export const get = (path, fields = {}, signal) => answer(`${path}?${new URLSearchParams(fields)}`, { signal });

export const post = (path, body, signal) =>
  answer(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal });

/** What is told as it goes on: each line but the last is handed to `step`, the last is the answer. */
export async function follow(path, body, step, signal) {
  const headers = { "Content-Type": "application/json", ...(kept.token && { Authorization: `Bearer ${kept.token}` }) };
  const got = await fetch(path, { method: "POST", headers, body: JSON.stringify({ ...body, progress: true }), signal });
  const fail = (told) => Object.assign(new Error([told.detail, told.hint].filter(Boolean).join(". ")), { status: told.status ?? got.status });
  if (!got.ok) throw fail(await got.json().catch(() => ({ detail: got.statusText })));
  const reader = got.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "", last;
  const take = (line) => {
    if (!line) return;
    if (last) step(last);
    last = JSON.parse(line);
  };
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    const lines = (text + value).split("\n");
    text = lines.pop();
    lines.forEach(take);
  }
  take(text);
  if (!last || last.detail) throw fail(last ?? { detail: got.statusText });
  return last;
}

/** Asks for a name and a token where they are missing; false when somebody would rather not. */
export function identify(force = false) {
  if (kept.who && kept.token && !force) return Promise.resolve(true);
  const [dialog, name, token] = ["who", "who-name", "who-token"].map((id) => document.getElementById(id));
  [name.value, token.value] = [kept.who, kept.token];
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) =>
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "ok") return done(false);
      keep("who", name.value.trim());
      keep("token", token.value.trim());
      done(Boolean(kept.who));
    }, { once: true }));
}

/** A change of the registry by whoever reviews; a wrong token is asked for once more. */
export async function change(path, body) {
  if (!(await identify())) return null;
  try {
    return await post(path, { ...body, who: kept.who });
  } catch (error) {
    if (error.status !== 401 || !(await identify(true))) throw error;
    return post(path, { ...body, who: kept.who });
  }
}
