// When a calendar's five fields come due: minute, hour, day of the month, month, day of the week, all in UTC.
//
// K1  A field is `*`, or a list of numbers and ranges (`1-5`), each with a step if need be (`*/15`, `8-18/2`). Sunday is 0
//     or 7. Names of days and months, and `?`, `L`, `W` and `#`, are not taken.
// K2  Where both days are restricted, either of them is enough, as everywhere that cron is spoken.

export interface Calendar {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  readonly isEveryDay: boolean;
  readonly isEveryWeekday: boolean;
}

interface FieldRange {
  readonly name: string;
  readonly lowest: number;
  readonly highest: number;
}

const ranges: readonly FieldRange[] = [
  { name: "minute", lowest: 0, highest: 59 },
  { name: "hour", lowest: 0, highest: 23 },
  { name: "day of the month", lowest: 1, highest: 31 },
  { name: "month", lowest: 1, highest: 12 },
  { name: "day of the week", lowest: 0, highest: 7 },
];

const PART = /^(?:(\*)|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/;

/** The numbers of one field, or what is wrong with it. */
function readField(text: string, { name, lowest, highest }: FieldRange): Set<number> | string {
  const numbers = new Set<number>();
  for (const part of text.split(",")) {
    const match = PART.exec(part);
    if (match === null) return `the ${name} "${part}" is not *, a number, a range or a step`;
    const [, star, from, to, step] = match;
    const first = star === undefined ? Number(from) : lowest;
    const onlyOne = step === undefined ? first : highest;
    const last = star === undefined ? (to === undefined ? onlyOne : Number(to)) : highest;
    const width = step === undefined ? 1 : Number(step);
    if (first < lowest || last > highest || first > last || width === 0) {
      return `the ${name} "${part}" is not within ${lowest}-${highest}`;
    }
    for (let number = first; number <= last; number += width) numbers.add(number);
  }
  return numbers;
}

/** A calendar, or what is wrong with its text. */
export function parseCron(text: string): Calendar | string {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== ranges.length) return `it has ${fields.length} fields instead of 5`;
  const sets: Set<number>[] = [];
  for (const [index, range] of ranges.entries()) {
    const read = readField(fields[index] ?? "", range);
    if (typeof read === "string") return read;
    sets.push(read);
  }
  const [minutes, hours, days, months, weekdays] = sets as [
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
  ];
  if (weekdays.has(7)) weekdays.add(0);
  return {
    minutes,
    hours,
    days,
    months,
    weekdays,
    isEveryDay: fields[2] === "*",
    isEveryWeekday: fields[4] === "*",
  };
}

function isOnDay(calendar: Calendar, time: Date): boolean {
  if (!calendar.months.has(time.getUTCMonth() + 1)) return false;
  const isDay = calendar.days.has(time.getUTCDate());
  const isWeekday = calendar.weekdays.has(time.getUTCDay());
  if (calendar.isEveryDay || calendar.isEveryWeekday) return isDay && isWeekday;
  return isDay || isWeekday; // K2
}

const DAY_MS = 86_400_000;
/** The 29th of February comes again within eight years; what does not come by then never does. */
const DAYS_MAX = 8 * 366;

/** The first time after `after` that the calendar names; undefined where it names none, as the 31st of February. */
export function nextTime(calendar: Calendar, after: Date): Date | undefined {
  const dayMs = Math.floor(after.getTime() / DAY_MS) * DAY_MS;
  const hours = [...calendar.hours].sort((left, right) => left - right);
  const minutes = [...calendar.minutes].sort((left, right) => left - right);
  for (let day = 0; day < DAYS_MAX; day += 1) {
    const startMs = dayMs + day * DAY_MS;
    if (!isOnDay(calendar, new Date(startMs))) continue;
    for (const hour of hours) {
      for (const minute of minutes) {
        const timeMs = startMs + (hour * 60 + minute) * 60_000;
        if (timeMs > after.getTime()) return new Date(timeMs);
      }
    }
  }
  return undefined;
}
