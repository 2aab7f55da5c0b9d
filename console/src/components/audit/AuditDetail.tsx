// An entry in full: its comment, what was changed in words and as JSON, the facts, and taking it back.
import { Button, Tabs } from '@mantine/core';
import { IconArrowBackUp, IconLink, IconPlayerPlay } from '@tabler/icons-react';
import { useClipboard } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { actorOf, auditEntryQuery, type AuditEntry } from '../../api/audit';
import { restorableBefore, triableAfter } from '../../format/audit';
import { writeMoment } from '../../format/moment';
import { exact } from '../../format/time';
import { paths } from '../../paths';
import { auditWords as words } from '../../strings/audit';
import { words as shared } from '../../strings/shared';
import { JsonDiff, JsonText } from '../../ui/JsonDiff';
import { Markdown } from '../../ui/Markdown';
import { FailureState, LoadingState } from '../../ui/States';
import { usePlace } from '../place';
import { RestoreReview } from '../RestoreReview';
import { useReviewing } from '../reviewing';
import classes from './audit.module.css';

export function AuditDetail({ entry }: { entry: AuditEntry }) {
  return (
    <>
      <div className={classes.story}>
        {entry.comment !== undefined && (
          <blockquote className={classes.comment} dir="auto">
            {entry.comment}
          </blockquote>
        )}
        <Changes entry={entry} />
      </div>
      <div className={classes.facts}>
        <Facts entry={entry} />
        <Actions entry={entry} />
      </div>
    </>
  );
}

function Changes({ entry }: { entry: AuditEntry }) {
  return (
    <Tabs defaultValue="sentence" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="sentence">{words.sentence}</Tabs.Tab>
        <Tabs.Tab value="diff">{words.diff}</Tabs.Tab>
        <Tabs.Tab value="whole">{words.whole}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="sentence" className={classes.panel}>
        <Markdown text={entry.description === '' ? words.onlyTitle(`${actorOf(entry)} ${entry.titleVerb} ${entry.name}`) : entry.description} />
      </Tabs.Panel>
      <Tabs.Panel value="diff" className={classes.panel}>
        <Versions id={entry._id} isWhole={false} />
      </Tabs.Panel>
      <Tabs.Panel value="whole" className={classes.panel}>
        <Versions id={entry._id} isWhole />
      </Tabs.Panel>
    </Tabs>
  );
}

function Versions({ id, isWhole }: { id: string; isWhole: boolean }) {
  const { data, error, refetch } = useQuery(auditEntryQuery(id));
  if (data === undefined) {
    return error ? <FailureState what={words.theEntry} error={error} onRetry={refetch} /> : <LoadingState rows={2} />;
  }
  const { previousVersion, currentVersion } = data;
  if (previousVersion === undefined && currentVersion === undefined) return <p className={classes.dim}>{words.noDiff}</p>;
  if (isWhole) return <JsonText value={currentVersion ?? previousVersion} label={words.whole} />;
  return <JsonDiff before={previousVersion} after={currentVersion} label={words.diff} />;
}

function Facts({ entry }: { entry: AuditEntry }) {
  const { project } = usePlace();
  const actor = entry.member?._id ?? entry.token?._id;
  const through = entry.app?.name ?? entry.token?.name;
  return (
    <dl className={classes.pairs}>
      <dt>{words.by}</dt>
      <dd dir="auto">
        {actor === undefined ? actorOf(entry) : <Link to={`${paths.audit(project.key)}?who=${actor}`}>{actorOf(entry)}</Link>}
      </dd>
      {(through !== undefined || entry.member !== undefined) && (
        <>
          <dt>{words.through}</dt>
          <dd dir="auto">{through === undefined ? words.console : words.token(through)}</dd>
        </>
      )}
      <dt>{words.when}</dt>
      <dd>{exact(entry.date)}</dd>
      <dt>{words.actions}</dt>
      <dd>
        {[...new Set(entry.accesses.map(({ action }) => action))].map((action) => (
          <code key={action}>{action}</code>
        ))}
      </dd>
    </dl>
  );
}

function Actions({ entry }: { entry: AuditEntry }) {
  const { project, environment } = usePlace();
  const triable = triableAfter(entry, environment.key);
  const clipboard = useClipboard({ timeout: 1500 });
  const review = useReviewing('restore', entry._id);
  const target = restorableBefore(entry);
  return (
    <div className={classes.actions}>
      {typeof target !== 'string' && (
        <Button variant="default" size="xs" leftSection={<IconArrowBackUp size={14} stroke={1.6} />} onClick={review.open}>
          {words.restore(target.version)}
        </Button>
      )}
      {triable && (
        <Button
          component={Link}
          to={`${paths.flag(triable.project, triable.environment, triable.flag, 'try')}?at=${writeMoment(triable)}`}
          variant="default"
          size="xs"
          leftSection={<IconPlayerPlay size={14} stroke={1.6} />}
        >
          {triable.version === undefined ? words.tryThen : words.tryVersion(triable.version)}
        </Button>
      )}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconLink size={14} stroke={1.6} />}
        onClick={() => clipboard.copy(new URL(paths.audit(project.key, entry._id), location.href).href)}
      >
        {clipboard.copied ? shared.copied : words.copyLink}
      </Button>
      <p className={classes.dim}>{typeof target === 'string' ? target : words.whatChanged}</p>
      {review.isOpen && typeof target !== 'string' && <RestoreReview target={target} name={entry.name} onClose={review.close} />}
    </div>
  );
}
