// Every address that no page has.
import { useLocation } from 'react-router';
import { Page } from '../components/Page';
import { shell } from '../strings/shell';
import { EmptyState } from '../ui/States';
import HomeLink from './HomeLink';

export default function NotFoundPage() {
  const { pathname } = useLocation();
  return (
    <Page title={shell.notFoundTitle}>
      <EmptyState title={shell.notFoundText(pathname)} action={<HomeLink />} />
    </Page>
  );
}
