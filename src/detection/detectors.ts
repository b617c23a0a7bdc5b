import type { RequestDetector, TextDetector } from './detector.ts';
import { code } from './detectors/code/code.ts';
import { deserialization } from './detectors/deserialization/deserialization.ts';
import { disagreement } from './detectors/disagreement/disagreement.ts';
import { fileInclusion } from './detectors/file-inclusion/file-inclusion.ts';
import { graphql } from './detectors/graphql/graphql.ts';
import { headerInjection } from './detectors/header-injection/header-injection.ts';
import { jndi } from './detectors/jndi/jndi.ts';
import { ldap } from './detectors/ldap/ldap.ts';
import { mailInjection } from './detectors/mail-injection/mail-injection.ts';
import { massAssignment } from './detectors/mass-assignment/mass-assignment.ts';
import { nosqli } from './detectors/nosqli/nosqli.ts';
import { openRedirect } from './detectors/open-redirect/open-redirect.ts';
import { protocol } from './detectors/protocol/protocol.ts';
import { prototypePollution } from './detectors/prototype-pollution/prototype-pollution.ts';
import { scanner } from './detectors/scanner/scanner.ts';
import { scannerWords } from './detectors/scanner/scanner-words.ts';
import { shell } from './detectors/shell/shell.ts';
import { sqli } from './detectors/sqli/sqli.ts';
import { ssrf } from './detectors/ssrf/ssrf.ts';
import { template } from './detectors/template/template.ts';
import { traversal } from './detectors/traversal/traversal.ts';
import { xml } from './detectors/xml/xml.ts';
import { xmlDocument } from './detectors/xml/xml-document.ts';
import { xpath } from './detectors/xpath/xpath.ts';
import { xss } from './detectors/xss/xss.ts';

/** All that judge one text. Their order has no meaning. */
export const TEXT_DETECTORS: readonly TextDetector[] = [
  sqli,
  nosqli,
  xss,
  shell,
  traversal,
  fileInclusion,
  ssrf,
  template,
  code,
  deserialization,
  xml,
  ldap,
  xpath,
  jndi,
  headerInjection,
  mailInjection,
  prototypePollution,
  massAssignment,
  openRedirect,
  scannerWords,
];

/** All that judge a request as a whole. */
export const REQUEST_DETECTORS: readonly RequestDetector[] = [graphql, protocol, scanner, disagreement, xmlDocument];
