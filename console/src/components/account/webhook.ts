// The webhook of the address, for the pages inside its frame.
import { useOutletContext } from 'react-router';
import type { Webhook } from '../../api/webhooks';

export const useWebhook = () => useOutletContext<Webhook>();
