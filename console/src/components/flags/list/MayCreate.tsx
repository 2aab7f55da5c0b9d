// What makes a flag; for who may not, a button that says so.
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { flagWords as words } from '../../../strings/flags';
import { GuardedButton } from '../../../ui/GuardedButton';
import { usePlace } from '../../place';
import { useNewFlagRefusal } from '../creating';

export default function MayCreate({ children }: { children: ReactNode }) {
  const { project, environments } = usePlace();
  const refusal = useNewFlagRefusal(project.key, environments);
  if (refusal === undefined) return children;
  return (
    <GuardedButton leftSection={<IconPlus size={16} />} refusal={refusal}>
      {words.create}
    </GuardedButton>
  );
}
