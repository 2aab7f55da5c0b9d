// Whether SDKs send single events of what a step decides, besides their counts.
import { Checkbox } from '@mantine/core';
import { targetingWords as words } from '../../strings/targeting';
import { Locked } from '../../ui/Locked';

export interface TrackingProps {
  label: string;
  isOn: boolean | undefined;
  /** Why it may not be chosen. */
  refusal: string | undefined;
  onChange: (isOn: boolean) => void;
}

export function Tracking({ label, isOn = false, refusal, onChange }: TrackingProps) {
  return (
    <Locked isTold refusal={refusal}>
      <Checkbox label={label} description={words.trackHint} checked={isOn} onChange={(event) => onChange(event.currentTarget.checked)} />
    </Locked>
  );
}
