// The lines for the SDK of choice, with the key that it needs here.
import { ActionIcon, ScrollArea, SegmentedControl, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Environment } from '../../api/places';
import { SNIPPETS } from '../../format/snippets';
import { paths } from '../../paths';
import { welcomeWords as words } from '../../strings/live';
import { words as shared } from '../../strings/shared';
import classes from './welcome.module.css';
import { useAddress } from '../../ui/address';

const CHOICES = Object.entries(SNIPPETS).map(([value, { name }]) => ({ value, label: name }));

export function ProgramStep({ project, environment, flag }: { project: string; environment: Environment; flag: string }) {
  const [search, change] = useAddress();
  const asked = search.get('sdk') ?? '';
  const sdk = asked in SNIPPETS ? asked : 'python';
  const snippet = SNIPPETS[sdk];
  if (snippet === undefined) return null;
  const key = snippet.uses === 'sdk' ? environment.apiKey : environment._id;
  const program = snippet.lines({ server: location.origin, key, flag }).join('\n');
  return (
    <>
      <div className={classes.choice}>
        <SegmentedControl aria-label={words.sdk} data={CHOICES} value={sdk} onChange={(next) => change({ sdk: next }, true)} />
      </div>
      <div className={classes.install}>
        <code>{snippet.install}</code>
        <Copy text={snippet.install} what={words.copyInstall} />
      </div>
      <div className={classes.code}>
        <div className={classes.copy}>
          <Copy text={program} what={words.copy} />
        </div>
        <ScrollArea viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': words.code }}>
          <pre className={classes.lines}>
            <code>{program}</code>
          </pre>
        </ScrollArea>
      </div>
      <p className={classes.hint}>
        {words.anySdk} {words.keys[snippet.uses](environment.name)}{' '}
        <Link to={paths.environment(project, environment.key)}>{words.otherKeys}</Link>
      </p>
    </>
  );
}

function Copy({ text, what }: { text: string; what: string }) {
  const clipboard = useClipboard({ timeout: 1500 });
  const name = clipboard.copied ? shared.copied : shared.copyThing(what);
  return (
    <Tooltip label={name}>
      <ActionIcon size="xs" aria-label={name} onClick={() => clipboard.copy(text)}>
        {clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      </ActionIcon>
    </Tooltip>
  );
}
