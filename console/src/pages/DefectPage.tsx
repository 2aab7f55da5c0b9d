// Shown in place of a page that broke; the others go on working.
import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useRouteError } from 'react-router';
import { DoorPage } from '../components/DoorPage';
import { words } from '../strings/shared';
import { shell } from '../strings/shell';

export default function DefectPage() {
  const error = useRouteError();
  useEffect(() => console.error(error), [error]);
  return (
    <DoorPage title={shell.defectTitle} text={words.defect}>
      <Button onClick={() => location.reload()}>{shell.reload}</Button>
    </DoorPage>
  );
}
