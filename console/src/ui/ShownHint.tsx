// A hint that is shown: by itself it only goes away, as by Escape.
import { Tooltip, type TooltipProps } from '@mantine/core';

export default function ShownHint(props: TooltipProps) {
  return <Tooltip {...props} defaultOpened />;
}
