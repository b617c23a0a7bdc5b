import { checkConsumers } from '../../configuration/check-consumers.ts';
import { checkServer } from '../../configuration/check-server.ts';
import { checkServices } from '../../configuration/check-services.ts';
import { type Finding, placeOf } from '../../configuration/config-fault.ts';
import { explainIssue } from '../../configuration/explain-issue.ts';
import { GatewayConfig } from '../../contracts/config/gateway-config.ts';
import { AppError } from '../../platform/app-error.ts';

/**
 * Judges a configuration that was put together here by the very rules that hold for a file, without writing it out and reading
 * it back, which would hold up everything else for seconds when there are thousands of routes. Throws
 * `AppError('change-refused')` with the faults.
 */
export function demandValid(config: GatewayConfig): void {
  const parsed = GatewayConfig.safeParse(config);
  const findings: Finding[] = parsed.success
    ? [...checkServer(config), ...checkServices(config), ...checkConsumers(config)]
    : parsed.error.issues.flatMap((issue) => explainIssue(issue, config));
  const [first] = findings;
  if (first === undefined) return;
  throw new AppError('change-refused', first.message, {
    status: 422,
    next: first.hint ?? 'Correct what is named and save again. Nothing was changed.',
    faults: findings.slice(0, MOST_FAULTS).map(({ path, message }) => ({ place: placeOf(path), message })),
  });
}

const MOST_FAULTS = 100;
