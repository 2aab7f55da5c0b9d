// The contexts that one flag would have given something else: from which variation to which, and by which step.
import { IconArrowRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { FlagEffect } from '../../api/effects';
import { flagQuery, type Flag } from '../../api/flags';
import { pushedAlong, stepsOf, type Move } from '../../format/effect';
import { count, counted } from '../../format/number';
import { paths } from '../../paths';
import { effectWords as words } from '../../strings/effect';
import { Note } from '../../ui/Note';
import { variationColor } from '../flags/VariationMark';
import { usePlace } from '../place';
import { Chip } from '../targeting/OutcomeLine';
import classes from './effects.module.css';

const SHOWN = 6;

export interface MovedFlagProps {
  moved: FlagEffect;
  /** How many contexts there are. */
  total: number;
  /** Whether only some of them were tried. */
  isSample: boolean;
  /** What it is afterwards, if it is the one that is changed; others are named. */
  changed: Changed | undefined;
}

export interface Changed {
  key: string;
  variations: Variations | undefined;
}

type Variations = Flag['variations'];

export function MovedFlag({ moved: { key, estimate, moves }, total, isSample, changed }: MovedFlagProps) {
  const { project, environment } = usePlace();
  const variations = useQuery(flagQuery(project.key, key)).data?.variations ?? [];
  const then = changed?.variations ?? variations;
  const most = Math.max(...moves.map((move) => move.estimate));
  const say = isSample ? words.aboutSome : words.someMove;
  return (
    <div className={classes.flag}>
      <p role="status">
        {changed === undefined && (
          <>
            {words.otherFlag} <Link to={paths.flag(project.key, environment.key, key)}>{key}</Link>{' '}
          </>
        )}
        <b>{say(count(estimate), count(total))}</b> {moves.some(({ revalued }) => revalued) ? words.wouldChange : words.wouldMove}
      </p>
      <ul className={classes.moves}>
        {moves.slice(0, SHOWN).map((move, place) => (
          <MoveLine key={place} move={move} most={most} variations={variations} then={then} />
        ))}
      </ul>
      {moves.length > SHOWN && <p className={classes.dim}>{words.moreMoves(moves.length - SHOWN)}</p>}
      {pushedAlong(moves).map(({ variation, losing, gaining }) => (
        <Note key={variation} tone="info">
          {words.pushed}
          <Chip index={variation} variations={then} isPlain />
          {words.pushedAlong(counted(losing, 'context'), count(gaining))}
        </Note>
      ))}
    </div>
  );
}

interface MoveLineProps {
  move: Move;
  /** The largest number beside it. */
  most: number;
  variations: Variations;
  /** The same after the change. */
  then: Variations;
}

function MoveLine({ move, most, variations, then }: MoveLineProps) {
  const { before, after, estimate, revalued } = move;
  const { step, was } = stepsOf(move);
  const colour = after === null ? 'var(--fs-strong)' : variationColor(after, then[after]?.value === false);
  return (
    <li className={classes.move}>
      <Got index={before} variations={variations} isValue={revalued} />
      <IconArrowRight size={14} stroke={1.6} aria-label={words.to} />
      <Got index={after} variations={then} isValue={revalued} />
      <span className={classes.track} aria-hidden>
        <span style={{ width: `${(100 * estimate) / most}%`, background: colour }} />
      </span>
      <b className={classes.count}>{count(estimate)}</b>
      <span className={classes.step}>
        {step}
        {was !== undefined && <span>{words.was(was)}</span>}
      </span>
    </li>
  );
}

interface GotProps {
  index: number | null;
  variations: Variations;
  /** Whether its value tells it from the other one, not its name. */
  isValue: boolean;
}

function Got({ index, variations, isValue }: GotProps) {
  if (index === null) return <span className={classes.dim}>{words.codeDefault}</span>;
  const shown = isValue ? variations.map((variation) => ({ ...variation, name: '' })) : variations;
  return <Chip index={index} variations={shown} isPlain />;
}
