// `/account/webhooks/{w}?delivery`: what was sent to a webhook and what waits, newest first.
import { IconSend } from '@tabler/icons-react';
import { useMemo } from 'react';
import { deliveryPageQuery, type Delivery } from '../api/webhooks';
import { deliveryColumns } from '../components/account/deliveryColumns';
import { DeliveryPanel } from '../components/account/DeliveryPanel';
import { useWebhook } from '../components/account/webhook';
import { webhookWords as words } from '../strings/webhooks';
import { linkTo, useAddress } from '../ui/address';
import { PagedTable } from '../ui/PagedTable';
import { usePages, type Paged } from '../ui/pages';
import { EmptyState } from '../ui/States';
import classes from './account.module.css';

export default function DeliveriesPage() {
  const webhook = useWebhook();
  const [search, change] = useAddress();
  const pages = usePages<Delivery>((offset, limit) => deliveryPageQuery(webhook._id, offset, limit), webhook._id);
  const columns = useMemo(() => deliveryColumns((delivery) => linkTo(search, { delivery: delivery._id })), [search]);
  const open = findRow(pages, search.get('delivery'));
  return (
    <div className={classes.filling}>
      <PagedTable
        pages={pages}
        what={words.theDeliveries}
        label={words.deliveries}
        columns={columns}
        rowKey={(delivery) => delivery._id}
        empty={<EmptyState icon={IconSend} title={words.noneYet} text={webhook.on ? words.noneYetText((webhook.statements ?? []).length > 0) : words.offText} />}
      />
      {open && <DeliveryPanel webhook={webhook} delivery={open} onClose={() => change({ delivery: undefined })} />}
    </div>
  );
}

/** The row that the address names, if its page is loaded. */
function findRow(pages: Paged<Delivery>, id: string | null): Delivery | undefined {
  if (id === null) return undefined;
  for (let index = 0; index < pages.total; index += 1) {
    const row = pages.row(index);
    if (row?._id === id) return row;
  }
  return undefined;
}
