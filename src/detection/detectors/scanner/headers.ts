import { CONFIDENCE } from '../../evidence.ts';

/** Headers that only scanners send, lower case. */
export const HEADERS: ReadonlyMap<string, number> = new Map([
  ['acunetix-product', CONFIDENCE.certain],
  ['acunetix-aspect', CONFIDENCE.certain],
  ['acunetix-aspect-password', CONFIDENCE.certain],
  ['acunetix-scanning-agreement', CONFIDENCE.certain],
  ['x-scanner', CONFIDENCE.likely],
  ['x-scan-memo', CONFIDENCE.certain],
  ['x-wipp', CONFIDENCE.certain],
  ['x-wvs-id', CONFIDENCE.certain],
  ['x-arachni-scan-seed', CONFIDENCE.certain],
  ['x-ratproxy-loop', CONFIDENCE.certain],
  ['x-request-scanner', CONFIDENCE.likely],
  ['x-zap-scan-id', CONFIDENCE.certain],
  ['x-nuclei-template', CONFIDENCE.certain],
  ['x-tenable-scan', CONFIDENCE.likely],
  ['x-qualys-scan-id', CONFIDENCE.likely],
  ['x-netsparker', CONFIDENCE.certain],
  ['x-jaeles', CONFIDENCE.certain],
  ['x-sqlmap', CONFIDENCE.certain],
]);
