// `/account/webhooks/{w}/settings`: where a webhook sends, which changes, and deleting it.
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useRefusal } from '../api/may';
import { useDeleteWebhook } from '../api/webhooks';
import { useWebhook } from '../components/account/webhook';
import { webhookName } from '../components/account/WebhookToggle';
import { RemovalSection } from '../components/RemovalSection';
import { DeleteDialog } from '../components/DeleteDialog';
import { WebhookForm } from '../forms/WebhookForm';
import { paths } from '../paths';
import { webhookWords as words } from '../strings/webhooks';
import { Locked } from '../ui/Locked';
import classes from './account.module.css';

export default function WebhookSettingsPage() {
  const webhook = useWebhook();
  const [isAsked, setAsked] = useState(false);
  const remove = useDeleteWebhook();
  const navigate = useNavigate();
  const name = webhookName(webhook);
  const resource = `webhook/${webhook._id}`;
  const removal = useRefusal('deleteWebhook', resource);
  return (
    <div className={classes.document}>
      <Locked refusal={useRefusal('updateUrl', resource)}>
        <WebhookForm webhook={webhook} />
      </Locked>
      <RemovalSection act={words.remove} text={words.removeText} refusal={removal} onAsk={() => setAsked(true)} />
      {isAsked && (
        <DeleteDialog
          title={words.removeTitle(name)}
          text={words.removeText}
          act={words.remove}
          removal={remove}
          of={webhook._id}
          told={words.removed(name)}
          onClose={() => setAsked(false)}
          onLeave={() => void navigate(paths.webhooks())}
        />
      )}
    </div>
  );
}
