// The way back to where one can always be.
import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { paths } from '../paths';
import { shell } from '../strings/shell';

export default function HomeLink() {
  return (
    <Button component={Link} to={paths.home()} variant="default">
      {shell.toHome}
    </Button>
  );
}
