// The answers of `/reconcile` have the form that the published API asks for, whatever is asked.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import Ajv from "ajv";
import * as schemas from "./reconciliation.schemas.js";

const nasab = process.env.NASAB ?? join(import.meta.dirname, "../../target/debug/nasab");
const folder = mkdtempSync(join(tmpdir(), "nasab-reconciliation-"));
const PEOPLE = "id,name,born,died,gender,country\np1,Qays al-Khazali,1974,,male,iq\np1,قيس الخزعلي,,,,\np2,Laith al-Khazali,,2020,male,iq\np3,فالح الفياض,,,,\n";
const ajv = new Ajv({ strict: false, allErrors: true });
let server, address;

before(async () => {
  writeFileSync(join(folder, "people.csv"), PEOPLE);
  server = spawn(nasab, ["serve", "--registry", join(folder, "people.csv"), "--bind", "127.0.0.1:0", "--log", "none"]);
  address = await new Promise((told) => server.stderr.on("data", (said) => {
    const found = /http:\/\/[\d.:]+/.exec(String(said));
    if (found) told(found[0]);
  }));
});

after(() => {
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function asked(path, form) {
  const got = await fetch(`${address}/reconcile${path}`, form && { method: "POST", body: new URLSearchParams(form) });
  assert.equal(got.status, 200);
  return got.json();
}

function valid(schema, answer) {
  assert.ok(ajv.validate(schema, answer), `${ajv.errorsText()} in ${JSON.stringify(answer)}`);
}

test("the manifest", async () => valid(schemas.manifest, await asked("")));

test("candidates", async () => {
  const queries = {
    sure: { query: "قيس الخزعلي" }, doubtful: { query: "Khazali", limit: 3 }, nobody: { query: "Ahmad Chalabi" }, none: { query: "123" },
    typed: { query: "Qays al-Khazali", type: "person", properties: [{ pid: "birth", v: "1974" }] }, other: { query: "Baghdad", type: ["place"] },
  };
  const answer = await asked("", { queries: JSON.stringify(queries) });
  valid(schemas.results, answer);
  assert.deepEqual(Object.keys(answer).sort(), Object.keys(queries).sort());
  assert.deepEqual([answer.sure.result[0].match, answer.nobody.result.length, answer.doubtful.result.length], [true, 0, 2]);
});

test("suggestions", async () => {
  for (const [what, schema, prefix] of [["entity", schemas.entities, "Kha"], ["property", schemas.properties, "b"], ["type", schemas.types, "p"]]) {
    for (const typed of [prefix, "", "zzz"]) valid(schema, await asked(`/suggest/${what}?prefix=${typed}`));
    assert.ok((await asked(`/suggest/${what}?prefix=${prefix}`)).result.length > 0, what);
  }
});

test("columns", async () => {
  const { properties } = await asked("/properties?type=person");
  const answer = await asked("", { extend: JSON.stringify({ ids: ["p1", "p2", "p3", "gone"], properties: properties.map(({ id }) => ({ id })) }) });
  valid(schemas.extension, answer);
  assert.deepEqual([Object.keys(answer.rows).length, answer.meta.length], [4, properties.length]);
  assert.deepEqual([answer.rows.p1.birth, answer.rows.p2.death, answer.rows.gone.name], [[{ int: 1974 }], [{ int: 2020 }], []]);
});

test("the schemas see what is wrong", async () => {
  const manifest = await asked("");
  const wrong = [
    [schemas.manifest, { ...manifest, versions: ["0.1"] }], [schemas.manifest, { ...manifest, view: { url: "/people" } }],
    [schemas.manifest, { ...manifest, preview: { url: "{{id}}" } }], [schemas.results, { q: {} }],
    [schemas.manifest, { ...manifest, extend: { property_settings: [{ name: "limit", type: "number" }] } }],
    [schemas.results, { q: { result: [{ id: "p1", name: "x" }] } }], [schemas.results, { q: { result: [{ id: 1, name: "x", score: 1 }] } }],
    [schemas.extension, { meta: [], rows: { p1: { birth: [{ int: 1.5 }] } } }], [schemas.extension, { rows: {} }],
    [schemas.extension, { meta: [], rows: { p1: { birth: [{ str: "a", int: 1 }] } } }],
    [schemas.entities, { result: [{ name: "x" }] }], [schemas.types, { result: [{ id: "person" }] }], [schemas.properties, {}],
  ];
  for (const [schema, answer] of wrong) assert.ok(!ajv.validate(schema, answer), JSON.stringify(answer));
});
