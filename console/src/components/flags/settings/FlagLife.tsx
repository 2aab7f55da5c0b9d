// The end of a flag: marked as deprecated, or into the archive, and back through the review, or deleted once its key
// has been typed.
import { Button } from '@mantine/core';
import type { Flag, Instruction } from '../../../api/flags';
import { flagSettingsWords as words } from '../../../strings/flagSettings';
import { useAddress } from '../../../ui/address';
import { Locked } from '../../../ui/Locked';
import { usePlace } from '../../place';
import { Section } from '../../Section';
import { useAccess } from '../access';
import { FlagReview } from '../FlagReview';
import { everywhere, useFlagSaving } from '../saving';
import { RemoveDialog } from './RemoveDialog';
import classes from './settings.module.css';

export function FlagLife({ flag }: { flag: Flag }) {
  const [search, change] = useAddress();
  const asked = search.get('ask');
  const ask = (what: 'archive' | 'deprecate' | 'remove') => change({ ask: what });
  const { refusal } = useAccess('everywhere');
  const close = () => change({ ask: undefined }, true);
  return (
    <Section title={words.life}>
      <div className={classes.act}>
        <p>{flag.deprecated ? words.undeprecateText : words.deprecateText}</p>
        <Locked isTold refusal={refusal('updateDeprecated')}>
          <Button variant="default" onClick={() => ask('deprecate')}>
            {flag.deprecated ? words.undeprecate : words.deprecate}
          </Button>
        </Locked>
      </div>
      <div className={classes.act}>
        <p>{flag.archived ? words.restoreText : words.archiveText}</p>
        <Locked isTold refusal={refusal('updateGlobalArchived')}>
          <Button variant="default" onClick={() => ask('archive')}>
            {flag.archived ? words.restore : words.archive}
          </Button>
        </Locked>
      </div>
      <div className={classes.act}>
        <p>{words.removeText}</p>
        <Locked isTold refusal={refusal('deleteFlag')}>
          <Button variant="outline" color="red" onClick={() => ask('remove')}>
            {words.remove}
          </Button>
        </Locked>
      </div>
      {asked === 'archive' && <LifeReview flag={flag} step={{ kind: flag.archived ? 'restoreFlag' : 'archiveFlag' }} onClose={close} />}
      {asked === 'deprecate' && (
        <LifeReview flag={flag} step={{ kind: flag.deprecated ? 'restoreDeprecatedFlag' : 'deprecateFlag' }} onClose={close} />
      )}
      {asked === 'remove' && <RemoveDialog flag={flag} onClose={close} />}
    </Section>
  );
}

interface AskedProps {
  flag: Flag;
  onClose: () => void;
}

function LifeReview({ flag, step, onClose }: AskedProps & { step: Instruction }) {
  const { project, environments } = usePlace();
  const { save, tellSaved } = useFlagSaving(project.key, flag);
  return (
    <FlagReview
      change={{ project: project.key, environment: '', flag: flag.key, instructions: [step] }}
      subject={flag.name}
      environment={everywhere(environments)}
      save={save}
      onClose={onClose}
      onSaved={tellSaved}
    />
  );
}
