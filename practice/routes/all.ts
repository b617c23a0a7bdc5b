import type { Route } from '../router.ts';
import { assetRoutes } from '../website/assets.ts';
import { pageRoutes } from '../website/pages.ts';
import { adminRoutes } from './admin.ts';
import { checkoutRoutes } from './checkout.ts';
import { customerRoutes } from './customers.ts';
import { docsRoutes } from './docs.ts';
import { forgottenRoutes } from './forgotten.ts';
import { leftoverRoutes } from './leftovers.ts';
import { loginRoutes } from './login.ts';
import { oldVersionRoutes } from './old-version.ts';
import { orderRoutes } from './orders.ts';
import { productRoutes } from './products.ts';
import { reportRoutes } from './reports.ts';
import { searchRoutes } from './search.ts';
import { streamRoutes } from './stream.ts';
import { trackingRoutes } from './tracking.ts';
import { uploadRoutes } from './uploads.ts';
import { voucherRoutes } from './vouchers.ts';
import { webhookRoutes } from './webhooks.ts';

/** The whole shop on one page. The chat (`/api/chat`) is a WebSocket and stands apart, in chat.ts. */
export const ROUTES: readonly Route[] = [
  // the website
  ...pageRoutes,
  ...assetRoutes,
  // the API, described in openapi.yaml
  ...loginRoutes,
  ...customerRoutes,
  ...orderRoutes,
  ...checkoutRoutes,
  ...trackingRoutes,
  ...streamRoutes,
  ...productRoutes,
  ...searchRoutes,
  ...voucherRoutes,
  ...reportRoutes,
  ...uploadRoutes,
  ...webhookRoutes,
  ...adminRoutes,
  ...docsRoutes,
  // what nobody described: shadow doors, the old version, forgotten files
  ...oldVersionRoutes,
  ...forgottenRoutes,
  ...leftoverRoutes,
];
