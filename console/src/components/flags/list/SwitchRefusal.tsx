// Why the reader may not switch a flag of the list, in the server's words: asked of one flag at a time.
import { useRefusal } from '../../../api/may';

export interface SwitchRefusalProps {
  resource: string;
  /** What is told until then. */
  short: string;
}

export default function SwitchRefusal({ resource, short }: SwitchRefusalProps) {
  return <span role="status">{useRefusal('updateOn', resource) ?? short}</span>;
}
