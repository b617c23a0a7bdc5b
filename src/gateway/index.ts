export { type AdminListener, startAdminListener } from './admin/admin-listener.ts';
export { BansOnDisk, banFile, banLiftFile } from './bans/ban-files.ts';
export { readStoredDrafts } from './drafting/draft-file.ts';
export { createGateway, type Gateway, type GatewayOptions } from './gateway.ts';
export { type ControlPlaneLink, connectToControlPlane } from './link/control-plane-link.ts';
