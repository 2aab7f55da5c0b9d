// One member: what is known of them, what they may do, a link for who cannot sign in, and taking them out.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { memberName, sessionQuery } from '../../api/auth';
import { useRefusal } from '../../api/may';
import { memberQuery, useInviteAnew, useMakeLink, type Member } from '../../api/members';
import { rolesQuery } from '../../api/roles';
import { FormFailure } from '../FormFailure';
import { RemovalSection } from '../RemovalSection';
import { Section } from '../Section';
import { rolesOf } from '../../format/members';
import { memberWords as words } from '../../strings/members';
import { Facts, type Fact } from '../../ui/Facts';
import { Locked } from '../../ui/Locked';
import { RelativeTime } from '../../ui/RelativeTime';
import { SecretOnce } from '../../ui/SecretOnce';
import { SidePanel } from '../../ui/SidePanel';
import { FailureState, LoadingState } from '../../ui/States';
import { tellDone } from '../../ui/toast';

export interface MemberPanelProps {
  id: string;
  /** The form that changes what the member may. */
  form: (member: Member, isSelf: boolean) => ReactNode;
  onClose: () => void;
  onRemove: (member: Member) => void;
}

export function MemberPanel({ id, form, onClose, onRemove }: MemberPanelProps) {
  const { data: member, error, refetch } = useQuery(memberQuery(id));
  const self = useQuery(sessionQuery).data?.member._id;
  const refusal = useRefusal('updateRole', `member/${id}`);
  const removal = useRefusal('deleteMember', `member/${id}`);
  return (
    <SidePanel title={member ? memberName(member) : words.member} onClose={onClose}>
      {member === undefined ? (
        error ? <FailureState what={words.theMember} error={error} onRetry={refetch} /> : <LoadingState rows={5} />
      ) : (
        <>
          <MemberFacts member={member} />
          <Section title={words.change}>
            <Locked refusal={refusal}>{form(member, member._id === self)}</Locked>
          </Section>
          {member._id !== self && refusal === undefined && <LinkMaker member={member} />}
          {member._id !== self && <RemovalSection act={words.remove} text={words.removeText} refusal={removal} onAsk={() => onRemove(member)} />}
        </>
      )}
    </SidePanel>
  );
}

function MemberFacts({ member }: { member: Member }) {
  const roles = useQuery(rolesQuery()).data?.items ?? [];
  const seen = member._lastSeen > 0 ? <RelativeTime at={member._lastSeen} /> : words.never;
  const facts: Fact[] = [
    [words.email, member.email],
    [words.role, rolesOf(member, roles)],
    [words.teams, member.teams?.map((team) => team.name).join(', ') ?? words.noTeams],
    [words.lastSeen, member._pendingInvite ? words.invitedTag : <>{seen} {member._lastSeenMetadata?.tokenId && words.seenWithToken}</>],
    [words.factor, member.mfa === 'enabled' ? words.factorOn : words.factorOff],
    [words.joined, <RelativeTime key="joined" at={member.creationDate} />],
  ];
  const attributes = Object.entries(member.roleAttributes ?? {}).map(([name, values]) => `${name}: ${values.join(', ')}`);
  if (attributes.length > 0) facts.push([words.attributes, attributes.join('; ')]);
  return <Facts facts={facts} />;
}

/** For who has not come yet a new invitation; for who has lost the password a link to another one. */
function LinkMaker({ member }: { member: Member }) {
  const [reset, invite] = [useMakeLink(), useInviteAnew()];
  const make = member._pendingInvite ? invite : reset;
  const name = memberName(member);
  if (make.data?.link) {
    const hint = member._pendingInvite ? words.linksHint : words.linkHint;
    return <SecretOnce label={words.link(name)} secret={make.data.link} hint={hint} onDone={make.reset} />;
  }
  const tellMailed = () => {
    if (member._pendingInvite) tellDone(words.mailedAnew(name));
  };
  return (
    <div>
      <FormFailure error={make.error} />
      <Button
        variant="default"
        loading={make.isPending}
        onClick={() => make.mutate(member._id, { onSuccess: ({ link }) => link === '' && tellMailed() })}
      >
        {member._pendingInvite ? words.resend : words.makeLink}
      </Button>
    </div>
  );
}
