import { checkConfig, placeOf } from '../../configuration/index.ts';
import type { GatewayConfig } from '../../contracts/config/gateway-config.ts';
import { AppError } from '../../platform/app-error.ts';

const MOST_FAULTS = 100;

/**
 * Judges a configuration that was put together here by the very rules that hold for a file, without writing it out and reading
 * it back, which would hold up everything else for seconds when there are thousands of routes. Throws
 * `AppError('change-refused')` with the faults.
 */
export function demandValid(config: GatewayConfig): void {
  const checked = checkConfig(config);
  if ('config' in checked) return;
  const [first] = checked.findings;
  throw new AppError('change-refused', first?.message ?? 'This is no configuration.', {
    status: 422,
    next: first?.hint ?? 'Correct what is named and save again. Nothing was changed.',
    faults: checked.findings.slice(0, MOST_FAULTS).map(({ path, message }) => ({ place: placeOf(path), message })),
  });
}
