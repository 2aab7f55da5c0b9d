// The switch: On and Off are words beside it, and it says what it could not do.
import { Suspense, lazy, useId, useRef, useState, type ReactNode } from 'react';
import { useDelayed } from './delayed';
import { Hint } from './Hint';
import { readLate } from './readLate';
import { words } from '../strings/shared';
import classes from './ui.module.css';

const Refused = lazy(() => readLate(() => import('./Refused')));

export interface ToggleProps {
  checked: boolean;
  /** What is switched, and where: “Checkout redesign in Production”. */
  label: string;
  /** What it does now, for those who hear it: “serving classic”. */
  description?: string;
  onChange: (checked: boolean) => void;
  /** While the server is asked; a spinner shows after 300 ms. */
  isPending?: boolean;
  /** Why it cannot be switched; it then stays focusable, so that the reason can be read. */
  refusal?: string | undefined;
  /** The same at length, drawn when somebody asks: by pointing at it, by the focus, or by a finger. */
  refusalAtLength?: ReactNode;
  /** Why it stayed as it was when that was tried last, shown beside it until `onSeen`. */
  failure?: { error: unknown; onSeen: () => void } | undefined;
  size?: 'sm' | 'md' | 'lg';
  /** Whether the word stands beside it. */
  withWord?: boolean;
}

export function Toggle(props: ToggleProps) {
  const { checked, label, description, onChange, isPending = false, refusal, failure, size = 'sm', withWord = true } = props;
  const button = useRef<HTMLButtonElement>(null);
  const [isAsked, ask] = useState(false);
  const id = useId();
  const told = refusal ?? description;
  const isSlow = useDelayed(isPending, 300);
  const toggle = (
    <button
      ref={button}
      type="button"
      role="switch"
      className={classes.toggle}
      data-size={size}
      aria-checked={checked}
      aria-label={label}
      aria-describedby={told === undefined ? undefined : id}
      aria-disabled={refusal !== undefined || undefined}
      aria-busy={isPending || undefined}
      onClick={(event) => {
        event.stopPropagation();
        if (refusal !== undefined) ask(matchMedia('(hover: none)').matches);
        else if (!isPending) onChange(!checked);
      }}
    >
      <span className={classes.track}>
        <span className={classes.knob}>{isSlow && <span className={classes.spinner} />}</span>
      </span>
      {told !== undefined && (
        <span id={id} hidden>
          {told}
        </span>
      )}
      {withWord && <span>{checked ? words.on : words.off}</span>}
    </button>
  );
  const why = props.refusalAtLength ?? refusal;
  const refused = isAsked && refusal !== undefined ? { text: why, onSeen: () => ask(false) } : failure;
  return (
    <>
      {refusal === undefined ? toggle : <Hint label={() => why}>{toggle}</Hint>}
      {refused && (
        <Suspense fallback={null}>
          <Refused target={button} why={refused} onClose={refused.onSeen} />
        </Suspense>
      )}
    </>
  );
}
