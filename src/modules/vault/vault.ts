import type {
  Change,
  Consumer,
  ConsumerInput,
  ConsumerPatch,
  Key,
  KeyCreated,
  KeyLeaked,
  KeyReplaced,
  KeyRequest,
} from '../../contracts/api/front-door.ts';
import type { Actor } from '../../platform/actor.ts';

/** Consumers and the keys issued to them. Changes throw `change-refused`, `key-unknown`, `consumer-unknown`, `name-taken`, `expiry-past`. */
export type Vault = {
  consumers(): Promise<Consumer[]>;
  addConsumer(actor: Actor, input: ConsumerInput): Promise<{ consumer: Consumer; change: Change }>;
  changeConsumer(actor: Actor, name: string, patch: ConsumerPatch): Promise<{ consumer: Consumer; change: Change }>;
  /** Its keys stop working with it. */
  removeConsumer(actor: Actor, name: string): Promise<Change>;
  /** Newest first, revoked ones too. */
  keys(): Promise<Key[]>;
  /** The consumer is made when it is new. The secret is in the answer and nowhere else. */
  createKey(actor: Actor, request: KeyRequest): Promise<KeyCreated>;
  /** A key that is revoked already stays as it is. */
  revokeKey(actor: Actor, id: string): Promise<{ key: Key; change: Change }>;
  /** A new key beside the old one, which goes on for `overlapHours`. Throws `key-revoked`, `key-replaced`. */
  replaceKey(actor: Actor, id: string, overlapHours: number): Promise<KeyReplaced>;
  /** Ends a key that strangers have seen at once; with `replace` the answer holds a new one for it. Throws as `replaceKey`. */
  endLeakedKey(actor: Actor, id: string, replace: boolean): Promise<KeyLeaked>;
  /** What a key may see today; empty when it is gone. */
  keyScopes(id: string): Promise<string[]>;
  /** Writes down what is not written yet. */
  close(): Promise<void>;
};
