// One delivery: how it went, what is sent, and sending it again.
import { useQuery } from '@tanstack/react-query';
import { useRefusal } from '../../api/may';
import { payloadQuery, useReplay, type Delivery, type Webhook } from '../../api/webhooks';
import { FormFailure } from '../FormFailure';
import { Section } from '../Section';
import { webhookWords as words } from '../../strings/webhooks';
import { Facts, type Fact } from '../../ui/Facts';
import { GuardedButton } from '../../ui/GuardedButton';
import { RelativeTime } from '../../ui/RelativeTime';
import { SidePanel } from '../../ui/SidePanel';
import { FailureState, LoadingState } from '../../ui/States';
import { tellDone } from '../../ui/toast';
import { tellSent } from './deliveryColumns';
import classes from './delivery.module.css';

export interface DeliveryPanelProps {
  webhook: Webhook;
  delivery: Delivery;
  onClose: () => void;
}

export function DeliveryPanel({ webhook, delivery, onClose }: DeliveryPanelProps) {
  const payload = useQuery(payloadQuery(delivery.entryId));
  const replay = useReplay(webhook._id);
  const refusal = useRefusal('updateOn', `webhook/${webhook._id}`);
  const replaying = { onSuccess: () => tellDone(words.replayDone), onHere: onClose };
  return (
    <SidePanel title={tellSent(delivery, payload.data)} onClose={onClose}>
      <Facts facts={factsOf(delivery)} />
      <FormFailure error={replay.error} />
      <div>
        <GuardedButton loading={replay.isPending} refusal={refusal} onClick={() => replay.mutate(delivery._id, replaying)}>
          {words.replay}
        </GuardedButton>
      </div>
      <Section title={words.payload}>
        {payload.data && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keyboard
          <pre className={classes.payload} tabIndex={0} role="group" aria-label={words.payload}>
            {JSON.stringify(payload.data, null, 2)}
          </pre>
        )}
        {payload.isPending && <LoadingState rows={4} height={20} />}
        {payload.error && <FailureState what={words.thePayload} error={payload.error} onRetry={payload.refetch} />}
      </Section>
    </SidePanel>
  );
}

function factsOf(delivery: Delivery): Fact[] {
  const { state, attempts, creationDate, finishedDate, status, error } = delivery;
  const facts: Fact[] = [
    [words.state, words.states[state] ?? state],
    [words.attempts, attempts],
    [words.when, <RelativeTime key="when" at={creationDate} />],
  ];
  if (finishedDate !== undefined) facts.push([words.finished, <RelativeTime key="finished" at={finishedDate} />]);
  if (status !== undefined) facts.push([words.answer, status]);
  if (error !== undefined) facts.push([words.error, error]);
  return facts;
}
