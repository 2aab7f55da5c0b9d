// Inviting up to fifty people; where the server mails nothing, their links are shown once in place of the form.
import { Button, Select, Stack, Textarea } from '@mantine/core';
import { useInvite, type Invitation, type Member } from '../api/members';
import { RolesField, TeamsField } from '../components/account/choices';
import { FormFailure } from '../components/FormFailure';
import { Restored } from '../components/Restored';
import { MOST_INVITED, readEmails } from '../format/members';
import { memberWords as words } from '../strings/members';
import { useDraftForm } from '../ui/draftForm';
import { SecretOnce } from '../ui/SecretOnce';
import { tellDone } from '../ui/toast';

const ROLES = Object.entries(words.roleTexts).map(([value, label]) => ({ value, label }));

export function InviteForm({ onDone }: { onDone: () => void }) {
  const invite = useInvite();
  const { form, restoredFrom, clear } = useDraftForm('members:invite', {
    initialValues: { emails: '', role: 'reader', customRoles: [] as string[], teamKeys: [] as string[] },
    validate: { emails: faultOf },
  });
  const { emails } = readEmails(form.values.emails);
  const submit = form.onSubmit(({ role, customRoles, teamKeys }) => {
    const people = emails.map((email): Invitation => ({ email, role: role as 'reader', customRoles, teamKeys }));
    invite.mutate(people, {
      onSuccess: ({ items }) => {
        clear();
        if (linksOf(items) === '') tellDone(words.mailed(items.length));
      },
      onHere: ({ items }) => linksOf(items) === '' && onDone(),
    });
  });
  const links = linksOf(invite.data?.items ?? []);
  if (links !== '') {
    return <SecretOnce label={words.links(invite.data?.items.length ?? 0)} secret={links} hint={words.linksHint} onDone={onDone} />;
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Restored from={restoredFrom} onDiscard={() => clear()} />
        <Textarea
          label={words.emails}
          description={words.emailsHint}
          autosize
          minRows={2}
          maxRows={8}
          data-autofocus
          {...form.getInputProps('emails')}
        />
        <Select label={words.role} data={ROLES} allowDeselect={false} {...form.getInputProps('role')} />
        <RolesField label={words.customRoles} description={words.customRolesHint} {...form.getInputProps('customRoles')} />
        <TeamsField label={words.teams} {...form.getInputProps('teamKeys')} />
        <FormFailure error={invite.error} />
        <Button type="submit" loading={invite.isPending}>
          {emails.length > 0 ? words.inviteCount(emails.length) : words.invite}
        </Button>
      </Stack>
    </form>
  );
}

function faultOf(text: string): string | null {
  const { emails, faulty } = readEmails(text);
  if (faulty.length > 0) return words.emailsFaulty(faulty.join(', '));
  if (emails.length === 0) return words.emailsMissing;
  return emails.length > MOST_INVITED ? words.emailsMany(emails.length) : null;
}

/** One link alone, several each after its address. */
function linksOf(items: Member[]): string {
  const links = items.flatMap(({ email, _links: { invitation } }) => (invitation ? [[email, invitation.href] as const] : []));
  if (links.length === 1) return links[0]?.[1] ?? '';
  return links.map((pair) => pair.join(' ')).join('\n');
}
