import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Key } from '../../../src/contracts/api/front-door.ts';

export type KeyDeed = 'revoke' | 'leaked';

/** What can be done with a key that works. One that was replaced is only ended. */
export function KeyDeeds({ of: key, onDeed }: { of: Key; onDeed: (deed: KeyDeed, key: Key) => void }) {
  const { t } = useTranslation();
  const named = { consumer: key.consumer, hint: key.hint };
  const replaced = key.replacedBy !== null;
  return (
    <div className="row">
      {!replaced && (
        <Button
          variant="default"
          aria-label={t('keys.replaceNamed', named)}
          renderRoot={(props) => <Link to="/front-door/keys/$keyId/replace" params={{ keyId: key.id }} {...props} />}
        >
          {t('keys.replace')}
        </Button>
      )}
      <Button
        variant="default"
        onClick={() => onDeed('revoke', key)}
        aria-label={t(replaced ? 'keys.endNamed' : 'keys.revokeNamed', named)}
      >
        {t(replaced ? 'keys.end' : 'keys.revoke')}
      </Button>
      <Button variant="default" onClick={() => onDeed('leaked', key)} aria-label={t('keys.leakedNamed', named)}>
        {t('keys.leaked')}
      </Button>
    </div>
  );
}
