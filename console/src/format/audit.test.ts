import { expect, it } from 'vitest';
import { auditWords as words } from '../strings/audit';
import { byDay, dayName, entryOfVersion, environmentKeysOf, isDenied, restorableBefore, triableAfter, versionChange, versionsMade, type EntryParts } from './audit';

const FLAG = 'proj/shop:env/test:flag/dark;web';
const entry = (parts: Partial<EntryParts> = {}, resource = FLAG): EntryParts => ({
  date: 0,
  kind: 'flag',
  titleVerb: 'updated the flag',
  accesses: [{ action: 'updateOn', resource }],
  target: { resources: [resource] },
  ...parts,
});
const now = new Date(2026, 10, 22, 12).getTime();
const at = (year: number, month: number, day: number) => new Date(year, month, day, 9).getTime();

it.each([
  [at(2026, 10, 22), 'Today, 22 November'],
  [at(2026, 10, 21), 'Yesterday, 21 November'],
  [at(2026, 10, 20), 'Friday, 20 November'],
  [at(2025, 11, 31), 'Wednesday, 31 December 2025'],
])('names a day', (date, name) => {
  expect(dayName(date, now)).toBe(name);
});

it('keeps the order of entries under their days', () => {
  const entries = [at(2026, 10, 22) + 5, at(2026, 10, 22), at(2026, 10, 21)].map((date) => ({ date }));
  expect(byDay(entries, now).map(({ entries: found }) => found.length)).toEqual([2, 1]);
  expect(byDay([], now)).toEqual([]);
});

it.each([
  [undefined, ''],
  [[{ environmentKey: 'test', before: 57, after: 58 }], 'v57 → v58'],
  [[{ before: 1, after: 2 }, { environmentKey: 'test', before: 4, after: 5 }], 'v1 → v2'],
  [[{ environmentKey: 'a', before: 1, after: 2 }, { environmentKey: 'b', before: 1, after: 2 }], ''],
  [[{ after: 1 }], 'v1'],
  [[{ before: 3 }], 'v3 → gone'],
])('tells how versions %j changed', (versions, told) => {
  expect(versionChange(versions === undefined ? {} : { versions })).toBe(told);
});

it('names each environment once', () => {
  expect(environmentKeysOf(entry({ target: { resources: [FLAG, FLAG, 'proj/shop'] } }))).toEqual(['test']);
});

it.each<[EntryParts, unknown]>([
  [
    entry({ versions: [{ environmentKey: 'test', before: 4, after: 5 }] }),
    { kind: 'flag', project: 'shop', environment: 'test', key: 'dark', version: 4 },
  ],
  [entry({ versions: [{ before: 1, after: 2 }] }), { kind: 'flag', project: 'shop', key: 'dark', version: 1 }],
  [
    entry({ versions: [{ before: 2, after: 3 }] }, 'proj/shop:env/test:segment/beta'),
    { kind: 'segment', project: 'shop', environment: 'test', key: 'beta', version: 2 },
  ],
  [entry({ versions: [{ after: 1 }] }), words.createdHere],
  [entry({ versions: [{ before: 1 }] }), words.deletedHere],
  [entry({}, 'proj/shop'), words.notRestorable],
  [entry({ accesses: [{ action: 'updateOn', resource: FLAG, access: 'deny' }] }), words.nothingChanged],
])('says what can be restored, or why not', (given, restorable) => {
  expect(restorableBefore(given)).toEqual(restorable);
});

it('finds the entry that made a version', () => {
  const entries = [[{ environmentKey: 'test', before: 4, after: 5 }], [{ before: 4, after: 5 }]].map((versions) => ({ versions }));
  expect(entryOfVersion(entries, 'test', 5)).toBe(entries[0]);
  expect(entryOfVersion(entries, 'test', 4)).toBeUndefined();
});

it('knows a refused write', () => {
  expect(isDenied(entry())).toBe(false);
  expect(isDenied(entry({ accesses: [{ action: 'a', resource: FLAG, access: 'deny' }] }))).toBe(true);
});

it.each<[string, Partial<EntryParts>, string | undefined, object | undefined]>([
  ['of an environment', { versions: [{ environmentKey: 'test', before: 2, after: 3 }] }, undefined, { environment: 'test', version: 3 }],
  ['of two environments', { versions: [{ environmentKey: 'live', after: 2 }, { environmentKey: 'test', after: 5 }] }, undefined, { environment: 'live', version: 2 }],
  ['of the whole flag', { versions: [{ before: 1, after: 2 }], date: 7 }, undefined, { environment: 'live', date: 7 }],
  ['of a flag that was deleted', { versions: [{ before: 1 }] }, undefined, undefined],
  ['that was refused', { accesses: [{ action: 'updateOn', resource: FLAG, access: 'deny' }], versions: [{ after: 2 }] }, undefined, undefined],
  ['of a segment', { versions: [{ after: 2 }] }, 'proj/shop:env/test:segment/beta', undefined],
  ['without versions', {}, undefined, undefined],
])('finds what can be tried after an entry %s', (_, parts, resource, triable) => {
  const found = triableAfter(entry(parts, resource ?? FLAG), 'live');
  expect(found).toEqual(triable && { project: 'shop', flag: 'dark', ...triable });
});

it('lists the versions that were made in an environment', () => {
  const made = versionsMade([entry({ date: 9, versions: [{ environmentKey: 'test', before: 1, after: 2 }] }), entry({ versions: [{ after: 4 }] })], 'test');
  expect(made).toEqual([{ version: 2, date: 9 }]);
});
