import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Key } from '../../../src/contracts/api/front-door.ts';
import { keysQuery } from '../../api/front-door.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { LineList } from '../../parts/LineList.tsx';
import { Loaded } from '../../parts/Loaded.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Term } from '../../parts/Term.tsx';
import { KeyUse } from '../keys/KeyUse.tsx';
import { opens } from '../keys/key-state.ts';

const SHOWN = 4;

export function KeysPanel() {
  const { t } = useTranslation();
  const keys = useQuery(keysQuery);
  const make = (
    <Button variant="default" renderRoot={(props) => <Link to="/front-door/keys/new" {...props} />}>
      {t('keys.make')}
    </Button>
  );
  const inUse = (list: Key[]) => list.filter((key) => opens(key, Date.now()));
  return (
    <Panel title={<Term id="key">{t('keys.title')}</Term>} aside={<Link to="/front-door/keys">{t('keys.all')}</Link>}>
      <Loaded query={keys} rows={2} height={60}>
        {(list) =>
          inUse(list).length === 0 ? (
            <EmptyState text={t('keys.empty')} action={make} />
          ) : (
            <>
              <LineList>
                {inUse(list)
                  .slice(0, SHOWN)
                  .map((key) => (
                    <LineList.Line key={key.id} main={key.consumer} under={<KeyUse of={key} />} />
                  ))}
              </LineList>
              <div>{make}</div>
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}
