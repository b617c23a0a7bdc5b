import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Protection, ProtectionFinding } from '../../../src/contracts/api/protections.ts';
import { whyInWords } from '../../words/finding.ts';
import classes from './Protection.module.css';

const SHOWN = 4;
const WOULD: ReadonlySet<string> = new Set(['would-deny', 'would-change']);

/** Who it was about, where and why, the most frequent first; each leads to those calls. */
export function Findings({ part }: { part: Protection }) {
  const { t } = useTranslation();
  // What is to be decided upon comes before what is done already.
  const would = part.findings.filter(({ decision }) => WOULD.has(decision));
  const shown = (would.length > 0 ? would : part.findings).slice(0, SHOWN);
  if (shown.length === 0) return null;
  return (
    <ul className={classes.findings}>
      {shown.map((finding) => (
        <li key={`${finding.decision} ${finding.latest}`}>
          <Words finding={finding} />{' '}
          <CallsLink finding={finding}>{t('protection.theCalls', { count: finding.calls })}</CallsLink>
        </li>
      ))}
    </ul>
  );
}

function Words({ finding }: { finding: ProtectionFinding }) {
  const { t, i18n } = useTranslation();
  const who = finding.consumer ?? t('protection.strangers');
  const why = whyInWords(i18n, finding);
  const words = { calls: finding.calls, who, why, route: finding.route };
  return <span>{t(finding.route === null ? 'protection.findingAnywhere' : 'protection.finding', words)}</span>;
}

/** One call leads to its page, several to the list of calls. */
function CallsLink({ finding, children }: { finding: ProtectionFinding; children: string }) {
  if (finding.calls === 1 || !WOULD.has(finding.decision)) {
    return (
      <Link to="/activity/calls/$reference" params={{ reference: finding.latest }}>
        {children}
      </Link>
    );
  }
  const search = {
    outcome: 'would-stop' as const,
    ...(finding.route === null ? {} : { route: finding.route }),
    ...(finding.consumer === null ? {} : { consumer: finding.consumer }),
  };
  return (
    <Link to="/activity" search={search}>
      {children}
    </Link>
  );
}
