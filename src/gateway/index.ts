export { type AdminListener, startAdminListener } from './admin/admin-listener.ts';
export { createGateway, type Gateway, type GatewayOptions } from './gateway.ts';
export { type ControlPlaneLink, connectToControlPlane } from './link/control-plane-link.ts';
