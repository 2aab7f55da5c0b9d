// The status of a flag in every environment, what it means, and whether the flag can be taken out.
import { Anchor } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { statusesQuery } from '../../api/evaluations';
import { dependentsQuery } from '../../api/flagLife';
import type { Flag } from '../../api/flags';
import { removalOf, servable, type Removal, type Use } from '../../format/removal';
import { paths } from '../../paths';
import { evaluationWords as words } from '../../strings/evaluations';
import { flagListWords } from '../../strings/flagList';
import { RelativeTime } from '../../ui/RelativeTime';
import { FailureState, LoadingState } from '../../ui/States';
import { Swatch } from '../../ui/Swatch';
import { STATUS_ICONS } from '../flags/statuses';
import { usePlace } from '../place';
import { Section } from '../Section';
import { servedName } from './layers';
import classes from './evaluations.module.css';

export function FlagStatus({ flag }: { flag: Flag }) {
  const { project, environments } = usePlace();
  const statuses = useQuery(statusesQuery(project.key, flag.key));
  const dependents = useQuery(dependentsQuery(project.key, flag.key));
  const error = statuses.error ?? dependents.error;
  if (statuses.data === undefined || dependents.data === undefined) {
    const retry = () => Promise.all([statuses.refetch(), dependents.refetch()]);
    return error ? <FailureState what={words.theStatus} error={error} onRetry={retry} /> : <LoadingState rows={3} height={40} />;
  }
  const told = statuses.data.environments;
  const uses = environments.flatMap(({ key, name, color }) => {
    const [status, config] = [told[key], flag.environments?.[key]];
    if (status === undefined || config === undefined) return [];
    const asked = status.lastRequested === undefined ? undefined : Date.parse(status.lastRequested);
    return [{ key, name, color, status: status.name, on: config.on, targeting: config, lastModified: config.lastModified, lastRequested: asked }];
  });
  const removal = removalOf({
    isTemporary: flag.temporary,
    isArchived: flag.archived,
    dependents: dependents.data.items.length,
    uses,
    name: (served) => servedName(flag, served),
    now: statuses.dataUpdatedAt,
  });
  return (
    <div className={classes.pair}>
      <Section title={words.status} hint={words.statusHint}>
        <ul className={classes.statuses}>
          {uses.map((use) => (
            <Line key={use.key} flag={flag} use={use} color={use.color} />
          ))}
        </ul>
      </Section>
      <RemovalSection removal={removal} flag={flag} />
    </div>
  );
}

function Line({ flag, use, color }: { flag: Flag; use: Use; color: string }) {
  const StatusIcon = STATUS_ICONS[use.status];
  const values = servable(use).map((served) => servedName(flag, served)).join(words.or);
  return (
    <li>
      <span className={classes.where}>
        <Swatch color={color} />
        <b dir="auto">{use.name}</b>
        <span className={classes.status}>
          {StatusIcon && <StatusIcon size={14} stroke={1.6} aria-hidden />}
          {flagListWords.statuses[use.status] ?? use.status}
        </span>
      </span>
      <span>{words.meanings[use.status]}</span>
      <span className={classes.dim} dir="auto">
        {(use.on ? words.onServes : words.offServes)(values)};{' '}
        {use.lastRequested === undefined ? words.neverAskedHere : <>{words.askedLast} <RelativeTime at={use.lastRequested} /></>}
      </span>
    </li>
  );
}

function RemovalSection({ removal: { verdict, value, checks }, flag }: { removal: Removal; flag: Flag }) {
  const { project, environment } = usePlace();
  return (
    <Section title={words.removal}>
      <p className={classes.verdict}>{words.verdicts[verdict](value)}</p>
      <ul className={classes.checks}>
        {checks.map(({ isMet, text }) => (
          <li key={text} data-met={isMet || undefined}>
            {isMet ? <IconCircleCheck size={16} stroke={1.6} aria-label={words.met} /> : <IconCircleDashed size={16} stroke={1.6} aria-label={words.notMet} />}
            <span dir="auto">{text}</span>
          </li>
        ))}
      </ul>
      {(verdict === 'remove' || verdict === 'archived') && (
        <Anchor component={Link} to={paths.flag(project.key, environment.key, flag.key, 'settings')}>
          {words.toSettings}
        </Anchor>
      )}
    </Section>
  );
}
