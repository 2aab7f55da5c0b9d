// Making a segment: small with lists and rules, or big with keys from files.
import { Button, Radio, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Environment } from '../api/places';
import { isFound } from '../api/found';
import { segmentQuery, useMakeSegment, type Segment } from '../api/segments';
import { FormFailure, tellField } from '../components/FormFailure';
import { NameAndKey, nameAndKeyRules, Taken } from '../components/NameAndKey';
import { Restored } from '../components/Restored';
import { TagsField } from '../components/TagsField';
import { paths } from '../paths';
import { segmentWords as words } from '../strings/segments';
import { words as shared } from '../strings/shared';
import { useDraftForm } from '../ui/draftForm';
import { tellDone } from '../ui/toast';

const EMPTY = { name: '', key: '', description: '', tags: [] as string[], size: 'small', kind: 'user' };
const FIELDS = Object.keys(EMPTY);

export interface SegmentFormProps {
  project: string;
  environment: Environment;
  onDone: (made: Segment) => void;
}

export function SegmentForm({ project, environment, onDone }: SegmentFormProps) {
  const make = useMakeSegment();
  const client = useQueryClient();
  const findTaken = async (key: string) =>
    (await isFound(client.query(segmentQuery({ project, environment: environment.key, segment: key })))) && (
      <Taken told={words.inUse(key, environment.name)} to={paths.segment(project, environment.key, key)} />
    );
  const { form, restoredFrom, clear } = useDraftForm(`new-segment:${project}/${environment.key}`, { initialValues: EMPTY, validate: nameAndKeyRules });
  const submit = form.onSubmit(({ size, kind, name, ...values }) => {
    const unbounded = size === 'big';
    const body = { ...values, name: name.trim(), unbounded, unboundedContextKind: unbounded ? kind : '' };
    make.mutate(
      { project, environment: environment.key, body },
      {
        onSuccess: (made) => {
          clear(EMPTY);
          tellDone(words.made(made.name, environment.name));
        },
        onHere: onDone,
        onError: (error) => tellField(form, error, FIELDS),
      },
    );
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Restored from={restoredFrom} onDiscard={() => clear()} />
        <NameAndKey form={form} findTaken={findTaken} />
        <TextInput label={`${words.description} (${shared.optional})`} {...form.getInputProps('description')} />
        <TagsField kind="segment" {...form.getInputProps('tags')} />
        <Radio.Group label={words.size} description={words.sizeHint} {...form.getInputProps('size')}>
          <Stack gap="xs" mt="xs">
            {Object.entries(words.sizes).map(([value, label]) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </Stack>
        </Radio.Group>
        {form.values.size === 'big' && <TextInput label={words.kindOfKeys} {...form.getInputProps('kind')} />}
        <FormFailure error={make.error} fields={FIELDS} />
        <Button type="submit" loading={make.isPending}>
          {words.create}
        </Button>
      </Stack>
    </form>
  );
}
