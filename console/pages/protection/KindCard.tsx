import { useTranslation } from 'react-i18next';
import type { Protection } from '../../../src/contracts/api/protections.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Term } from '../../parts/Term.tsx';
import type { Kind } from './order.ts';
import { Part } from './Part.tsx';
import classes from './Protection.module.css';
import type { SetMode } from './use-set-mode.ts';

type Props = {
  kind: Kind;
  parts: Protection[];
  days: number;
  /** Rules that protect and need no line of their own. */
  enforcing: number;
  /** The part whose button is the page's main one. */
  primary: string | null;
  change: SetMode;
  onProtect: (part: Protection) => void;
};

const SHOWN = 5;

/** One kind of protection with the places where it can be switched. */
export function KindCard({ kind, parts, days, enforcing, primary, change, onProtect }: Props) {
  const { t } = useTranslation();
  const line = (part: Protection) => (
    <li key={part.id}>
      <Part part={part} days={days} primary={part.id === primary} change={change} onProtect={onProtect} />
    </li>
  );
  const rest = parts.slice(SHOWN);
  return (
    <Panel title={<Term id={`${kind}Protection`}>{t(`protection.kind.${kind}.title`)}</Term>}>
      <p className="soft">{t(`protection.kind.${kind}.text`)}</p>
      {enforcing > 0 && <p>{t('protection.enforcing', { count: enforcing })}</p>}
      {parts.length === 0 && enforcing === 0 && <p>{t(`protection.kind.${kind}.none`)}</p>}
      <ul className={classes.parts}>{parts.slice(0, SHOWN).map(line)}</ul>
      {rest.length > 0 && (
        <details className={classes.more}>
          <summary>{t('protection.more', { count: rest.length })}</summary>
          <ul className={classes.parts}>{rest.map(line)}</ul>
        </details>
      )}
    </Panel>
  );
}
