import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Key } from '../../../src/contracts/api/front-door.ts';
import { LineList } from '../../parts/LineList.tsx';
import { Moment } from '../../parts/Moment.tsx';
import { StateMark } from '../../parts/StateMark.tsx';
import { KeyUse } from './KeyUse.tsx';
import { keyState } from './key-state.ts';

/** Keys one to a line. Without `onRevoke` they are only looked at. */
export function KeyLines({ keys, onRevoke }: { keys: Key[]; onRevoke?: (key: Key) => void }) {
  const { t } = useTranslation();
  return (
    <LineList>
      {keys.map((key) => (
        <LineList.Line
          key={key.id}
          main={
            <>
              <span>{key.consumer}</span>
              <KeyMark of={key} />
            </>
          }
          under={
            <>
              <code>{key.hint}</code>
              <br />
              <KeyUse of={key} />
              <br />
              <Ending of={key} />
            </>
          }
          deed={
            onRevoke && (
              <Button
                variant="default"
                onClick={() => onRevoke(key)}
                aria-label={t('keys.revokeNamed', { consumer: key.consumer, hint: key.hint })}
              >
                {t('keys.revoke')}
              </Button>
            )
          }
        />
      ))}
    </LineList>
  );
}

function KeyMark({ of: key }: { of: Key }) {
  const { t } = useTranslation();
  const state = keyState(key, Date.now());
  const tone = { works: 'safe', revoked: 'stop', expired: 'plain' } as const;
  return <StateMark tone={tone[state]}>{t(`keys.state.${state}`)}</StateMark>;
}

function Ending({ of: key }: { of: Key }) {
  const { t } = useTranslation();
  if (key.revokedAt !== null) {
    return (
      <>
        {t('keys.revokedAt')} <Moment at={key.revokedAt} />
      </>
    );
  }
  if (key.expiresAt === null) return t('keys.noEnd');
  return (
    <>
      {t('keys.ends')} <Moment at={key.expiresAt} />
    </>
  );
}
