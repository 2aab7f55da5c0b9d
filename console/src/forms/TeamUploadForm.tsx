// Putting everybody into a team whose address stands in a file; with a report where that is not possible.
import { Button, FileInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useUploadMembers, type Team, type TeamImport } from '../api/teams';
import { FormFailure } from '../components/FormFailure';
import { teamWords as words } from '../strings/teams';
import { Lines } from '../ui/Facts';
import { Note } from '../ui/Note';
import { tellDone } from '../ui/toast';

const SHOWN = 100; // faulty lines; who has more mends these first

export function TeamUploadForm({ team, onDone }: { team: Team; onDone: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [isAsked, setAsked] = useState(false);
  const upload = useUploadMembers(team.key);
  const submit = (event: React.SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (file === null) return;
    upload.mutate(file, {
      onSuccess: ({ items }) => {
        if (isWhole(items)) tellDone(words.uploaded(items.length, team.name));
      },
      onHere: ({ items }) => isWhole(items) && onDone(),
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text>{words.uploadText}</Text>
        <FileInput
          label={words.file}
          placeholder={words.chooseFile}
          accept=".csv,.txt,text/csv,text/plain"
          value={file}
          onChange={(chosen) => {
            setFile(chosen);
            upload.reset();
          }}
          error={isAsked && file === null && words.noFile}
        />
        <FormFailure error={upload.error} />
        {upload.data && <Report report={upload.data} />}
        <Button type="submit" loading={upload.isPending}>
          {words.uploadAdd}
        </Button>
      </Stack>
    </form>
  );
}

const isWhole = (items: TeamImport['items']) => items.every((item) => item.status !== 'error');

function Report({ report: { items } }: { report: TeamImport }) {
  const faulty = items.filter((item) => item.status === 'error');
  if (faulty.length === 0) return null;
  const lines = faulty.slice(0, SHOWN).map(({ value, message = '' }) => ({
    key: message,
    main: value === '' ? words.emptyLine : value,
    side: message,
  }));
  return (
    <>
      <Note tone="bad" role="alert">
        {words.report(faulty.length, items.length)}
      </Note>
      <Lines label={words.faultyLines} lines={lines} />
    </>
  );
}
