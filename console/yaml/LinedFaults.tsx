import { useTranslation } from 'react-i18next';
import { Notice } from '../parts/Notice.tsx';
import type { LinedFault } from './lined-faults.ts';

/** Each fault of a text with its line, said at once by screen readers. */
export function LinedFaults({ faults }: { faults: LinedFault[] }) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <Notice tone="stop" title={t('text.faults', { count: faults.length })}>
        <ul>
          {faults.map(({ line, message, place = '' }) => (
            <li key={`${line} ${place} ${message}`}>
              {line === null ? <code>{place}</code> : <strong>{t('text.line', { line })}</strong>} {message}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
