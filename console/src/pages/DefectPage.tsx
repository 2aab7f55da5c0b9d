// Shown in place of a page that broke, or that could not be fetched; the others go on working.
import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useRouteError } from 'react-router';
import { DoorPage } from '../components/DoorPage';
import { words } from '../strings/shared';
import { shell } from '../strings/shell';

const UNFETCHED = /import|module script/i; // in the words of Chromium, Firefox and Safari

export default function DefectPage() {
  const error = useRouteError();
  useEffect(() => console.error(error), [error]);
  const isFetched = !(error instanceof TypeError && UNFETCHED.test(error.message));
  return (
    <DoorPage title={isFetched ? shell.defectTitle : words.couldNotLoad(shell.thisPage)} text={isFetched ? shell.defectText : shell.unfetchedText}>
      <Button onClick={() => location.reload()}>{shell.reload}</Button>
    </DoorPage>
  );
}
