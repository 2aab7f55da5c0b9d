// `/account/roles/{r}?kind&who&on`: the policy of a custom role, who holds it, and who can do something.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useRefusal } from '../api/may';
import { roleQuery, useDeleteRole, type Role } from '../api/roles';
import { Holders } from '../components/account/Holders';
import { WhoCan } from '../components/account/WhoCan';
import { DeleteDialog } from '../components/DeleteDialog';
import { Page } from '../components/Page';
import { RemovalSection } from '../components/RemovalSection';
import { Section } from '../components/Section';
import { PolicyForm } from '../forms/PolicyForm';
import { RoleDetailsForm } from '../forms/RoleDetailsForm';
import { paths } from '../paths';
import { policyWords, whoWords } from '../strings/policy';
import { roleWords as words } from '../strings/roles';
import { Locked } from '../ui/Locked';
import { FailureState, LoadingState } from '../ui/States';
import classes from './account.module.css';

const TRAIL = [{ label: words.roles, to: paths.roles() }];

export default function RolePage() {
  const { role: key = '' } = useParams();
  const { data: role, error, refetch } = useQuery(roleQuery(key));
  if (role === undefined) {
    return (
      <Page title={key} trail={TRAIL}>
        {error ? <FailureState what={words.theRole(key)} error={error} onRetry={refetch} /> : <LoadingState rows={5} />}
      </Page>
    );
  }
  return (
    <Page title={role.name} trail={TRAIL} resourceKey={role.key} description={role.description ?? ''}>
      <Sections key={role.key} role={role} />
    </Page>
  );
}

function Sections({ role }: { role: Role }) {
  const resource = `role/${role.key}`;
  const removal = useRefusal('deleteRole', resource);
  const [isUnsaved, setUnsaved] = useState(false);
  const [isAsked, setAsked] = useState(false);
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        <Section title={policyWords.policy}>
          <Locked refusal={useRefusal('updatePolicy', resource)}>
            <PolicyForm role={role} onDirty={setUnsaved} />
          </Locked>
        </Section>
      </div>
      <div className={classes.column}>
        <Section title={whoWords.title}>
          <WhoCan isUnsaved={isUnsaved} />
        </Section>
        <Section title={words.holders} hint={words.holdersText}>
          <Holders role={role} />
        </Section>
        <Section title={words.settings}>
          <Locked refusal={useRefusal('updateName', resource)}>
            <RoleDetailsForm role={role} />
          </Locked>
        </Section>
        <RemovalSection act={words.remove} text={words.removeText} refusal={removal} onAsk={() => setAsked(true)} />
      </div>
      {isAsked && <RemoveDialog role={role} onClose={() => setAsked(false)} />}
    </div>
  );
}

function RemoveDialog({ role, onClose }: { role: Role; onClose: () => void }) {
  const remove = useDeleteRole();
  const navigate = useNavigate();
  return (
    <DeleteDialog
      title={words.removeTitle(role.name)}
      text={words.removeText}
      act={words.remove}
      removal={remove}
      of={role.key}
      told={words.removed(role.name)}
      onClose={onClose}
      onLeave={() => void navigate(paths.roles())}
    />
  );
}
