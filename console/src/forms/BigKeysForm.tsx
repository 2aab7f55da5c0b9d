// A few keys of a big segment: included or excluded, or no longer; what that does is reviewed next.
import { Button, Select, Stack, Textarea } from '@mantine/core';
import type { SegmentInstruction } from '../api/segments';
import { Restored } from '../components/Restored';
import { readKeys } from '../format/keyLines';
import { segmentWords as words } from '../strings/segments';
import { useDraftForm } from '../ui/draftForm';

type Act = keyof typeof words.acts;
const ACTS = Object.entries(words.acts).map(([value, label]) => ({ value, label }));
const EMPTY = { act: 'addBigSegmentIncludedTargets' as Act, keys: '' };

export function BigKeysForm({ name, onReview }: { name: string; onReview: (instructions: SegmentInstruction[], done: () => void) => void }) {
  const { form, restoredFrom, clear } = useDraftForm(`big-keys:${name}`, {
    initialValues: EMPTY,
    validate: { keys: (keys) => (readKeys(keys).length === 0 ? words.noKeys : null) },
  });
  const submit = form.onSubmit(({ act, keys }) =>
    onReview([{ kind: act, values: readKeys(keys) }], () => clear(EMPTY)),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Restored from={restoredFrom} onDiscard={() => clear()} />
        <Select label={words.act} data={ACTS} allowDeselect={false} {...form.getInputProps('act')} />
        <Textarea label={words.changeKeys} autosize minRows={4} maxRows={14} {...form.getInputProps('keys')} />
        <Button type="submit">{words.review}</Button>
      </Stack>
    </form>
  );
}
