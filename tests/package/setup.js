// What a stranger does with the package: installs it beside the packages of an app, checks the types, and builds.

import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const npmFolder = resolve(process.env.ESIM_NPM || join(import.meta.dirname, "../../target/package/npm"));

/** Runs npm to its end; what it wrote is shown when it fails. */
async function npm(cwd, ...words) {
  try {
    return (await run("npm", words, { cwd })).stdout;
  } catch (error) {
    throw new Error(`npm ${words.join(" ")} in ${cwd}:\n${error.stdout}${error.stderr}`);
  }
}

/** Copies the app out of the project, so that it finds nothing but its own packages. */
async function build(app, tarball, folder) {
  const home = join(folder, app);
  await cp(join(import.meta.dirname, app), home, { recursive: true, filter: (path) => !path.includes("node_modules") });
  const { scripts } = JSON.parse(await readFile(join(home, "package.json"), "utf8"));
  if (scripts) {
    // What both apps say of who is signed in has nothing to do with their frameworks.
    await cp(join(import.meta.dirname, "account.ts"), join(home, "src/account.ts"));
    await npm(home, "ci", "--no-audit", "--no-fund");
  }
  await npm(home, "install", "--no-save", "--no-package-lock", "--prefer-offline", "--no-audit", "--no-fund", tarball);
  for (const script of Object.keys(scripts ?? {})) await npm(home, "run", script);
}

/** The pages without a build tool have the hash of the script in its `integrity`. */
async function pin(home) {
  const hashes = JSON.parse(await readFile(join(home, "node_modules/esim-renewal/integrity.json"), "utf8"));
  for (const name of ["index.html", "tag.js"]) {
    const file = join(home, name);
    await writeFile(file, (await readFile(file, "utf8")).replace("INTEGRITY", hashes["esim-renewal.js"]));
  }
}

/** Builds all apps once. Their folder stands in `ESIM_APPS`; what is returned deletes it after the tests. */
export default async function setup() {
  const folder = await mkdtemp(join(tmpdir(), "esim-package-"));
  const clear = () => rm(folder, { recursive: true, force: true });
  process.env.ESIM_APPS = folder;
  try {
    await npm(folder, "pack", npmFolder);
    const tarball = join(folder, (await readdir(folder)).find((name) => name.endsWith(".tgz")));
    await Promise.all(["html", "react", "vue"].map((app) => build(app, tarball, folder)));
    await pin(join(folder, "html"));
  } catch (error) {
    await clear();
    throw error;
  }
  return clear;
}
