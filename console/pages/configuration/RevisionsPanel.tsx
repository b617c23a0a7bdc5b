import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Revision } from '../../../src/contracts/api/configuration.ts';
import { revisionsQuery } from '../../api/configuration.ts';
import { LineList } from '../../parts/LineList.tsx';
import { Loaded } from '../../parts/Loaded.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { StateMark } from '../../parts/StateMark.tsx';
import { momentInWords } from '../../words/moment.ts';
import { GoBack } from './GoBack.tsx';

/** The last revisions in plain words, each with the way back to it. */
export function RevisionsPanel() {
  const { t } = useTranslation();
  const revisions = useQuery(revisionsQuery);
  const [wanted, setWanted] = useState<Revision | null>(null);
  return (
    <Panel title={t('configuration.history.title')}>
      <p className="soft">{t('configuration.history.text')}</p>
      <Loaded query={revisions} rows={4}>
        {(items) => (
          <LineList>
            {items.map((one) => (
              <Line key={one.revision} one={one} onBack={() => setWanted(one)} />
            ))}
          </LineList>
        )}
      </Loaded>
      {wanted !== null && <GoBack revision={wanted} onClose={() => setWanted(null)} />}
    </Panel>
  );
}

function Line({ one, onBack }: { one: Revision; onBack: () => void }) {
  const { t, i18n } = useTranslation();
  const when = momentInWords(t, i18n.language, Date.parse(one.at), Date.now());
  const [first = t('configuration.history.same'), ...others] = one.changes;
  const more = one.changeCount - Math.min(one.changes.length, SHOWN + 1);
  const main = t('configuration.history.line', { when, who: one.actor, what: first });
  return (
    <LineList.Line
      main={`${main.charAt(0).toLocaleUpperCase(i18n.language)}${main.slice(1)}`}
      under={[...others.slice(0, SHOWN), ...(more > 0 ? [t('configuration.history.more', { count: more })] : [])].join(
        ' · ',
      )}
      deed={<Deed one={one} when={when} onBack={onBack} />}
    />
  );
}

function Deed({ one, when, onBack }: { one: Revision; when: string; onBack: () => void }) {
  const { t } = useTranslation();
  if (one.inForce) return <StateMark tone="safe">{t('configuration.history.inForce')}</StateMark>;
  if (!one.restorable) return <span className="soft">{t('configuration.history.bare')}</span>;
  return (
    <Button variant="default" onClick={onBack} aria-label={t('configuration.history.backTo', { when })}>
      {t('configuration.history.back')}
    </Button>
  );
}

/** How many changes stand below the first one. */
const SHOWN = 3;
