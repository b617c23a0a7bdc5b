import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { KeyCreated } from '../../../src/contracts/api/front-door.ts';
import { frontDoorQuery, routesQuery, servicesQuery } from '../../api/front-door.ts';
import { Copyable } from '../../parts/Copyable.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { changeInWords } from '../../words/change.ts';
import { examplePath } from './example-path.ts';

/** The key, this one time, with a line to try it at once. `onDone` is for a page that is the list of keys already. */
export function KeyMade({ made: { key, secret, change }, onDone }: { made: KeyCreated; onDone?: () => void }) {
  const { t } = useTranslation();
  const door = useQuery(frontDoorQuery);
  const services = useQuery(servicesQuery);
  const first = services.data?.[0];
  const routes = useQuery({ ...routesQuery(first?.id ?? ''), enabled: first !== undefined });
  const address = door.data?.gateways.find((one) => one.connected)?.addresses[0];
  const path = examplePath(routes.data ?? [], key.scopes);
  const words = changeInWords(t, '', change);
  return (
    <>
      <Notice tone={words.tone}>
        <p>{words.tone === 'safe' ? t('keys.live') : words.text}</p>
      </Notice>
      <Panel title={t('keys.once')}>
        <p>{t('keys.onceText', { consumer: key.consumer })}</p>
        <Copyable name={t('keys.theKey')} text={secret} />
      </Panel>
      {address !== undefined && (
        <Panel title={t('keys.tryIt')}>
          <Copyable name={t('keys.tryText')} text={`curl -H 'X-API-Key: ${secret}' ${address}${path}`} />
        </Panel>
      )}
      <div>
        {onDone === undefined ? (
          <Button renderRoot={(props) => <Link to="/front-door/keys" {...props} />}>{t('keys.put')}</Button>
        ) : (
          <Button onClick={onDone}>{t('keys.put')}</Button>
        )}
      </div>
    </>
  );
}
