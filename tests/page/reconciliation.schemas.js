// What the Reconciliation Service API 0.2 of the W3C's Entity Reconciliation community group asks of a service's answers, put as JSON
// schemas by us: https://reconciliation-api.github.io/specs/0.2/ is what holds. Where it lets other fields be, these do too.

const text = { type: "string" };
const id = "\\{\\{id\\}\\}";
const list = (items) => ({ type: "array", items });
const object = (required, properties) => ({ type: "object", required, properties });
const strict = (properties) => ({ ...object(Object.keys(properties), properties), additionalProperties: false });
const mapOf = (values) => ({ type: "object", additionalProperties: values });

const kind = { ...object(["id", "name"], { id: text, name: text, description: text, broader: list({ type: "object" }) }) };
// Candidates may name a type by its id alone.
const kinds = list({ anyOf: [text, object(["id"], { id: text, name: text })] });

const setting = (type, value, more = {}) =>
  object(["type", "label", "name", ...Object.keys(more)], { type: { const: type }, label: text, name: text, default: value, help_text: text, ...more });
const settings = {
  oneOf: [
    setting("number", { type: "number" }), setting("text", text), setting("checkbox", { type: "boolean" }),
    setting("select", text, { choices: list(object(["value", "name"], { value: text, name: text })) }),
  ],
};

const suggest = object([], { service_url: text, service_path: text, flyout_service_url: text, flyout_service_path: { ...text, pattern: "\\$\\{id\\}" } });

export const manifest = object(["versions", "name", "identifierSpace", "schemaSpace"], {
  versions: { ...list(text), contains: { const: "0.2" } },
  name: text, identifierSpace: text, schemaSpace: text, documentation: text, serviceVersion: text, logo: text,
  view: object(["url"], { url: { ...text, pattern: id } }),
  feature_view: object(["url"], { url: { ...text, pattern: id } }),
  defaultTypes: { ...list(kind), uniqueItems: true },
  suggest: object([], { entity: suggest, property: suggest, type: suggest }),
  preview: object(["url", "width", "height"], { url: { ...text, pattern: id }, width: { type: "integer" }, height: { type: "integer" } }),
  extend: object([], { propose_properties: object([], { service_url: text, service_path: text }), property_settings: list(settings) }),
});

export const results = mapOf(object(["result"], {
  result: list(object(["id", "name", "score"], {
    id: text, name: text, description: text, score: { type: "number" }, match: { type: "boolean" }, type: kinds,
    features: list(object([], { id: text, value: { type: ["number", "boolean"] } })),
  })),
}));

export const extension = object(["rows", "meta"], {
  meta: list(object(["id", "name"], { id: text, name: text, type: object(["id"], { id: text, name: text }), service: { ...text, pattern: "^https?://" } })),
  rows: mapOf(mapOf(list({
    oneOf: [
      strict({}), strict({ str: text }), strict({ int: { type: "integer" } }), strict({ float: { type: "number" } }),
      strict({ date: { ...text, pattern: "^-?\\d{4,}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d" } }),
      { ...object(["id", "name"], { id: text, name: text, description: text }), additionalProperties: false },
    ],
  }))),
});

const named = object(["id", "name"], { id: text, name: text, description: text });
export const entities = object(["result"], { result: list({ ...named, properties: { ...named.properties, notable: kinds } }) });
export const properties = object(["result"], { result: list(named) });
export const types = object(["result"], { result: list(kind) });
