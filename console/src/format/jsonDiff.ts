// Two JSON documents line by line, with what is the same folded away.
import { diffLines } from 'diff';

export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
  /** Line numbers, from 1. */
  before?: number;
  after?: number;
}

/** Lines that are the same and not shown. */
export interface Fold {
  kind: 'fold';
  count: number;
}

const AROUND = 3; // lines kept beside a change
const MOST_EDITS = 4000; // beyond which two documents are simply different
const LINKS = new Set(['_links', '_site']);
const NOISE = new Set(['_version', 'version', 'generation', 'lastModified', 'lastModifiedDate', '_lastModified', 'salt', 'sel']);
const THEIRS = new Set(['value', 'values', 'customProperties']); // what people write may be called like that

/** Without links, which are no part of what somebody changed, and without what Flagstaff counts by itself. */
function prune(value: unknown, isWhole: boolean): unknown {
  if (Array.isArray(value)) return value.map((element) => prune(element, isWhole));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !LINKS.has(name) && (isWhole || !NOISE.has(name)))
      .map(([name, member]) => [name, THEIRS.has(name) ? (member as unknown) : prune(member, isWhole)]),
  );
}

const write = (document: unknown, isWhole: boolean) =>
  document === undefined ? '' : `${JSON.stringify(prune(document, isWhole), null, 2)}\n`;

export const isChange = ({ kind }: DiffLine) => kind !== 'same';

/** Every line of both; unless `isWhole`, without versions, times and salts that change with everything. */
export function diffJson(before: unknown, after: unknown, isWhole = false): DiffLine[] {
  const [old, now] = [write(before, isWhole), write(after, isWhole)];
  const changes = diffLines(old, now, { maxEditLength: MOST_EDITS });
  const parts = changes ?? [
    { value: old, removed: true, added: false },
    { value: now, removed: false, added: true },
  ];
  let [left, right] = [0, 0];
  return parts.flatMap(({ value, added, removed }) =>
    linesOf(value).map((text): DiffLine => {
      if (!added) left += 1;
      if (!removed) right += 1;
      if (added) return { kind: 'added', text, after: right };
      return removed ? { kind: 'removed', text, before: left } : { kind: 'same', text, before: left, after: right };
    }),
  );
}

const linesOf = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** The lines near a change, and folds for the others. */
export function foldSame(lines: DiffLine[]): (DiffLine | Fold)[] {
  const near = new Set<number>();
  lines.forEach(({ kind }, at) => {
    if (kind === 'same') return;
    for (let line = at - AROUND; line <= at + AROUND; line += 1) near.add(line);
  });
  const shown: (DiffLine | Fold)[] = [];
  lines.forEach((line, at) => {
    const last = shown.at(-1);
    if (near.has(at)) shown.push(line);
    else if (last?.kind === 'fold') last.count += 1;
    else shown.push({ kind: 'fold', count: 1 });
  });
  return shown;
}
