// In place of the head of the list while flags are picked: how many they are, and what can be done with them.
import { Button } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconTag, IconToggleLeft, IconToggleRight, type Icon } from '@tabler/icons-react';
import { Suspense, lazy, useState } from 'react';
import type { FlagRow } from '../../../api/flagRows';
import { bulkWords as words, type BulkAct } from '../../../strings/bulk';
import { Swatch } from '../../../ui/Swatch';
import type { Picks } from '../../../ui/picks';
import { usePlace } from '../../place';
import { useReviewing } from '../../reviewing';
import classes from './bulk.module.css';
import { readLate } from '../../../ui/readLate';

const BulkReview = lazy(() => readLate(async () => ({ default: (await import('./BulkReview')).BulkReview })));

const ICONS: Record<BulkAct, Icon> = {
  tags: IconTag,
  turnOn: IconToggleRight,
  turnOff: IconToggleLeft,
  archive: IconArchive,
  restore: IconArchiveOff,
};

export interface PickBarProps {
  picks: Picks<FlagRow>;
  /** How many match the filters of now. */
  total: number;
  /** Picks all that match. */
  pickAll: () => Promise<void>;
}

export default function PickBar({ picks, total, pickAll }: PickBarProps) {
  const { environment } = usePlace();
  const [act, setAct] = useState<BulkAct>(); // what was picked is not in the address: a link opens nothing
  const review = useReviewing('bulk');
  const [isPicking, setPicking] = useState(false);
  const flags = [...picks.rows.values()];
  const archived = flags.filter((flag) => flag.archived).length;
  const acts: BulkAct[] = ['tags', 'turnOn', 'turnOff'];
  if (archived < flags.length) acts.push('archive');
  if (archived > 0) acts.push('restore');
  const ask = (one: BulkAct) => {
    setAct(one);
    review.open();
  };
  const all = () => {
    setPicking(true);
    void pickAll().finally(() => setPicking(false));
  };
  return (
    <div className={classes.bar} role="toolbar" aria-label={words.bar}>
      <b role="status">{words.picked(flags.length)}</b>
      {total > flags.length && (
        <Button size="xs" variant="subtle" onClick={all} loading={isPicking}>
          {words.pickAll(total)}
        </Button>
      )}
      <Button size="xs" variant="subtle" color="gray" onClick={() => picks.keep()}>
        {words.clear}
      </Button>
      <span className={classes.space} />
      {acts.map((one) => (
        <Act key={one} act={one} environment={environment} onClick={() => ask(one)} />
      ))}
      {act && (
        <Suspense fallback={null}>
          <BulkReview
            flags={flags}
            act={act}
            review={review}
            onClose={(left) => {
              setAct(undefined);
              review.close();
              if (left) picks.keep(flags.filter(({ key }) => left.has(key)));
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

interface ActProps {
  act: BulkAct;
  environment: { name: string; color: string };
  onClick: () => void;
}

/** What is about one environment names it. */
function Act({ act, environment, onClick }: ActProps) {
  const Shown = ICONS[act];
  const isInOne = act === 'turnOn' || act === 'turnOff';
  return (
    <Button
      size="xs"
      variant="default"
      onClick={onClick}
      leftSection={<Shown size={14} stroke={1.6} aria-hidden />}
      rightSection={isInOne ? <Swatch color={environment.color} /> : undefined}
      aria-label={isInOne ? words.inEnvironment(words[act], environment.name) : undefined}
      title={isInOne ? words.inEnvironment(words[act], environment.name) : undefined}
    >
      {words[act]}
    </Button>
  );
}
