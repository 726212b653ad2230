// The element's manifest against the official schema of such manifests.

import { expect, test } from "@playwright/test";
import Ajv from "ajv";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const schema = createRequire(import.meta.url)("custom-elements-manifest/schema.json");
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true }).addSchema(schema, "manifest");
const isManifest = ajv.getSchema("manifest");
// To the whole schema a custom element that is none may still be some other class.
const isElement = ajv.getSchema("manifest#/definitions/CustomElementDeclaration");

const read = async () => JSON.parse(await readFile(new URL("../../package/custom-elements.json", import.meta.url), "utf8"));

test("the manifest is one, of the version of its schema, and the element in it is a custom element", async () => {
  const manifest = await read();
  expect([isManifest(manifest), isManifest.errors]).toEqual([true, null]);
  expect(manifest.schemaVersion).toBe("2.1.0");
  expect([isElement(manifest.modules[0].declarations[0]), isElement.errors]).toEqual([true, null]);
});

test("an element of which something has no name is none", async () => {
  for (const list of ["attributes", "members", "events", "slots", "cssParts", "cssProperties"]) {
    const element = (await read()).modules[0].declarations[0];
    delete element[list][0].name;
    expect(isElement(element), list).toBe(false);
  }
});
