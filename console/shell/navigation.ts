import { IconActivity, IconDoor, IconMenu2 } from '@tabler/icons-react';

/** The places of the console, in the order of the bar. */
export const PLACES = [
  { to: '/front-door', icon: IconDoor, label: 'shell.nav.frontDoor' },
  { to: '/activity', icon: IconActivity, label: 'shell.nav.activity' },
  { to: '/more', icon: IconMenu2, label: 'shell.nav.more' },
] as const;
