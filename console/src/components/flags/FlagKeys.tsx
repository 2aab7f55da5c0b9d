// The keys of the pages of a flag: to turn it on or off, to try a context, to compare environments.
import { useNavigate } from 'react-router';
import { paths } from '../../paths';
import { comparisonWords } from '../../strings/comparison';
import { flagTabWords } from '../../strings/flagTabs';
import { paletteWords as words } from '../../strings/palette';
import { useShortcuts } from '../../ui/shortcuts';
import { usePlace } from '../place';
import { toType } from '../trying/typing';
import { useAccess } from './access';
import { useFlag } from './flag';
import { useSwitching } from './switching';

export function FlagKeys(): null {
  const { project, environment } = usePlace();
  const flag = useFlag();
  const navigate = useNavigate();
  const { refusal } = useAccess('here');
  const { turn } = useSwitching(project.key, environment);
  const on = flag.environments?.[environment.key]?.on ?? false;
  const canTurn = !flag.archived && refusal('updateOn') === undefined;
  const to = (tab: string) => paths.flag(project.key, environment.key, flag.key, tab);
  const label = on ? words.turnOff(environment.name) : words.turnOn(environment.name);
  useShortcuts([
    { keys: 't', label: flagTabWords.tryContext, run: () => void navigate(to('try'), toType) },
    { keys: 'g e', label: comparisonWords.shortcut, run: () => void navigate(to('environments')) },
    ...(canTurn ? [{ keys: 'mod+shift+x', label, run: () => turn(flag, !on), notWhileTyping: true }] : []),
  ]);
  return null;
}
