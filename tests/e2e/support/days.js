// Days as the carrier counts them, in its own time zone.

const monaco = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Monaco", ...options });

/** The day so many days after a moment, as the widget writes it in English: `25 Jan 2027`. */
export function dayAfter(moment, days) {
  const [{ value: day }, , { value: month }, , { value: year }] = monaco().formatToParts(moment);
  const noon = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day) + days, 12));
  return monaco({ day: "numeric", month: "short", year: "numeric" }).format(noon);
}

/** The same day without its year, as the plan's badge writes a day that is near. */
export const withoutYear = (day) => day.replace(/ \d{4}$/, "");
