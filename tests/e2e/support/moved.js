/** What was seen and has moved by itself since the page began to load, and how far. */
export const moved = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const seen = [];
        const name = (node) => (node ? [node.localName ?? node.nodeName, ...(node.classList ?? [])].join(".") : "something gone");
        const from = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
        const add = (entries) => {
          for (const { hadRecentInput, value, sources, startTime } of entries) {
            const what = sources.map(({ node, previousRect, currentRect }) => `${name(node)}: ${from(previousRect)} → ${from(currentRect)}`);
            if (!hadRecentInput) seen.push(`${value.toFixed(4)} at ${Math.round(startTime)} ms: ${what.join("; ")}`);
          }
        };
        const observer = new PerformanceObserver((list) => add(list.getEntries()));
        observer.observe({ type: "layout-shift", buffered: true });
        // What was buffered is delivered before the second frame.
        requestAnimationFrame(() => requestAnimationFrame(() => (add(observer.takeRecords()), resolve(seen))));
      }),
  );
