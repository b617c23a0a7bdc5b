export { type AdminListener, startAdminListener } from './admin/admin-listener.ts';
export { BansOnDisk, banFile, banLiftFile } from './bans/ban-files.ts';
export { createGateway, type Gateway, type GatewayOptions } from './gateway.ts';
export { endArguments, mergeHead, toBytes, writeArguments } from './inside/answer-arguments.ts';
export { whenLetThrough } from './inside/proceed-inside.ts';
export { type ControlPlaneLink, connectToControlPlane } from './link/control-plane-link.ts';
export { problemBody } from './refusal.ts';
