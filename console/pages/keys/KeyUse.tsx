import { useTranslation } from 'react-i18next';
import type { Key } from '../../../src/contracts/api/front-door.ts';
import { Moment } from '../../parts/Moment.tsx';
import { scopesInWords } from '../../words/scope.ts';

/** What a key can do and when it last did. */
export function KeyUse({ of: key }: { of: Key }) {
  const { t, i18n } = useTranslation();
  const can =
    key.scopes.length === 0
      ? t('keys.canBasic')
      : t('keys.can', { scopes: scopesInWords(t, key.scopes, i18n.language) });
  return (
    <>
      {can}
      {' · '}
      {key.lastUsedAt === null ? (
        t('keys.neverUsed')
      ) : (
        <>
          {t('keys.lastUsed')} <Moment at={key.lastUsedAt} />
        </>
      )}
    </>
  );
}
