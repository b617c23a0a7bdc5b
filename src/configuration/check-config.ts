import { GatewayConfig } from '../contracts/config/gateway-config.ts';
import { checkAcme } from './check-acme.ts';
import { checkAuth } from './check-auth.ts';
import { checkConsumers } from './check-consumers.ts';
import { checkCredentials } from './check-credentials.ts';
import { checkJwt } from './check-jwt.ts';
import { checkSharedLimits } from './check-limits.ts';
import { checkOAuth2 } from './check-oauth2.ts';
import { checkOpenapi } from './check-openapi.ts';
import { checkOutbound } from './check-outbound.ts';
import { checkServer } from './check-server.ts';
import { checkServices } from './check-services.ts';
import { checkValidation } from './check-validation.ts';
import { checkWebhooks } from './check-webhooks.ts';
import { attackFilterFaults } from './compile-attack-filter.ts';
import { exceptionFaults } from './compile-exceptions.ts';
import type { Finding } from './config-fault.ts';
import { explainIssue } from './explain-issue.ts';

export type CheckedConfig = { config: GatewayConfig } | { findings: Finding[] };

/** A file of the wrong kind would give thousands of faults, and each is explained anew. */
const MAX_ISSUES = 100;

/**
 * Judges a configuration as a value, whether it was read from a file or put together by the console: its form by the schema,
 * then what the schema cannot say (names given twice, references to nothing, templates that contradict each other). Pure; never
 * throws. Either the configuration or at least one finding.
 */
export function checkConfig(value: unknown): CheckedConfig {
  const parsed = GatewayConfig.safeParse(value);
  const findings = parsed.success
    ? [
        ...checkServer(parsed.data),
        ...checkAcme(parsed.data),
        ...checkServices(parsed.data),
        ...checkConsumers(parsed.data),
        ...checkCredentials(parsed.data),
        ...checkSharedLimits(parsed.data),
        ...checkJwt(parsed.data),
        ...checkOAuth2(parsed.data),
        ...checkAuth(parsed.data),
        ...checkValidation(parsed.data),
        ...exceptionFaults(parsed.data),
        ...attackFilterFaults(parsed.data),
        ...checkWebhooks(parsed.data),
        ...checkOpenapi(parsed.data),
        ...checkOutbound(parsed.data),
      ]
    : parsed.error.issues.slice(0, MAX_ISSUES).flatMap((issue) => explainIssue(issue, value));
  if (findings.length > 0) return { findings };
  if (parsed.success) return { config: parsed.data };
  return { findings: [{ path: [], code: 'wrong-form', message: 'This is no configuration.' }] };
}
