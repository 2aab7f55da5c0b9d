// Where short words about what has happened are shown.
import '@mantine/notifications/styles.layer.css';
import { Notifications } from '@mantine/notifications';

export default function Toasts() {
  return <Notifications position="bottom-center" limit={3} />;
}
