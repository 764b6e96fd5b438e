// The page as a person uses it: each view in English and Arabic, wide and on a phone, by mouse and by keys, and for axe.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const root = join(import.meta.dirname, "../..");
const nasab = process.env.NASAB ?? join(root, "target/debug/nasab");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "nasab-page-"));
const registry = join(folder, "people.nasab");
const TOKEN = "a-token-for-the-page";
const PEOPLE = `id,name,born,gender,country
p1,Qays al-Khazali,1974,male,iq
p1,قيس الخزعلي,,,
p2,Laith al-Khazali,1975,male,iq
p3,فالح الفياض,1956,male,iq
p4,Nouri al-Maliki,1950,male,iq
p5,"<img src=x onerror=document.title='broken'> Ali",,,
`;
// The last is turned round, so that somebody should look at it.
const LIST = "no,name\n1,قيس الخزعلي\n2,Faleh Fayad\n3,Nuri Maliki Hasan\n4,Ahmad Chalabi\n5,\"Qais, Khazaali\"\n";
const SIZES = { wide: { width: 1200, height: 900 }, phone: { width: 360, height: 740 } };
let server, browser, address;

before(async () => {
  writeFileSync(join(folder, "people.csv"), PEOPLE);
  writeFileSync(join(folder, "list.csv"), LIST);
  execFileSync(nasab, ["registry", "create", registry]);
  execFileSync(nasab, ["registry", "import", registry, join(folder, "people.csv"), "--by", "test"]);
  server = spawn(nasab, ["serve", "--registry", registry, "--bind", "127.0.0.1:0", "--log", "none"], { env: { ...process.env, NASAB_TOKEN: TOKEN } });
  address = await new Promise((told) => server.stderr.on("data", (said) => {
    const found = /http:\/\/[\d.:]+/.exec(String(said));
    if (found) told(found[0]);
  }));
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
});

after(async () => {
  await browser?.close();
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** A visit in a language and a size; what goes wrong in the page, and what it asks of others, fails the test. */
async function visit(language, size, path, use, colorScheme = "light") {
  const context = await browser.newContext({ viewport: SIZES[size], locale: language, colorScheme, acceptDownloads: true });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (said) => said.type() === "error" && !/status of 4\d\d/.test(said.text()) && faults.push(said.text()));
  page.on("request", (asked) => asked.url().startsWith(address) || /^(blob|data):/.test(asked.url()) || faults.push(`asks ${asked.url()}`));
  await page.goto(`${address}/${path}`);
  await use(page);
  assert.equal(await page.locator("html").getAttribute("dir"), language === "ar" ? "rtl" : "ltr");
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wider <= 0, `the page is ${wider} px wider than its window`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run());
  const serious = violations.filter((own) => ["serious", "critical"].includes(own.impact));
  const told = serious.map((own) => `${own.id}: ${own.nodes.map((node) => `${node.html} ${node.failureSummary}`).slice(0, 3).join("\n")}`);
  if (process.env.NASAB_PICTURES) {
    const pictures = join(import.meta.dirname, "pictures");
    mkdirSync(pictures, { recursive: true });
    const view = path.replace(/\W+/g, "-");
    await page.screenshot({ path: join(pictures, `${view}-${language}-${size}-${colorScheme}.png`), fullPage: true });
  }
  assert.deepEqual(told, []);
  assert.deepEqual(faults, []);
  await context.close();
}

async function identify(page, token = TOKEN) {
  await page.locator("#who-name").fill("Layla");
  await page.locator("#who-token").fill(token);
  await page.locator("#who button.main").click();
}

const cases = [["en", "wide"], ["ar", "wide"], ["en", "phone"], ["ar", "phone"]];

