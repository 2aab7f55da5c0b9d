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
import { tellDone } from '../ui/toast';
import classes from './account.module.css';

export default function WebhookSettingsPage() {
  const webhook = useWebhook();
  const [isAsked, setAsked] = useState(false);
  const remove = useDeleteWebhook();
  const navigate = useNavigate();
  const name = webhookName(webhook);
  const resource = `webhook/${webhook._id}`;
  const removal = useRefusal('deleteWebhook', resource);
  const onSuccess = () => {
    tellDone(words.removed(name));
    void navigate(paths.webhooks());
  };
  return (
    <div className={classes.document}>
      <Locked refusal={useRefusal('updateUrl', resource)}>
        <WebhookForm webhook={webhook} onDone={(saved) => tellDone(words.saved(webhookName(saved)))} />
      </Locked>
      <RemovalSection act={words.remove} text={words.removeText} refusal={removal} onAsk={() => setAsked(true)} />
      {isAsked && (
        <DeleteDialog
          title={words.removeTitle(name)}
          text={words.removeText}
          act={words.remove}
          removal={remove}
          of={webhook._id}
          onRemoved={onSuccess}
          onClose={() => setAsked(false)}
        />
      )}
    </div>
  );
}
