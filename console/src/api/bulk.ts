// One change of many flags: each is checked by a preview and changed by a patch, some at a time.
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { judge, type Verdict } from '../format/bulk';
import { present } from '../format/failure';
import { refusalOf } from '../format/refusal';
import { doEach } from '../format/several';
import type { Step } from '../format/steps';
import { bulkWords as words } from '../strings/bulk';
import { flagKeys, patchFlag, previewFlag, type Instruction } from './flags';
import { keepAnswer } from './queries';

const AT_ONCE = 4; // browsers allow six connections to a host, and the page needs some itself

/** Where a change is made; without an environment each flag is changed as a whole. */
export interface BulkPlace {
  project: string;
  environment: string;
}

async function check({ project, environment }: BulkPlace, flag: string, steps: Step[]): Promise<Verdict> {
  try {
    const change = { project, environment, flag, instructions: steps as Instruction[] };
    return judge(await previewFlag(change), words.mayNot);
  } catch (error) {
    const refusal = refusalOf(error);
    return refusal === undefined ? { state: 'unknown', reason: present(error).message } : { state: 'refused', reason: refusal };
  }
}

const NO_VERDICTS: ReadonlyMap<string, Verdict> = new Map<string, Verdict>();
const TOLD_EVERY = 100; // milliseconds

/** What the server says of the steps for each of these flags, as far as it has been asked. */
export function useChecks(place: BulkPlace, keys: readonly string[], steps: Step[]) {
  const wanted = JSON.stringify([place, keys, steps]);
  const [found, setFound] = useState({ wanted, verdicts: NO_VERDICTS });
  const [round, setRound] = useState(0);
  const known = found.wanted === wanted ? found.verdicts : NO_VERDICTS;
  const latest = useRef({ place, keys, steps, known });
  useEffect(() => {
    latest.current = { place, keys, steps, known };
  });
  useEffect(() => {
    const asked = latest.current;
    const verdicts = new Map([...asked.known].filter(([, { state }]) => state !== 'unknown'));
    let isWanted = true;
    let told = 0;
    const tell = () => setFound({ wanted, verdicts: new Map(verdicts) });
    const open = asked.steps.length === 0 ? [] : asked.keys.filter((key) => !verdicts.has(key));
    const work = async (key: string) => {
      const verdict = await check(asked.place, key, asked.steps);
      verdicts.set(key, verdict);
      if (!isWanted || Date.now() - told < TOLD_EVERY) return;
      told = Date.now();
      tell();
    };
    void doEach(open, AT_ONCE, work, () => isWanted).then(() => isWanted && open.length > 0 && tell());
    return () => {
      isWanted = false;
    };
  }, [wanted, round]);
  return { verdicts: known, again: () => setRound((before) => before + 1) };
}

/** What is sent for one flag. */
export interface BulkItem {
  flag: { key: string; name: string };
  steps: Step[];
}

export interface BulkFailure {
  item: BulkItem;
  reason: string;
}

export interface BulkOutcome {
  done: BulkItem[];
  failed: BulkFailure[];
  /** Those that it did not come to, having been stopped. */
  left: BulkItem[];
}

/** Changes each flag, and shows the results wherever flags are shown. */
async function saveEach(
  client: QueryClient,
  { project, environment }: BulkPlace,
  items: readonly BulkItem[],
  comment: string,
  goesOn: () => boolean,
  onProgress: (outcome: BulkOutcome) => void,
): Promise<BulkOutcome> {
  const done: BulkItem[] = [];
  const failed: BulkFailure[] = [];
  const tried = new Set<BulkItem>();
  const outcome = () => ({ done: [...done], failed: [...failed], left: items.filter((item) => !tried.has(item)) });
  await doEach(
    items,
    AT_ONCE,
    async (item) => {
      try {
        const change = { project, environment, flag: item.flag.key, instructions: item.steps as Instruction[] };
        const flag = await patchFlag(change, comment);
        await keepAnswer(flagKeys.one(project, flag.key), flag);
        done.push(item);
      } catch (error) {
        failed.push({ item, reason: refusalOf(error) ?? present(error).message });
      }
      tried.add(item);
      onProgress(outcome());
    },
    goesOn,
  );
  void client.invalidateQueries({ queryKey: [...flagKeys.all(project), 'pages'] });
  return outcome();
}

/** Saving a change of many flags, of which one sees how far it is, and which one can stop. */
export function useBulkSaving(place: BulkPlace) {
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<BulkOutcome>();
  const [isSaving, setSaving] = useState(false);
  const goesOn = useRef(true);
  const save = async (items: readonly BulkItem[], comment: string): Promise<BulkOutcome> => {
    goesOn.current = true;
    const before = outcome?.done ?? [];
    const whole = (now: BulkOutcome) => ({ ...now, done: [...before, ...now.done] });
    setSaving(true);
    setOutcome({ done: before, failed: [], left: [...items] });
    const tell = (now: BulkOutcome) => setOutcome(whole(now));
    const result = whole(await saveEach(client, place, items, comment, () => goesOn.current, tell));
    setOutcome(result);
    setSaving(false);
    return result;
  };
  return { outcome, isSaving, save, stop: () => (goesOn.current = false) };
}

/** Saving without being watched: to undo. */
export function useQuietBulkSaving() {
  const client = useQueryClient();
  return useCallback(
    (place: BulkPlace, items: readonly BulkItem[], comment: string) =>
      saveEach(client, place, items, comment, () => true, () => undefined),
    [client],
  );
}
