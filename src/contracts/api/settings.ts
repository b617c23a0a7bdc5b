import { z } from 'zod';
import { BasicConfig } from '../config/consumer-config.ts';
import { ExceptionConfig } from '../config/exception-config.ts';
import { Change } from './front-door.ts';

/**
 * Parts of the configuration that have no columns of their own, by their names in the configuration: `blocklist`,
 * `responseGuard` … for the gateway as a whole, `validate`, `ownership` … for a route. Whether they are meant well is judged with
 * the whole configuration.
 */
export const Settings = z.record(z.string(), z.unknown());
export type Settings = z.infer<typeof Settings>;

/** Each member takes the place of the one that is there; null takes it away. */
export const SettingsPatch = z.record(z.string().max(64), z.unknown());
export const SettingsSaved = z.object({ settings: Settings, change: Change });
export type SettingsSaved = z.infer<typeof SettingsSaved>;

/** `POST /api/consumers/:name/passwords`: a user name and password (HTTP Basic) for a client that can do nothing better. */
export const PasswordRequest = z.strictObject({ username: BasicConfig.shape.username });
export type PasswordRequest = z.infer<typeof PasswordRequest>;
export const PasswordMade = SettingsSaved.extend({
  username: z.string(),
  password: z.string().meta({ description: 'shown once; kept as an argon2id hash' }),
});
export type PasswordMade = z.infer<typeof PasswordMade>;

/** `GET /api/your-address`: where the one who asks comes from, as the control plane sees it. */
export const YourAddress = z.object({ address: z.string() });
export type YourAddress = z.infer<typeof YourAddress>;

/** One refusal that shall not happen again; it ends by itself after `days`. */
export const ExceptionRequest = ExceptionConfig.omit({ id: true, expires: true }).extend({
  days: z.int().min(1).max(90),
});
export type ExceptionRequest = z.infer<typeof ExceptionRequest>;
export const Exception = ExceptionConfig.required({ id: true });
export type Exception = z.infer<typeof Exception>;
export const ExceptionSaved = z.object({ exception: Exception, change: Change });
