import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Protection } from '../../../src/contracts/api/protections.ts';
import type { Mode } from '../../../src/contracts/config/config-words.ts';
import classes from './Protection.module.css';

type Props = { part: Protection; name: string; busy: boolean; onChoose: (mode: Mode) => void };

/** Off, watching, protecting. What is chosen has a shape and a word, not a colour alone. */
export function ModeChoice({ part, name, busy, onChoose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <fieldset className={classes.choice} disabled={busy}>
      <legend className="visually-hidden">{t('protection.choice', { name })}</legend>
      {part.modes.map((mode) => (
        <label key={mode} data-mode={mode} data-chosen={mode === part.mode || undefined}>
          <input type="radio" name={id} value={mode} checked={mode === part.mode} onChange={() => onChoose(mode)} />
          <span>{t(`protection.mode.${mode}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
