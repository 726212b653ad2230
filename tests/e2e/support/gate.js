/** Something that waits until it is opened. */
export function gate() {
  let open;
  const opened = new Promise((resolve) => (open = resolve));
  return { open, opened };
}

/** Holds back what a page asks for, until it is opened. */
export async function heldBack(page, url) {
  const { open, opened } = gate();
  await page.route(url, async (route) => {
    await opened;
    await route.continue();
  });
  return { open };
}
