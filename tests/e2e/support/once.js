/**
 * Answers the first request to such an address by `handler`, and lets the others through. Unlike `times: 1` it stays in
 * place: where interception ends while the next request begins, Playwright tells of that one to nobody.
 */
export function routeOnce(page, url, handler) {
  let isFirst = true;
  return page.route(url, (route) => {
    if (!isFirst) return route.fallback();
    isFirst = false;
    return handler(route);
  });
}
