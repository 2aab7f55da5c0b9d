// The name, description and tags of a segment; what that does is reviewed next.
import { Button, Stack, TextInput } from '@mantine/core';
import type { Access } from '../api/may';
import type { Segment, SegmentInstruction } from '../api/segments';
import { nameAndKeyRules } from '../components/NameAndKey';
import { Restored } from '../components/Restored';
import { TagsField } from '../components/TagsField';
import { settingSteps } from '../format/segmentSteps';
import { segmentWords as words } from '../strings/segments';
import { words as shared } from '../strings/shared';
import { useDraftForm } from '../ui/draftForm';
import { Locked, Refusal } from '../ui/Locked';

/** What a role has to give for its fields. */
export const DETAIL_ACTIONS = ['updateName', 'updateDescription', 'updateTags'];

export interface SegmentSettingsFormProps {
  name: string;
  access: Access;
  segment: Segment;
  onReview: (instructions: SegmentInstruction[], done: () => void) => void;
}

export function SegmentSettingsForm({ name, access: { refusal, missing }, segment, onReview }: SegmentSettingsFormProps) {
  const saved = { name: segment.name, description: segment.description ?? '', tags: segment.tags };
  const { form, restoredFrom, clear } = useDraftForm(`segment-settings:${name}`, {
    initialValues: saved,
    validate: { name: nameAndKeyRules.name },
  });
  const steps = settingSteps(saved, form.values) as unknown as SegmentInstruction[];
  return (
    <form onSubmit={form.onSubmit((values) => onReview(steps, () => clear(values)))} noValidate>
      <Stack gap="md">
        <Restored from={restoredFrom} onDiscard={() => clear()} />
        <Refusal why={missing(...DETAIL_ACTIONS)} />
        <Locked isTold refusal={refusal('updateName')}>
          <TextInput label={shared.name} {...form.getInputProps('name')} />
        </Locked>
        <Locked isTold refusal={refusal('updateDescription')}>
          <TextInput label={`${words.description} (${shared.optional})`} {...form.getInputProps('description')} />
        </Locked>
        <Locked isTold refusal={refusal('updateTags')}>
          <TagsField kind="segment" {...form.getInputProps('tags')} />
        </Locked>
        <Button type="submit" disabled={steps.length === 0}>
          {words.review}
        </Button>
      </Stack>
    </form>
  );
}
