import { useTranslation } from 'react-i18next';
import type { Key } from '../../../src/contracts/api/front-door.ts';
import { Moment } from '../../parts/Moment.tsx';
import { remainingInWords } from '../../words/remaining.ts';
import { usedSinceReplaced } from './key-state.ts';

/** How long an old key goes on, and whether anybody still needs it. */
export function ReplacedKey({ of: key }: { of: Key }) {
  const { t } = useTranslation();
  const left = key.expiresAt === null ? null : Date.parse(key.expiresAt) - Date.now();
  return (
    <>
      {key.replacedAt !== null && (
        <>
          {t('keys.replacedAt')} <Moment at={key.replacedAt} />
          {'. '}
        </>
      )}
      {left !== null && t('keys.goesOn', { span: remainingInWords(t, left) })}
      <br />
      {usedSinceReplaced(key) && key.lastUsedAt !== null ? (
        <strong>
          {t('keys.stillUsed')} <Moment at={key.lastUsedAt} />
        </strong>
      ) : (
        t('keys.notUsedSince')
      )}
    </>
  );
}
