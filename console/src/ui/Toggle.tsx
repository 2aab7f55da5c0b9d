// The switch: On and Off are words beside it, and it says what it could not do.
import { Tooltip } from '@mantine/core';
import { useId } from 'react';
import { useDelayed } from './delayed';
import { words } from '../strings/shared';
import classes from './ui.module.css';

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
  size?: 'sm' | 'md' | 'lg';
  /** Whether the word stands beside it. */
  withWord?: boolean;
}

export function Toggle(props: ToggleProps) {
  const { checked, label, description, onChange, isPending = false, refusal, size = 'sm', withWord = true } = props;
  const id = useId();
  const told = refusal ?? description;
  const isSlow = useDelayed(isPending, 300);
  const toggle = (
    <button
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
        if (!isPending && refusal === undefined) onChange(!checked);
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
  return refusal === undefined ? toggle : <Tooltip label={refusal}>{toggle}</Tooltip>;
}
