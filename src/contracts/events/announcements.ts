/**
 * What slices of the control plane announce to one another on the event bus (`src/platform/event-bus.ts`): topic and payload.
 * An announcement is made after the transaction behind it is committed.
 */
export type Announcements = {
  /** Calls were recorded with these keys; `at` is the latest call of each, in Unix milliseconds. */
  'keys-used': readonly { readonly key: string; readonly at: number }[];
};
