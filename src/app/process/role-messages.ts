import { z } from 'zod';

/** What a role tells the supervisor over the channel between the processes. */
export const RoleMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), addresses: z.array(z.string()), setupCode: z.string().nullable() }),
  z.object({ type: z.literal('failed'), code: z.string(), message: z.string(), next: z.string().nullable() }),
]);
export type RoleMessage = z.infer<typeof RoleMessage>;

/** True when a supervisor listens; it then speaks to the person, and this role does not. */
export const isSupervised = (): boolean => process.send !== undefined;

/** Resolves when the message is on its way. Without a supervisor, at once. */
export function tellSupervisor(message: RoleMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(message, undefined, {}, () => resolve());
  });
}
