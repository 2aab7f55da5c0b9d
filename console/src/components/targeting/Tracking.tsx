// Whether SDKs send single events of what a step decides, besides their counts.
import { Checkbox } from '@mantine/core';
import { targetingWords as words } from '../../strings/targeting';

export interface TrackingProps {
  label: string;
  isOn: boolean | undefined;
  onChange: (isOn: boolean) => void;
}

export function Tracking({ label, isOn = false, onChange }: TrackingProps) {
  return (
    <Checkbox label={label} description={words.trackHint} checked={isOn} onChange={(event) => onChange(event.currentTarget.checked)} />
  );
}
