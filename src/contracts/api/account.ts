import { z } from 'zod';

export const Account = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(['owner']),
  totpEnabled: z.boolean(),
  recoveryCodesLeft: z.int(),
});
export type Account = z.infer<typeof Account>;

/** `GET /api/state`: what the console needs before it can show its first screen. Open to all, so it tells little. */
export const ConsoleState = z.object({
  needsSetup: z.boolean(),
  businessName: z.string().nullable(),
  account: Account.nullable(),
  csrf: z.string().nullable().meta({ description: 'send back as X-CSRF-Token with every change' }),
  practice: z.boolean(),
  version: z.string(),
});
export type ConsoleState = z.infer<typeof ConsoleState>;

export const SetupRequest = z.strictObject({
  code: z.string().min(1).max(64),
  businessName: z.string().trim().min(1).max(120),
  name: z.string().trim().min(1).max(120),
  email: z.email().max(254),
  passphrase: z.string().min(1).max(512),
});
export type SetupRequest = z.infer<typeof SetupRequest>;

export const PassphraseCheckRequest = z.strictObject({
  passphrase: z.string().max(512),
  email: z.string().max(254).optional(),
});
export const PassphraseVerdict = z.object({
  acceptable: z.boolean(),
  score: z.int().min(0).max(4),
  advice: z.string().nullable().meta({ description: 'message key under passphrase.advice' }),
});
export type PassphraseVerdict = z.infer<typeof PassphraseVerdict>;

export const PassphraseChangeRequest = z.strictObject({
  current: z.string().max(512),
  next: z.string().min(1).max(512),
});
export type PassphraseChangeRequest = z.infer<typeof PassphraseChangeRequest>;

export const SignInRequest = z.strictObject({
  email: z.string().max(254),
  passphrase: z.string().max(512),
  code: z.string().max(64).optional().meta({ description: 'six digits, or a recovery code' }),
});
export type SignInRequest = z.infer<typeof SignInRequest>;

export const SignedIn = z.object({ account: Account, csrf: z.string() });
export type SignedIn = z.infer<typeof SignedIn>;

export const Session = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  address: z.string(),
  device: z.string().meta({ description: '"Firefox on Windows"' }),
});
export type Session = z.infer<typeof Session>;

export const TotpOffer = z.object({ secret: z.string(), uri: z.string(), qrSvg: z.string() });
export type TotpOffer = z.infer<typeof TotpOffer>;
export const TotpConfirmRequest = z.strictObject({ code: z.string().max(16) });
export const TotpRemoveRequest = z.strictObject({ passphrase: z.string().max(512) });
export const RecoveryCodes = z.object({ codes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;

export const ApiTokenRequest = z.strictObject({
  name: z.string().trim().min(1).max(80),
  access: z.enum(['read', 'change']),
  expiresInDays: z.int().min(1).max(730).nullable(),
});
export type ApiTokenRequest = z.infer<typeof ApiTokenRequest>;
export const ApiToken = z.object({
  id: z.string(),
  name: z.string(),
  access: z.enum(['read', 'change']),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
});
export type ApiToken = z.infer<typeof ApiToken>;
export const ApiTokenCreated = ApiToken.extend({ token: z.string().meta({ description: 'shown once' }) });
export type ApiTokenCreated = z.infer<typeof ApiTokenCreated>;

export const AuditEntry = z.object({
  seq: z.int(),
  at: z.iso.datetime(),
  actor: z.string().meta({ description: 'account name, token name, "command line" or "system"' }),
  action: z.string().meta({ description: 'stable id: key.create, service.update …' }),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
export const AuditVerdict = z.object({ intact: z.boolean(), entries: z.int(), firstBroken: z.int().nullable() });
export type AuditVerdict = z.infer<typeof AuditVerdict>;
