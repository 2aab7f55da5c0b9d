// The statuses of a flag, each with its icon.
import { IconActivity, IconCirclePlus, IconMoon, IconRocket, type Icon } from '@tabler/icons-react';

export const STATUS_ICONS: Record<string, Icon> = {
  new: IconCirclePlus,
  active: IconActivity,
  launched: IconRocket,
  inactive: IconMoon,
};
