import { useTranslation } from 'react-i18next';
import type { FrontDoorState, GatewayState } from '../../../src/contracts/api/front-door.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { LineList } from '../../parts/LineList.tsx';
import { Moment } from '../../parts/Moment.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { StateMark } from '../../parts/StateMark.tsx';
import { Term } from '../../parts/Term.tsx';

/** Who stands at the door, and whether each of them has heard the latest. */
export function GatewaysPanel({ door }: { door: FrontDoorState }) {
  const { t } = useTranslation();
  return (
    <Panel title={<Term id="gateway">{t('frontDoor.gateways.title')}</Term>}>
      {door.gateways.length === 0 ? (
        <EmptyState text={t('frontDoor.gateways.empty')} />
      ) : (
        <LineList>
          {door.gateways.map((gateway) => (
            <LineList.Line
              key={gateway.id}
              main={
                <>
                  <span>{gateway.addresses.join(', ') || gateway.id}</span>
                  <GatewayMark gateway={gateway} revision={door.revision} />
                </>
              }
              under={
                <>
                  {t('frontDoor.gateways.seen')} <Moment at={gateway.lastSeenAt} />
                </>
              }
            />
          ))}
        </LineList>
      )}
      {door.gateways.map((gateway) => (
        <GatewayTrouble key={gateway.id} gateway={gateway} />
      ))}
    </Panel>
  );
}

function GatewayMark({ gateway, revision }: { gateway: GatewayState; revision: number }) {
  const { t } = useTranslation();
  if (!gateway.connected) return <StateMark tone="stop">{t('frontDoor.gateways.away')}</StateMark>;
  if (gateway.refused !== null) return <StateMark tone="watch">{t('frontDoor.gateways.refused')}</StateMark>;
  if (gateway.appliedRevision !== revision) return <StateMark tone="watch">{t('frontDoor.gateways.behind')}</StateMark>;
  return <StateMark tone="safe">{t('frontDoor.gateways.onDuty')}</StateMark>;
}

function GatewayTrouble({ gateway }: { gateway: GatewayState }) {
  const { t } = useTranslation();
  return (
    <>
      {gateway.refused !== null && (
        <Notice tone="watch" title={t('frontDoor.gateways.refusedTitle')}>
          <p>{gateway.refused.message}</p>
          <p>{t('frontDoor.gateways.refusedText')}</p>
        </Notice>
      )}
      {gateway.droppedEvents > 0 && (
        <Notice tone="watch">
          <p>{t('frontDoor.gateways.dropped', { count: gateway.droppedEvents })}</p>
        </Notice>
      )}
    </>
  );
}
