import type { FrontDoorState } from '../../src/contracts/api/front-door.ts';
import type { HouseState } from '../parts/House.tsx';

/** Which lamp the door shows. `services`: how many APIs stand behind it. */
export function houseState(door: FrontDoorState, services: number): HouseState {
  if (!door.gateways.some((gateway) => gateway.connected)) return 'dark';
  if (door.lock.locked) return 'locked';
  return services === 0 ? 'empty' : 'lit';
}
