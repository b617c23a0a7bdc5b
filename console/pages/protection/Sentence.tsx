import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Protection } from '../../../src/contracts/api/protections.ts';
import { lengthOfTime } from '../../words/finding.ts';

const DAY_MS = 86_400_000;

/** What it did, or would have done, in one sentence; and how long it has watched, where that says little as yet. */
export function Sentence({ part, days }: { part: Protection; days: number }) {
  const { t } = useTranslation();
  const watched = Date.now() - Date.parse(part.since);
  const length = lengthOfTime(t, watched);
  const { would, honest, stopped } = part;
  return (
    <div className="stack-tight">
      {part.effective !== part.mode && <p>{t('protection.heldBack')}</p>}
      {part.effective === 'off' && would === 0 && <p>{t('protection.off')}</p>}
      {would > 0 && (
        <p>
          {t('protection.would', { count: would, days })} {honest > 0 && t('protection.honest', { count: honest })}
        </p>
      )}
      {part.effective === 'monitor' && would === 0 && <p>{t('protection.quiet', { length })}</p>}
      {part.effective === 'monitor' && watched < DAY_MS && <p className="soft">{t('protection.short', { length })}</p>}
      {part.effective === 'enforce' && stopped === 0 && <p>{t('protection.nothingStopped', { days })}</p>}
      {stopped > 0 && <p>{t('protection.stopped', { count: stopped, days })}</p>}
      {part.excepted > 0 && (
        <p>
          <Link to="/front-door/protection/exceptions">{t('protection.excepted', { count: part.excepted })}</Link>
        </p>
      )}
    </div>
  );
}
