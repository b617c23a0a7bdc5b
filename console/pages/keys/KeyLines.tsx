import { useTranslation } from 'react-i18next';
import type { Key } from '../../../src/contracts/api/front-door.ts';
import { LineList } from '../../parts/LineList.tsx';
import { Moment } from '../../parts/Moment.tsx';
import { StateMark } from '../../parts/StateMark.tsx';
import { type KeyDeed, KeyDeeds } from './KeyDeeds.tsx';
import { KeyUse } from './KeyUse.tsx';
import { keyState } from './key-state.ts';
import { ReplacedKey } from './ReplacedKey.tsx';

/** Keys one to a line. Without `onDeed` they are only looked at. */
export function KeyLines({ keys, onDeed }: { keys: Key[]; onDeed?: (deed: KeyDeed, key: Key) => void }) {
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
              {keyState(key, Date.now()) === 'replaced' ? (
                <ReplacedKey of={key} />
              ) : (
                <>
                  <KeyUse of={key} />
                  <br />
                  <Ending of={key} />
                </>
              )}
            </>
          }
          deed={onDeed && <KeyDeeds of={key} onDeed={onDeed} />}
        />
      ))}
    </LineList>
  );
}

function KeyMark({ of: key }: { of: Key }) {
  const { t } = useTranslation();
  const state = keyState(key, Date.now());
  const tone = { works: 'safe', replaced: 'watch', leaked: 'stop', revoked: 'stop', expired: 'plain' } as const;
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
