// The last step: what everyone gets whom nothing above decides, on or off.
import { Button } from '@mantine/core';
import type { Flag } from '../../api/flags';
import type { Access } from '../../api/may';
import { same, type Targeting } from '../../format/steps';
import { targetingWords as words } from '../../strings/targeting';
import { Locked } from '../../ui/Locked';
import { OutcomeEditor } from './OutcomeEditor';
import { OutcomeLine } from './OutcomeLine';
import { Tracking } from './Tracking';
import classes from './targeting.module.css';

/** What is asked for to change each part of it. */
export const EVERYONE_ACTIONS = ['updateFallthrough', 'updateOffVariation', 'updateTrackEvents'];

export interface EveryoneElseProps extends Pick<Access, 'refusal'> {
  flag: Flag;
  base: Targeting;
  targeting: Targeting;
  isEdited: boolean;
  onEdit: (isEdited: boolean) => void;
  onChange: (change: Partial<Targeting>) => void;
}

export function EveryoneElse({ flag, base, targeting, isEdited, refusal, onEdit, onChange }: EveryoneElseProps) {
  const { fallthrough, offVariation } = targeting;
  const isChanged = !same(shownOf(targeting), shownOf(base));
  const noTracking = refusal('updateTrackEvents');
  return (
    <section className={classes.card} data-changed={isChanged || undefined} aria-label={words.everyoneElse}>
      <div className={`${classes.cardHead} ${classes.headOfTwo}`}>
        <div className={classes.headWords}>
          <h2>{words.everyoneElse}</h2>
          <span className={classes.dim}>{words.defaultRule}</span>
          {[targeting.trackEvents, targeting.trackEventsFallthrough].includes(true) && <span className={classes.dim}>{words.tracked}</span>}
          <span className={classes.space} />
          {!isEdited && <OutcomeLine outcome={fallthrough} variations={flag.variations} />}
        </div>
        <Button size="xs" variant="subtle" onClick={() => onEdit(!isEdited)} aria-label={`${isEdited ? words.done : words.edit} ${words.everyoneElse}`}>
          {isEdited ? words.done : words.edit}
        </Button>
      </div>
      {isEdited && (
        <div className={classes.fields}>
          <Locked isTold refusal={refusal('updateFallthrough')}>
            <OutcomeEditor
              label={words.outcome}
              outcome={fallthrough}
              base={base.fallthrough}
              variations={flag.variations}
              step="fallthrough"
              onChange={(outcome) => onChange({ fallthrough: outcome })}
            />
          </Locked>
          <Locked isTold refusal={refusal('updateOffVariation')}>
            <OutcomeEditor
              label={words.offOutcome}
              outcome={{ variation: offVariation }}
              variations={flag.variations}
              step="off"
              isPlain
              onChange={({ variation }) => onChange({ offVariation: variation })}
            />
          </Locked>
          <Tracking
            label={words.track}
            refusal={noTracking}
            isOn={targeting.trackEventsFallthrough}
            onChange={(trackEventsFallthrough) => onChange({ trackEventsFallthrough })}
          />
          <Tracking
            label={words.trackAll}
            refusal={noTracking}
            isOn={targeting.trackEvents}
            onChange={(trackEvents) => onChange({ trackEvents })}
          />
        </div>
      )}
    </section>
  );
}

/** What the card shows. */
const shownOf = ({ fallthrough, offVariation, trackEvents = false, trackEventsFallthrough = false }: Targeting) => [
  fallthrough,
  offVariation,
  trackEvents,
  trackEventsFallthrough,
];
