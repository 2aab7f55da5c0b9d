// In place of a page that lists what the reader sees none of: what is missing for it, and whom to ask.
import { IconLock } from '@tabler/icons-react';
import { permissionWords } from '../../strings/permission';
import { words } from '../../strings/shared';
import { EmptyState } from '../../ui/States';
import { Page } from '../Page';
import type { NavigationItem } from './navigation';

export default function Unseen({ item: { label, kind } }: { item: NavigationItem }) {
  return (
    <Page title={label}>
      <EmptyState icon={IconLock} title={words.notPermitted(label.toLowerCase())} text={permissionWords.unseen(kind ?? '')} />
    </Page>
  );
}
