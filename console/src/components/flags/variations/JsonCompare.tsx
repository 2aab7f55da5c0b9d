// A JSON value that is edited against what is saved, or against another variation, line by line.
import { Select } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { comparables, readJson, type Comparable } from '../../../format/comparables';
import type { EditedVariation } from '../../../format/variations';
import { variationWords as words } from '../../../strings/variations';
import { LoadingState } from '../../../ui/States';
import { readLate } from '../../../ui/readLate';
import classes from './variations.module.css';

const JsonDiff = lazy(() => readLate(async () => ({ default: (await import('../../../ui/JsonDiff')).JsonDiff })));

interface JsonCompareProps {
  variation: EditedVariation;
  list: EditedVariation[];
  /** As they are saved; none of what is being made. */
  saved: EditedVariation[];
}

export function JsonCompare({ variation, list, saved }: JsonCompareProps) {
  const [chosen, choose] = useState<string | null>(null);
  const others = comparables(variation, list, saved);
  const other = others.find(({ id }) => id === chosen);
  if (others.length === 0) return null;
  return (
    <div className={classes.compare}>
      <Select
        size="xs"
        w={220}
        aria-label={words.compareWith}
        placeholder={words.compareWith}
        clearable
        data={others.map(({ id, name }) => ({ value: id, label: name }))}
        value={other?.id ?? null}
        onChange={choose}
      />
      {other && <Difference other={other} text={variation.text} />}
    </div>
  );
}

function Difference({ other, text }: { other: Comparable; text: string }) {
  const [before, after] = [readJson(other.text), readJson(text)];
  if (before === undefined || after === undefined) return <p className={classes.hint}>{words.notComparable}</p>;
  return (
    <Suspense fallback={<LoadingState rows={2} />}>
      <JsonDiff before={before} after={after} label={words.comparedWith(other.name)} />
    </Suspense>
  );
}
