// Sending a file of keys to a big segment.
import { Button, FileInput, Radio, Stack, Text } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import type { SegmentPlace } from '../api/segments';
import { useSendKeys, type Mode } from '../api/transfers';
import { FormFailure } from '../components/FormFailure';
import { segmentWords as words } from '../strings/segments';
import { useDelayed } from '../ui/delayed';

const MEGABYTE = 1_000_000;
const LONG = 1000; // milliseconds after which it is said what takes so long

export function KeysUploadForm({ place, onDone }: { place: SegmentPlace; onDone: () => void }) {
  const send = useSendKeys(place);
  const [file, setFile] = useState<File | null>(null);
  const [mode, setMode] = useState<Mode>('merge');
  const [isAsked, setAsked] = useState(false);
  const isSlow = useDelayed(send.isPending, LONG);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (file !== null) send.mutate({ file, mode }, { onHere: onDone });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FileInput
          label={words.file}
          description={words.uploadHint}
          placeholder={words.chooseFile}
          accept=".csv,.txt,text/csv,text/plain"
          clearable
          value={file}
          onChange={setFile}
          error={isAsked && file === null ? words.noFile : undefined}
        />
        <Radio.Group label={words.mode} value={mode} onChange={setMode}>
          <Stack gap="xs" mt="xs">
            {Object.entries(words.modes).map(([value, label]) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </Stack>
        </Radio.Group>
        <Text size="sm" c="dimmed">
          {words.atOnce}
        </Text>
        <FormFailure error={send.error} />
        <Button type="submit" loading={send.isPending}>
          {words.send}
        </Button>
        <Text size="sm" c="dimmed" role="status">
          {isSlow && file !== null && words.beingSent((file.size / MEGABYTE).toFixed(1))}
        </Text>
      </Stack>
    </form>
  );
}
