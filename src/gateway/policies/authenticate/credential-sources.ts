import type { SecretSource } from '../../../contracts/config/secret-source.ts';
import type { Logger } from '../../../platform/logger.ts';
import type { PasswordChecker } from './basic/password-checker.ts';
import type { KeySources } from './jwt/fetched-keys.ts';

/** What the ways to say who calls need from outside a snapshot, and what of theirs outlives one. */
export type CredentialSources = {
  readonly keys: KeySources;
  readonly passwords: PasswordChecker;
  readonly logger: Logger;
  /** `what` names the secret in a complaint. Throws `AppError('secret-missing')`. */
  readSecret(source: SecretSource, what: string): string;
};
