// The oracle: knows nothing of the project but the command line of its executable.
//
//   node oracle.mjs VASTINE [--cases N] [--seed S]
//
// Days off come from npm's date-holidays from 1991 on and from a literal table before. Dates are counted
// one day at a time over a list of every day since 1950, whose weekdays and leap years are worked out here.

import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';

const Holidays = createRequire(new URL('../node/package.json', import.meta.url))('date-holidays');

const [vastine, ...words] = process.argv.slice(2);
const option = (name, otherwise) => (words.includes(name) ? Number(words[words.indexOf(name) + 1]) : otherwise);
const cases = option('--cases', 1_000_000);
const seed = option('--seed', Date.now() % 2 ** 32);
console.log(`seed ${seed}, ${cases} cases`);

// mulberry32: small, and the same everywhere.
let state = seed >>> 0;
function random(below) {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % below;
}
const pick = (list) => list[random(list.length)];

// ---- days off

const literal = new Map();
for (const line of readFileSync(new URL('days_off_before_1991.txt', import.meta.url), 'utf8').split('\n')) {
  if (line === '' || line.startsWith('#')) continue;
  const [calendar, year, ...days] = line.split(' ');
  literal.set(calendar + year, days.map((day) => ({day})));
}

const packages = {
  fi: new Holidays('FI', {languages: ['fi']}),
  ax: new Holidays('AX', {languages: ['sv']}),
  sv: new Holidays('SE', {languages: ['sv']}),
};
function of(country, year, wanted) {
  return packages[country]
    .getHolidays(year)
    .filter(wanted)
    .map((day) => ({day: day.date.slice(5, 10), name: day.name}));
}

// The named days off of a year. Where date-holidays differs from the acts, it is said.
function namedDays(calendar, year) {
  if (year < 1991) return literal.get((calendar === 'ax' ? 'fi' : calendar) + year);
  if (calendar === 'fi') {
    // Its bank holidays are the eves; New Year's Eve is one to banks, not to act 150/1930 §5.
    return of('fi', year, (day) => day.type === 'public' || (day.type === 'bank' && day.rule !== '12-31'));
  }
  if (calendar === 'ax') {
    // Its list for Åland has neither All Saints' Day nor Easter and Whit Sunday as days off, and calls the
    // day of self-government, off since 1993, an observance of every year. So: Finland's days and that one.
    const own = of('ax', year, (day) => day.name === 'Ålands självstyrelsedag');
    if (own.length !== 1) throw new Error(`date-holidays knows no day of self-government in ${year}`);
    return [...namedDays('fi', year), ...(year >= 1993 ? own.map(({day}) => ({day})) : [])];
  }
  // The eves of 1930:173 §2 are bank holidays to it, other eves are optional half days. Whit Monday, a
  // holiday until 2004, it does not know: the day after Whit Sunday.
  const days = of('sv', year, (day) => day.type === 'public' || day.type === 'bank').map(({day}) => ({day}));
  if (year <= 2004) {
    const [whitSunday] = of('sv', year, (day) => day.name === 'pingstdagen');
    const [month, date] = whitSunday.day.split('-').map(Number);
    const monday = date === 31 ? [month + 1, 1] : month === 6 && date === 30 ? [7, 1] : [month, date + 1];
    days.push({day: monday.map((part) => String(part).padStart(2, '0')).join('-')});
  }
  return days;
}

function run(args, input) {
  // Whatever the zone of the machine, the answer is the same.
  const TZ = pick(['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kolkata', 'Europe/Helsinki']);
  const done = spawnSync(vastine, args, {input, encoding: 'utf8', maxBuffer: 1 << 28, env: {...process.env, TZ}});
  if (done.status !== 0) throw new Error(`vastine ${args.join(' ')} ended with ${done.status}: ${done.stderr}`);
  if (done.stderr !== '') throw new Error(`vastine ${args.join(' ')} said: ${done.stderr}`);
  return done.stdout;
}

let wrong = 0;
function differs(what, expected, got) {
  if (++wrong <= 20) console.error(`${what}: expected ${expected}, got ${got}`);
}

const byDay = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
function compareCalendar(calendar, year) {
  const lines = run(['calendar', String(year), '--calendar', calendar]).trimEnd().split('\n');
  if (lines.shift() !== 'date,name') differs(`header of ${calendar} ${year}`, 'date,name', 'another');
  const got = lines.map((line) => line.split(','));
  const expected = namedDays(calendar, year);
  const days = expected.map(({day}) => `${year}-${day}`).sort(byDay).join(' ');
  const gotDays = got.map(([date]) => date).sort(byDay).join(' ');
  if (days !== gotDays) differs(`days off of ${calendar} ${year}`, days, gotDays);
  // Names are compared where the package has them: in Finland.
  if (calendar === 'fi' && year >= 1991) {
    const names = expected.map(({day, name}) => `${year}-${day},${name}`).sort(byDay).join(' ');
    const gotNames = lines.toSorted ? lines.toSorted(byDay).join(' ') : [...lines].sort(byDay).join(' ');
    if (names !== gotNames) differs(`names of ${year}`, names, gotNames);
  }
}

