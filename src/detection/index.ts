/**
 * The attack filter: judges one request, says which field holds which kind of attack, how sure it is, and why. Pure: no input or
 * output, no clock, no state.
 */
export type { AttackKind, AttackProfile } from '../contracts/detection/attack-kinds.ts';
export { createInspector, type InspectorOptions, inspect, type Verdict } from './inspector.ts';
export type { Charge, FieldHint } from './judge/judge.ts';
export type { InspectedRequest } from './leaves/parsed-request.ts';