for (const [language, size] of cases) {
  test(`a name, ${language}, ${size}`, () => visit(language, size, "#/name", async (page) => {
    await page.locator("#name").fill("Noureddine Bouteflika");
    await page.getByText("نور الدين بوتفليقة").first().waitFor();
    assert.ok((await page.locator(".part").count()) >= 2);
    await page.locator("#region").selectOption("french");
    await page.locator(".chips button").first().waitFor();
    assert.ok((await page.locator("tbody tr").count()) > 15);
    await page.locator("#name").fill("123");
    await page.locator("[role=alert]").waitFor();
    await page.locator("#name").fill("Qays 12345 علىQays 象 ڟڟ");
    await page.locator(".note").nth(3).waitFor();
    for (const note of await page.locator(".note").allTextContents()) assert.equal(/[a-z]{2}/.test(note), language === "en", note);
    await page.locator("#name").fill("أبو بكر محمد بن زكريا الرازي");
    await page.locator(".part.nisba").waitFor();
  }));

  test(`two names, ${language}, ${size}`, () => visit(language, size, "#/pair", async (page) => {
    await page.locator("#left").fill("قيس الخزعلي");
    await page.locator("#right").fill("Laith al-Khazali");
    await page.locator(".word.against").waitFor();
    assert.ok((await page.locator(".letters li").count()) > 4);
    assert.match(await page.locator(".verdict strong").textContent(), /^\d+(\.\d)?%$/);
    for (const reason of await page.locator(".reasons td:nth-child(2)").allTextContents()) assert.equal(/[a-z]/i.test(reason), language === "en", reason);
  }));

  test(`a text, ${language}, ${size}`, () => visit(language, size, "#/text", async (page) => {
    await page.locator("main button.main").first().click();
    await page.locator(".defect").first().waitFor();
    assert.equal(await page.locator(".shown ins").first().textContent(), "Ḫ");
    await page.locator(".shown mark").first().focus();
    assert.ok((await page.locator("mark.lit").count()) >= 2, "a name lights up in both texts");
    const title = await page.locator(".defect").first().getAttribute("title");
    assert.equal(/[a-z]/i.test(title), language === "en", title);
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator("section .row button").click()]);
    const table = readFileSync(await file.path(), "utf8");
    assert.match(table, /قيس الخزعلي,Qays al-Haz‘alī,Qays al-Ḫazʿalī/);
  }));

  test(`a list, ${language}, ${size}`, () => visit(language, size, "#/list", async (page) => {
    await page.locator("#file").setInputFiles(join(folder, "list.csv"));
    await page.locator("#column").waitFor();
    assert.equal(await page.locator("#column").inputValue(), "1");
    await page.locator("main button.main").first().click();
    await page.locator("#answer table tbody tr").nth(4).waitFor();
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator("#answer .row button").click()]);
    assert.match(readFileSync(await file.path(), "utf8"), /1,قيس الخزعلي,linked,p1/);
    await page.locator(".row button").nth(1).click();
    await page.locator("#answer .align .word").waitFor();
    assert.equal(await page.locator("#answer .align .tag").count(), 2);
  }));

  test(`a person, ${language}, ${size}`, () => visit(language, size, "#/person/p1", async (page) => {
    await page.locator("ol.events li").first().waitFor();
    await page.getByText("قيس الخزعلي").first().waitFor();
    await page.locator("#seek").fill("فالح الفياض");
    await page.locator("a.tag[href='#/person/p3']").click();
    await page.waitForURL(/p3$/);
    await page.getByText("فالح الفياض").first().waitFor();
  }));
}

test("a reviewer decides by keys, and a decision is undone", () => visit("en", "wide", "#/list", async (page) => {
  await page.locator("#file").setInputFiles(join(folder, "list.csv"));
  await page.locator("main button.main").first().click();
  await page.locator(".review").waitFor();
  await page.keyboard.press("1");
  await identify(page, "wrong-token-wrong-token");
  // A wrong token is asked for once more.
  await page.locator("#who[open]").waitFor();
  await identify(page);
  await page.getByText("All doubtful names were looked at.").waitFor();
  const id = execFileSync(nasab, ["registry", "history", registry, "--limit", "1", "--format", "jsonl"], { encoding: "utf8" });
  const event = JSON.parse(id.trim().split("\n")[0]);
  assert.deepEqual([event.kind, event.who, event.payload.name], ["same", "Layla", "Qais, Khazaali"]);
  await page.goto(`${address}/#/person/${event.payload.id}`);
  await page.locator(`button[aria-label='Undo: ${event.seq}']`).click();
  await page.locator("li.undone").first().waitFor();
}));

test("people are merged, split and lose a name, and a list is taken back", () => visit("ar", "phone", "#/person/p2", async (page) => {
  await page.locator("#other").fill("p4");
  await page.locator("form.row button").click();
  await identify(page);
  await page.locator("button[aria-label='افصل: p4']").waitFor();
  await page.locator("button[aria-label='انزع: Nouri al-Maliki']").click();
  await page.locator("main table").getByText("Nouri al-Maliki").waitFor({ state: "detached" });
  const undo = page.locator("ol.events li:not(.undone) button").first();
  const event = /\d+/.exec(await undo.getAttribute("aria-label"))[0];
  await undo.click();
  await page.locator("main table").getByText("Nouri al-Maliki").waitFor();
  assert.ok(Number(event) > 1);
  await page.locator("button[aria-label='افصل: p4']").click();
  await page.locator("button[aria-label='افصل: p4']").waitFor({ state: "detached" });
  // Whoever thinks better of it leaves the list as it is.
  page.once("dialog", (asked) => asked.dismiss());
  await page.locator("button[aria-label='تراجع: 1']").click();
  assert.equal(await page.locator("li.undone").count(), 0);
}));

test("somebody is found by the beginning of a name", () => visit("en", "wide", "#/person", async (page) => {
  await page.locator("#seek").fill("Nou");
  await page.locator("a.tag[href='#/person/p4']").waitFor();
}));

test("names are text", () => visit("en", "wide", "#/person/p5", async (page) => {
  await page.getByText("<img src=x").first().waitFor();
  assert.equal(await page.locator("main img").count(), 0);
  assert.notEqual(await page.title(), "broken");
}));

test("everything is legible in the dark", async () => {
  for (const view of ["name", "pair", "text", "list"]) {
    await visit("ar", "wide", `#/${view}`, async (page) => {
      if (view === "text") await page.locator("main button.main").first().click();
      if (view !== "list") await page.locator("#answer > *").first().waitFor();
    }, "dark");
  }
});

test("the page is used by keys alone, and keeps its language", () => visit("en", "wide", "#/name", async (page) => {
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.locator("#language").focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
  await page.reload();
  assert.equal(await page.locator("html").getAttribute("lang"), "ar");
  await page.locator("#language").focus();
  await page.keyboard.press("Enter");
}));
