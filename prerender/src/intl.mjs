// Writes numbers, dates and names of countries as a browser does: each line of the standard input is a question, and the
// answer to it is a line of the standard output.

import { createInterface } from "node:readline";

const writers = {
  number: ({ locale, options, value }) => new Intl.NumberFormat(locale, options).format(value),
  // Runs of what is of the number, marked, and of what is its unit.
  parts: ({ locale, options, value }) => {
    const runs = [];
    for (const { type, value: text } of new Intl.NumberFormat(locale, options).formatToParts(value)) {
      const isNumber = !["unit", "literal"].includes(type);
      if (runs.at(-1)?.[0] === isNumber) runs.at(-1)[1] += text;
      else runs.push([isNumber, text]);
    }
    return runs;
  },
  date: ({ locale, options, value, timeZone }) => new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(value),
  countries: ({ locale, value }) => {
    const names = new Intl.DisplayNames(locale, { type: "region" });
    return new Intl.ListFormat(locale, { type: "unit", style: "short" }).format(value.map((code) => names.of(code)));
  },
};

const answer = (question) => {
  try {
    return { written: writers[question.kind](question) };
  } catch ({ message }) {
    return { error: message };
  }
};

for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(answer(JSON.parse(line))));
