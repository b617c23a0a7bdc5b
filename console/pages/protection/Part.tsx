import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Protection } from '../../../src/contracts/api/protections.ts';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { AttackGroups } from './AttackGroups.tsx';
import { DaysPicture } from './DaysPicture.tsx';
import { Findings } from './Findings.tsx';
import { ModeChoice } from './ModeChoice.tsx';
import classes from './Protection.module.css';
import { Sentence } from './Sentence.tsx';
import type { SetMode } from './use-set-mode.ts';

type Props = {
  part: Protection;
  days: number;
  primary: boolean;
  change: SetMode;
  onProtect: (part: Protection) => void;
};

/** One place where a protection can be switched: what it does, what it would have done, and the step onwards. */
export function Part({ part, days, primary, change, onProtect }: Props) {
  const { t } = useTranslation();
  const busy = change.isPending && change.variables.part.id === part.id;
  const name =
    part.part === 'route'
      ? t('protection.part.route', { route: part.route, api: part.service })
      : t(`protection.part.${part.part}`, { api: part.service });
  return (
    <section className={classes.part} aria-label={`${t(`protection.kind.${part.kind}.title`)}, ${name}`}>
      <h3>{name}</h3>
      <ModeChoice
        part={part}
        name={name}
        busy={busy}
        onChoose={(mode) => (mode === 'enforce' ? onProtect(part) : change.mutate({ part, mode }))}
      />
      <Sentence part={part} days={days} />
      {(part.would > 0 || part.stopped > 0) && <DaysPicture days={part.days} />}
      {part.kind === 'attacks' ? <AttackGroups part={part} /> : <Findings part={part} />}
      {change.isError && change.variables.part.id === part.id && <ProblemNotice error={change.error} />}
      {part.mode === 'monitor' && part.modes.includes('enforce') && part.would > 0 && (
        <div className="stack-tight">
          <div>
            <Button variant={primary ? 'filled' : 'default'} loading={busy} onClick={() => onProtect(part)}>
              {t('protection.protectNow')}
            </Button>
          </div>
          <p className="small soft">{t(`protection.kind.${part.kind}.then`)}</p>
        </div>
      )}
    </section>
  );
}
