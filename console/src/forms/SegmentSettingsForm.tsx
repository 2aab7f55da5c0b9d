// The name, description and tags of a segment; what that does is reviewed next.
import { Button, Stack, TextInput } from '@mantine/core';
import type { Segment, SegmentInstruction } from '../api/segments';
import { nameAndKeyRules } from '../components/NameAndKey';
import { Restored } from '../components/Restored';
import { TagsField } from '../components/TagsField';
import { settingSteps } from '../format/segmentSteps';
import { segmentWords as words } from '../strings/segments';
import { words as shared } from '../strings/shared';
import { useDraftForm } from '../ui/draftForm';

export interface SegmentSettingsFormProps {
  name: string;
  segment: Segment;
  onReview: (instructions: SegmentInstruction[], done: () => void) => void;
}

export function SegmentSettingsForm({ name, segment, onReview }: SegmentSettingsFormProps) {
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
        <TextInput label={shared.name} {...form.getInputProps('name')} />
        <TextInput label={`${words.description} (${shared.optional})`} {...form.getInputProps('description')} />
        <TagsField kind="segment" {...form.getInputProps('tags')} />
        <Button type="submit" disabled={steps.length === 0}>
          {words.review}
        </Button>
      </Stack>
    </form>
  );
}
