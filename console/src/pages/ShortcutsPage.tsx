// `/account/shortcuts`: the keys that work on every page.
import { Page } from '../components/Page';
import { KeyTable } from '../components/shell/KeyList';
import { shell } from '../strings/shell';

export default function ShortcutsPage() {
  return (
    <Page title={shell.shortcuts} description={shell.shortcutsText}>
      <KeyTable />
    </Page>
  );
}