const years = Array.from({length: 201}, (_, i) => 1950 + i);
const everyYear = cases >= 1_000_000;
const bounds = [1950, 1952, 1953, 1954, 1955, 1972, 1973, 1974, 1990, 1991, 1993, 2004, 2005, 2008, 2038, 2150];
const calendars = ['fi', 'sv', 'ax'];
const compared = everyYear ? years : [...bounds, ...Array.from({length: 8}, () => pick(years))];
for (const calendar of calendars) for (const year of compared) compareCalendar(calendar, year);
console.log(`${compared.length * calendars.length} calendars compared, ${wrong} wrong`);

// ---- every day, one after another

const leap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const length = (year, month) => (month === 2 && leap(year) ? 29 : lengths[month - 1]);
const days = []; // {year, month, day, text}
const places = new Map(); // year * 10000 + month * 100 + day -> place
const off = {fi: [], sv: [], ax: []};
const lastYear = 2180;
let weekday = 0; // 1.1.1950 was a Sunday
for (let year = 1950; year <= lastYear; ++year) {
  const named = Object.fromEntries(calendars.map((c) => [c, new Set(namedDays(c, year).map(({day}) => day))]));
  for (let month = 1; month <= 12; ++month) {
    for (let day = 1; day <= length(year, month); ++day) {
      const short = `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
      places.set(year * 10000 + month * 100 + day, days.length);
      for (const c of calendars) off[c].push(weekday === 0 || weekday === 6 || named[c].has(short));
      days.push({year, month, day, text: `${year}-${short}`});
      weekday = (weekday + 1) % 7;
    }
  }
}
const startsUntil = places.get(21501231);

function monthsOn(start, count) {
  let {year, month, day} = days[start];
  for (let i = 0; i < count; ++i) {
    if (++month > 12) {
      month = 1;
      ++year;
    }
  }
  while (day > length(year, month)) --day;
  return places.get(year * 10000 + month * 100 + day);
}
function due(calendar, start, count, unit) {
  const isOff = off[calendar];
  let place = start;
  if (unit === 'day') for (let i = 0; i < count; ++i) ++place;
  if (unit === 'week') for (let i = 0; i < 7 * count; ++i) ++place;
  if (unit === 'month') place = monthsOn(start, count);
  if (unit === 'year') place = monthsOn(start, 12 * count);
  if (unit === 'working-day')
    for (let left = count; left > 0; ) if (!isOff[++place]) --left;
  while (isOff[place]) ++place;
  return place;
}

// ---- random periods, many starts in one run

const longest = {day: 400, week: 60, month: 60, year: 25, 'working-day': 300};
const batch = Math.min(2000, Math.max(250, Math.floor(cases / 200)));
function someStart() {
  if (random(4) > 0) return random(startsUntil + 1);
  // Where it is easiest to be wrong: leap days, ends of months and years, around the feasts.
  const year = pick(years);
  const [month, day] = pick([[2, 28], [2, leap(year) ? 29 : 28], [1, 31], [8, 31], [12, 31], [12, 24], [6, 18], [1, 5]]);
  const near = places.get(year * 10000 + month * 100 + day) + random(5) - 2;
  return Math.max(0, Math.min(startsUntil, near));
}
let met = 0;
while (met < cases) {
  const calendar = pick(['fi', 'fi', 'fi', 'sv', 'ax']);
  const unit = pick(Object.keys(longest));
  const count = random(10) === 0 ? 0 : 1 + random(random(2) === 0 ? 12 : longest[unit]);
  const starts = Array.from({length: Math.min(batch, cases - met)}, someStart);
  const args = ['due', '--csv', '-', '--column', 'start', '--count', String(count), '--unit', unit];
  const input = ['start', ...starts.map((start) => days[start].text)].join('\n') + '\n';
  const lines = run([...args, '--calendar', calendar], input).trimEnd().split('\n');
  if (lines.length !== starts.length + 1) throw new Error(`${starts.length} rows in, ${lines.length - 1} out`);
  starts.forEach((start, i) => {
    const expected = `${days[start].text},${days[due(calendar, start, count, unit)].text}`;
    if (lines[i + 1] !== expected) differs(`${count} ${unit} in ${calendar}`, expected, lines[i + 1]);
  });
  met += starts.length;
}
console.log(`${met} periods compared, ${wrong} wrong`);
process.exit(wrong === 0 ? 0 : 1);
