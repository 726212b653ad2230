// Any static host: serves a folder below a path, under the policy of the demo's pages, and knows nothing else.

import { once } from "node:events";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm" };

/** Serves `folder` below `base` (`/shop/renew/`). Other files may stand in for some, or beside them: `files["carrier.json"]`. */
export async function serve(folder, { base, policy, files = {} }) {
  const asked = [];
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, "http://host");
    asked.push(pathname);
    if (pathname === base.slice(0, -1)) return response.writeHead(301, { Location: base }).end();
    const inside = normalize(pathname.slice(base.length)) || ".";
    const name = pathname.endsWith("/") ? "index.html" : inside;
    const path = join(folder, name);
    const isFile = !name.startsWith("..") && (await stat(path).catch(() => null))?.isFile();
    if (!(pathname.startsWith(base) && (name in files || isFile))) return response.writeHead(404).end();
    const headers = { "Content-Security-Policy": policy, "Cache-Control": "max-age=60", "Content-Type": TYPES[extname(name)] ?? "application/octet-stream" };
    response.writeHead(200, headers).end(files[name] ?? (await readFile(path)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, asked, stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))) };
}
