// Going to a rule of many by its number.
import { NumberInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { targetingWords as words } from '../../strings/targeting';
import { atPlace } from './dragging';
import classes from './targeting.module.css';

const MANY = 20; // rules that one still sees

export function RuleJump({ count }: { count: number }) {
  const [place, setPlace] = useState<number | string>('');
  if (count <= MANY) return null;
  const go = (event: SyntheticEvent) => {
    event.preventDefault();
    if (place === '') return;
    const found = Math.min(Number(place), count); // past the last one is the last one
    setPlace(found);
    const item = atPlace(found - 1);
    item?.scrollIntoView({ block: 'center' });
    item?.querySelector<HTMLElement>('[aria-keyshortcuts]')?.focus({ preventScroll: true });
  };
  return (
    <form className={classes.jump} onSubmit={go}>
      <NumberInput
        size="xs"
        w={120}
        aria-label={words.goToRule}
        placeholder={words.goToRule}
        min={1}
        max={count}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        value={place}
        onChange={setPlace}
      />
    </form>
  );
}
