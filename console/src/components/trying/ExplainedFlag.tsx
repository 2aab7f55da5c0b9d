// Every step of the evaluation of a flag, in the order in which they decide.
import { IconCheck, IconDots, IconExclamationMark, IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { StepState, TracedFlag } from '../../api/explaining';
import { tryWords as words } from '../../strings/trying';
import { KeyPill } from '../../ui/KeyPill';
import { VariationChip } from '../flags/VariationChip';
import { ExplainedClauses } from './ExplainedClauses';
import { ExplainedSplit } from './ExplainedSplit';
import classes from './trying.module.css';

const MARKS = { met: IconCheck, notMet: IconX, notNeeded: IconDots, notReached: IconDots, failed: IconExclamationMark };

export function ExplainedFlag({ flag }: { flag: TracedFlag }) {
  return (
    <ol className={classes.steps}>
      <Step state={flag.on && flag.exists ? 'met' : 'notMet'} isSilent>
        <b>{flag.exists ? (flag.on ? words.isOn : words.isOff) : words.isGone}</b>
      </Step>
      {flag.prerequisites.map((needed) => (
        <Prerequisite key={needed.key} needed={needed} />
      ))}
      <Step state={flag.targets.state} decides={flag.targets.state === 'met'}>
        <b>{words.targets}</b>{' '}
        <span className={classes.dim}>
          {flag.targets.key === undefined ? words.noTarget : words.isTarget(flag.targets.contextKind ?? '', flag.targets.key)}
        </span>
      </Step>
      {flag.rules.map((rule, place) => (
        <Step key={rule.id || place} state={rule.state} decides={rule.state === 'met'}>
          <b>{words.rule(place + 1)}</b>{' '}
          <span className={classes.dim} dir="auto">
            {rule.description}
          </span>
          {rule.state !== 'notReached' && <ExplainedClauses clauses={rule.clauses} />}
          {rule.split && <ExplainedSplit split={rule.split} />}
        </Step>
      ))}
      <Step state={flag.fallthrough.state} decides={flag.fallthrough.state === 'met'}>
        <b>{words.everyoneElse}</b>
        {flag.fallthrough.split && <ExplainedSplit split={flag.fallthrough.split} />}
      </Step>
    </ol>
  );
}

interface StepProps {
  state: StepState;
  /** Whether it gave the result. */
  decides?: boolean;
  /** Whether its words say its state. */
  isSilent?: boolean;
  children: ReactNode;
}

function Step({ state, decides = false, isSilent = false, children }: StepProps) {
  const Mark = MARKS[state];
  return (
    <li className={classes.step} data-state={state} data-decides={decides || undefined}>
      <span className={classes.mark} aria-hidden>
        <Mark size={14} stroke={2} />
      </span>
      <div className={classes.stepBody}>{children}</div>
      {!isSilent && <span className={classes.state}>{words.states[state]}</span>}
    </li>
  );
}

function Prerequisite({ needed }: { needed: TracedFlag['prerequisites'][number] }) {
  const [isOpen, setOpen] = useState(needed.state === 'notMet');
  const { flag, wanted, key } = needed;
  const served = flag?.variation;
  return (
    <Step state={needed.state} decides={needed.state === 'notMet'}>
      <span className={classes.line}>
        <b>{words.requires}</b> <KeyPill>{key}</KeyPill> {words.toServe}{' '}
        <VariationChip variation={wanted} index={wanted.index} />
        {served && served.index !== wanted.index && (
          <>
            {words.serves} <VariationChip variation={served} index={served.index} />
          </>
        )}
        {flag && !flag.opened && <span className={classes.dim}>{words.openedElsewhere}</span>}
        {flag?.opened && (
          <button type="button" className={classes.link} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? words.closeFlag(key) : words.explainFlag(key)}
          </button>
        )}
      </span>
      {isOpen && flag?.opened && (
        <div className={classes.nested}>
          <ExplainedFlag flag={flag} />
        </div>
      )}
    </Step>
  );
}
