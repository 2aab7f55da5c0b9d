// `/{p}/{e}/contexts/{kind}/{key}`: what is known of a context, and what each flag gives it, and why.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link, useParams } from 'react-router';
import { contextQuery, instancesQuery, type ContextPlace, type SeenContext } from '../api/contexts';
import classes from '../components/contexts/contexts.module.css';
import { ServedFlags } from '../components/contexts/ServedFlags';
import { Page } from '../components/Page';
import { usePlace } from '../components/place';
import { Section } from '../components/Section';
import { paths } from '../paths';
import { contextWords as words } from '../strings/contexts';
import { KeyPill } from '../ui/KeyPill';
import { RelativeTime } from '../ui/RelativeTime';
import { FailureState, LoadingState } from '../ui/States';

export default function ContextPage() {
  const { project, environment } = usePlace();
  const { kind = '', key = '' } = useParams();
  const place: ContextPlace = { project: project.key, environment: environment.key };
  const { data, error, refetch } = useQuery(contextQuery(place, kind, key));
  const trail = [{ label: words.contexts, to: paths.contexts(project.key, environment.key) }];
  const seen = data?.items[0] as SeenContext | undefined;
  const context = useMemo(() => seen?.context ?? { kind, key }, [seen, kind, key]);
  return (
    <Page
      title={context.name ?? key}
      environment={environment.name}
      trail={trail}
      resourceKey={key}
      description={words.ofKind(kind)}
    >
      <Section title={words.attributes}>
        {data && (seen ? <Facts seen={seen} /> : <p className={classes.none}>{words.gone}</p>)}
        {!data && error && <FailureState what={words.theContext(key)} error={error} onRetry={refetch} />}
        {!data && !error && <LoadingState rows={3} />}
      </Section>
      <Together place={place} kind={kind} contextKey={key} />
      {(data ?? error) && (
        <Section title={words.served} hint={words.servedHint}>
          <ServedFlags place={place} context={context} />
        </Section>
      )}
    </Page>
  );
}

function Facts({ seen: { context, lastSeen, applicationId } }: { seen: SeenContext }) {
  const withheld = (context._meta as { redactedAttributes?: string[] } | undefined)?.redactedAttributes ?? [];
  const attributes = Object.entries(context).filter(([name]) => name !== 'kind' && name !== 'key' && name !== '_meta');
  return (
    <dl className={classes.facts}>
      <dt>{words.seen}</dt>
      <dd className={classes.plain}>
        <RelativeTime at={Date.parse(lastSeen)} />
      </dd>
      {applicationId !== undefined && (
        <>
          <dt>{words.application}</dt>
          <dd className={classes.plain}>{applicationId}</dd>
        </>
      )}
      {attributes.map(([name, value]) => (
        <Fact key={name} name={name} value={typeof value === 'string' ? value : JSON.stringify(value)} />
      ))}
      {withheld.map((name) => (
        <Fact key={name} name={name} value={words.redacted} />
      ))}
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className={classes.attribute} dir="auto">
        {name}
      </dt>
      <dd dir="auto">{value}</dd>
    </>
  );
}

interface TogetherProps {
  place: ContextPlace;
  kind: string;
  contextKey: string;
}

/** Contexts of other kinds that were evaluated with it, each once. */
function Together({ place, kind, contextKey }: TogetherProps) {
  const { data, error, refetch } = useQuery(instancesQuery(place, kind, contextKey));
  const others = new Map<string, { kind: string; key: string }>();
  for (const { context } of data?.items ?? []) {
    const { kind: whole, ...parts } = context as { kind: string } & Record<string, { key: string }>;
    if (whole !== 'multi') continue;
    for (const [other, { key }] of Object.entries(parts)) if (other !== kind) others.set(`${other} ${key}`, { kind: other, key });
  }
  return (
    <Section title={words.together}>
      {error && <FailureState what={words.theTogether} error={error} onRetry={refetch} />}
      {data && others.size === 0 && <p className={classes.none}>{data.items.length === 0 ? words.never : words.alone}</p>}
      {others.size > 0 && <ul className={classes.list}>
        {[...others.entries()].map(([id, other]) => (
          <li key={id}>
            {other.kind}{' '}
            <Link to={paths.context(place.project, place.environment, other.kind, other.key)}>
              <KeyPill>{other.key}</KeyPill>
            </Link>
          </li>
        ))}
      </ul>}
    </Section>
  );
}
