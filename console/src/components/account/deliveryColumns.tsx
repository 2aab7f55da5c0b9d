// The columns of the list of deliveries of a webhook.
import { IconCheck, IconClock, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { payloadQuery, type Delivery } from '../../api/webhooks';
import { plainText } from '../../format/markdown';
import { webhookWords as words } from '../../strings/webhooks';
import { RelativeTime } from '../../ui/RelativeTime';
import { NameCell } from '../NameCell';
import classes from './delivery.module.css';

const ICONS: Record<string, typeof IconCheck> = { delivered: IconCheck, failed: IconX };

/** `open` gives the address of a delivery's panel. */
export const deliveryColumns = (open: (delivery: Delivery) => string): ColumnDef<Delivery>[] => [
  {
    id: 'state',
    header: words.state,
    meta: { track: '96px' },
    cell: ({ row: { original: delivery } }) => <State state={delivery.state} />,
  },
  {
    id: 'delivery',
    header: words.change,
    meta: { track: 'minmax(120px, 2fr)' },
    cell: ({ row: { original: delivery } }) => (
      <Sent delivery={delivery} to={open(delivery)} />
    ),
  },
  {
    id: 'attempts',
    header: words.attempts,
    meta: { track: '80px', align: 'end', hideOn: 'phone' },
    cell: ({ row: { original: delivery } }) => delivery.attempts,
  },
  {
    id: 'answer',
    header: words.answer,
    meta: { track: '80px', align: 'end', hideOn: 'phone' },
    cell: ({ row: { original: delivery } }) => delivery.status,
  },
  {
    id: 'when',
    header: words.when,
    meta: { track: '64px', align: 'end' },
    cell: ({ row: { original: delivery } }) => <RelativeTime short at={delivery.creationDate} />,
  },
];

/** What is sent, in the words of the audit log; who may not read those sees its id. */
function Sent({ delivery, to }: { delivery: Delivery; to: string }) {
  const { data } = useQuery(payloadQuery(delivery.entryId));
  return (
    <NameCell
      name={tellSent(delivery, data)}
      resourceKey={delivery.error ?? ''}
      tags={delivery.replays === undefined ? [] : [words.replayed]}
      to={to}
    />
  );
}

export const tellSent = ({ entryId }: Delivery, entry: { title?: string } | undefined): string =>
  entry?.title === undefined ? words.entry(entryId) : plainText(entry.title);

function State({ state }: { state: string }) {
  const Icon = ICONS[state] ?? IconClock;
  return (
    <span className={classes.state} data-state={state}>
      <Icon size={16} stroke={1.6} aria-hidden />
      {words.states[state] ?? state}
    </span>
  );
}
