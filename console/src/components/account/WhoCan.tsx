// Who may do an action on one resource, and which statement of which role says so.
import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconCheck, IconKey, IconUsersGroup } from '@tabler/icons-react';
import { environmentsQuery, projectsQuery } from '../../api/places';
import { rolesQuery, whoCanQuery, type WhoCan as Answer } from '../../api/roles';
import { ACTIONS } from '../../format/actions';
import { counted } from '../../format/number';
import { actionWords, numberOf, readStatements, resourceText } from '../../format/policy';
import { policyWords, whoWords as words } from '../../strings/policy';
import { Lines, type Line } from '../../ui/Facts';
import { Initials } from '../../ui/Initials';
import { Note } from '../../ui/Note';
import { FailureState, LoadingState } from '../../ui/States';
import { useAddress } from '../../ui/address';
import classes from './policy.module.css';
import { useState } from 'react';

const SHOWN = 20; // of each: members, teams, tokens
const KINDS = Object.entries(policyWords.kinds).map(([value, label]) => ({ value, label }));
const USUAL = 'proj:env:flag';

/** The question is in the address: `who` is the action, `kind` the path of the type, `on` the names of its segments. */
export function WhoCan({ isUnsaved = false }: { isUnsaved?: boolean }) {
  const [search, change] = useAddress();
  const kind = search.get('kind') ?? USUAL;
  const action = search.get('who') ?? '';
  const named = search.getAll('on').flatMap((one) => one.split('\n'));
  const [names, setNames] = useState<string[]>(named);
  const types = kind.split(':').filter((type) => type !== 'acct');
  const isComplete = action !== '' && types.every((_, place) => (names[place] ?? '').trim() !== '');
  const asked = search.get('on') !== null && action !== '' ? resourceText(kind, named) : undefined;
  const setName = (place: number, name: string) => setNames(types.map((_, at) => (at === place ? name : (names[at] ?? ''))));
  const ask = (event: React.SyntheticEvent) => {
    event.preventDefault();
    if (isComplete) change({ on: names.slice(0, types.length).join('\n') || '-', kind, who: action });
  };
  return (
    <div className={classes.who}>
      <form onSubmit={ask} className={classes.ask}>
        <Select
          label={words.kind}
          data={KINDS}
          allowDeselect={false}
          value={kind}
          onChange={(next) => {
            setNames([]);
            change({ kind: next ?? USUAL, who: undefined, on: undefined }, true);
          }}
        />
        <Select
          label={words.action}
          searchable
          openOnFocus={false}
          data={(ACTIONS[kind] ?? []).map((name) => ({ value: name, label: actionWords(name) }))}
          value={action || null}
          onChange={(next) => change({ who: next ?? undefined, on: undefined }, true)}
        />
        {types.map((type, place) => (
          <NameField
            key={`${kind} ${type}`}
            type={type}
            project={names[0] ?? ''}
            value={names[place] ?? ''}
            onChange={(name) => setName(place, name)}
          />
        ))}
        <div style={{ alignSelf: 'end' }}>
          <Button type="submit" variant="default" disabled={!isComplete}>
            {words.ask}
          </Button>
        </div>
      </form>
      {asked === undefined ? <span>{words.incomplete}</span> : <Found action={action} resource={asked} />}
      {isUnsaved && asked !== undefined && <Note tone="info">{words.asSaved}</Note>}
    </div>
  );
}

interface NameFieldProps {
  type: string;
  /** The key of the project that was chosen before. */
  project: string;
  value: string;
  onChange: (name: string) => void;
}

/** The name of one segment: projects and environments are chosen, everything else is written. */
function NameField({ type, project, value, onChange }: NameFieldProps) {
  const projects = useQuery({ ...projectsQuery(), enabled: type === 'proj' }).data?.items ?? [];
  const environments = useQuery({ ...environmentsQuery(project), enabled: type === 'env' && project !== '' }).data?.items ?? [];
  const label = policyWords.segments[type] ?? type;
  if (type !== 'proj' && type !== 'env') {
    return <TextInput label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
  const data = (type === 'proj' ? projects : environments).map(({ key, name }) => ({ value: key, label: name }));
  return (
    <Select label={label} searchable openOnFocus={false} data={data} value={value || null} onChange={(key) => onChange(key ?? '')} />
  );
}

function Found({ action, resource }: { action: string; resource: string }) {
  const { data, error, refetch } = useQuery(whoCanQuery(action, resource));
  const say = useReasons();
  if (data === undefined) {
    return error ? <FailureState what={words.theAnswer} error={error} onRetry={refetch} /> : <LoadingState rows={4} height={40} />;
  }
  const { members, teams, tokens } = data;
  const counts = [
    members.length > 0 ? counted(members.length, 'member') : '',
    teams.length > 0 ? counted(teams.length, 'team') : '',
    tokens.length > 0 ? counted(tokens.length, 'token') : '',
  ] as const;
  const more = [members, teams, tokens].reduce((sum, all) => sum + Math.max(0, all.length - SHOWN), 0);
  const lines = [members, teams, tokens].flatMap((all) => all.slice(0, SHOWN).map((who) => lineOf(who, say)));
  return (
    <div role="status">
      <b>{lines.length === 0 ? words.nobody : words.summary(...counts)}</b>
      <Lines label={words.people} lines={lines} />
      {more > 0 && words.more(more)}
    </div>
  );
}

type Who = Answer['members'][number];

function lineOf(who: Who, say: (reason: Who['reason']) => string): Line {
  const own = say(who.reason);
  return {
    key: who.resource,
    mark: (
      <>
        <IconCheck size={16} stroke={1.6} color="var(--fs-good)" aria-hidden />
        <Mark who={who} />
      </>
    ),
    main: who.name,
    side: who.bound ? words.bound(own, say(who.bound)) : own,
  };
}

function Mark({ who }: { who: Who }) {
  if (who.kind === 'member') return <Initials name={who.name} label={who.name} />;
  const Icon = who.kind === 'team' ? IconUsersGroup : IconKey;
  return <Icon size={18} stroke={1.6} aria-label={who.kind === 'team' ? words.team : words.token} />;
}

/** “Switcher, statement 1”: a statement is counted in the policy of its role. */
function useReasons() {
  const roles = useQuery(rolesQuery()).data?.items ?? [];
  return ({ role, statement }: Who['reason']) => {
    const found = roles.find(({ name, key }) => name === role || key === role);
    const [asked] = statement ? readStatements([statement]) : [];
    const number = asked && found ? numberOf(asked, readStatements(found.policy)) : 0;
    return role === '' ? (statement ? words.inline : words.ofAll) : words.by(role, number);
  };
}
