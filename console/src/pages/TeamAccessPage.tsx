// `/account/teams/{t}/access?add`: what a team may do, who looks after it, its name, and deleting it.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useRefusal } from '../api/may';
import { memberName } from '../api/auth';
import { maintainersQuery, teamRolesQuery, useChangeTeam, useDeleteTeam, type Team } from '../api/teams';
import { useTeam } from '../components/account/team';
import { DeleteDialog } from '../components/DeleteDialog';
import { RemovalSection } from '../components/RemovalSection';
import { Section } from '../components/Section';
import { TeamAttributesForm } from '../forms/TeamAttributesForm';
import { TeamDetailsForm } from '../forms/TeamDetailsForm';
import { TeamPeopleForm } from '../forms/TeamPeopleForm';
import { TeamRolesForm } from '../forms/TeamRolesForm';
import { paths } from '../paths';
import { teamWords as words } from '../strings/teams';
import { useAddress } from '../ui/address';
import { Dialog } from '../ui/Dialog';
import { Lines } from '../ui/Facts';
import { GuardedButton } from '../ui/GuardedButton';
import { Initials } from '../ui/Initials';
import { Locked } from '../ui/Locked';
import { FailureState, LoadingState } from '../ui/States';
import classes from './account.module.css';

export default function TeamAccessPage() {
  const team = useTeam();
  const resource = `team/${team.key}`;
  const removal = useRefusal('deleteTeam', resource);
  const [isAsked, setAsked] = useState(false);
  return (
    <div className={classes.document}>
      <Section title={words.roles} hint={words.rolesText}>
        <Locked refusal={useRefusal('updateTeamCustomRoles', resource)}>
          <Roles team={team} />
        </Locked>
      </Section>
      <Maintainers team={team} />
      <Section title={words.attributes} hint={words.attributesText}>
        <Locked refusal={useRefusal('updateTeamPermissionGrants', resource)}>
          <TeamAttributesForm team={team} />
        </Locked>
      </Section>
      <Section title={words.details}>
        <Locked refusal={useRefusal('updateTeamName', resource)}>
          <TeamDetailsForm team={team} />
        </Locked>
      </Section>
      <RemovalSection act={words.remove} text={words.removeText} refusal={removal} onAsk={() => setAsked(true)} />
      {isAsked && <RemoveDialog team={team} onClose={() => setAsked(false)} />}
    </div>
  );
}

function Roles({ team }: { team: Team }) {
  const { data, error, refetch } = useQuery(teamRolesQuery(team.key));
  if (data === undefined) {
    return error ? <FailureState what={words.theRoles} error={error} onRetry={refetch} /> : <LoadingState rows={1} />;
  }
  const keys = data.items.map((role) => role.key);
  return <TeamRolesForm team={team} before={keys} />;
}

function Maintainers({ team }: { team: Team }) {
  const [search, change] = useAddress();
  const { mutate } = useChangeTeam(team.key);
  const refusal = useRefusal('updateTeamPermissionGrants', `team/${team.key}`);
  const open = () => change({ add: 'maintainers' });
  const close = () => change({ add: undefined });
  const { data, error, refetch } = useQuery(maintainersQuery(team.key));
  const lines = data?.items.map((member) => {
    const name = memberName(member);
    const step = { kind: 'removePermissionGrants' as const, actionSet: 'maintainTeam' as const, actions: [], memberIDs: [member._id] };
    return {
      key: member._id,
      mark: <Initials name={name} label={name} />,
      main: name,
      side: member.email,
      action: (
        <Button
          size="xs"
          variant="default"
          disabled={refusal !== undefined}
          aria-label={words.removeMaintainer(name)}
          onClick={() => mutate([step], { notDone: words.notRemoved(name) })}
        >
          {words.stop}
        </Button>
      ),
    };
  });
  const add = (
    <GuardedButton variant="default" refusal={refusal} onClick={open}>
      {words.addMaintainers}
    </GuardedButton>
  );
  return (
    <Section title={words.maintainers} hint={words.maintainersText} actions={add}>
      {lines === undefined && error === null && <LoadingState rows={1} />}
      {lines === undefined && error !== null && (
        <FailureState what={words.theMaintainers} error={error} onRetry={refetch} />
      )}
      {lines?.length === 0 && <span>{words.noMaintainers}</span>}
      {lines !== undefined && lines.length > 0 && <Lines label={words.maintainers} lines={lines} />}
      {search.get('add') === 'maintainers' && (
        <Dialog title={words.addMaintainers} onClose={close} closesOutside={false}>
          <TeamPeopleForm
            team={team}
            act={words.addMaintainers}
            step={(memberIDs) => ({ kind: 'addPermissionGrants', actionSet: 'maintainTeam', actions: [], memberIDs })}
            onDone={close}
          />
        </Dialog>
      )}
    </Section>
  );
}

function RemoveDialog({ team, onClose }: { team: Team; onClose: () => void }) {
  const remove = useDeleteTeam();
  const navigate = useNavigate();
  return (
    <DeleteDialog
      title={words.removeTitle(team.name)}
      text={words.removeText}
      act={words.remove}
      removal={remove}
      of={team.key}
      told={words.removed(team.name)}
      onClose={onClose}
      onLeave={() => void navigate(paths.teams())}
    />
  );
}
