// What the types allow and refuse, by the compiler: each wrong line of types/ stands under `@ts-expect-error`.

import { expect, test } from "@playwright/test";
import { spawnSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const PACKAGE = join(HERE, "../../package");
/** The types of the element, and what an app with that framework imports beside them. */
const EXPORTS = { ".": "./esim-renewal.d.ts", "./react": "./react.d.ts", "./vue": "./vue.d.ts" };
const OPTIONS = {
  target: "ES2022", module: "ESNext", moduleResolution: "bundler", lib: ["ES2022", "DOM", "DOM.Iterable"], types: [], jsx: "react-jsx",
  strict: true, skipLibCheck: false, noEmit: true,
};

/** What the compiler says of some files in an app that has the element's package and these. */
async function check(files, packages) {
  // Outside the repository: nothing else is found from there.
  const app = await mkdtemp(join(tmpdir(), "esim-types-"));
  try {
    const own = join(app, "node_modules/esim-renewal");
    await mkdir(own, { recursive: true });
    for (const types of Object.values(EXPORTS)) await copyFile(join(PACKAGE, types), join(own, types));
    await writeFile(join(own, "package.json"), JSON.stringify({ name: "esim-renewal", version: "0.0.0", exports: EXPORTS }));
    for (const name of packages) {
      const to = join(app, "node_modules", name);
      await mkdir(dirname(to), { recursive: true });
      await symlink(join(HERE, "node_modules", name), to);
    }
    for (const file of files) await copyFile(join(HERE, "types", file), join(app, file));
    await writeFile(join(app, "tsconfig.json"), JSON.stringify({ compilerOptions: OPTIONS, files }));
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(HERE, "node_modules/typescript/bin/tsc"), "--project", app], { encoding: "utf8" });
    return { status, said: stdout + stderr };
  } finally {
    await rm(app, { recursive: true });
  }
}

// The compiler reads all types of the browser and of the framework.
test.setTimeout(120_000);

for (const [title, files, packages] of [
  ["a page without a framework", ["page.ts"], []],
  ["an app in React", ["react.tsx"], ["@types/react"]],
  ["an app in Vue", ["vue.ts"], ["vue"]],
]) {
  test(`${title} is told what it may and what it may not`, async () => {
    expect(await check(files, packages)).toEqual({ status: 0, said: "" });
  });
}
