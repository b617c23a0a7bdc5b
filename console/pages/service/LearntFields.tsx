import { useTranslation } from 'react-i18next';
import type { LearntOperation } from '../../api/learnt.ts';
import { fieldsInWords } from '../../words/learnt.ts';

const PARTS = ['path', 'query', 'body', 'answer'] as const;

export function LearntFields({ name, operation }: { name: string; operation: LearntOperation }) {
  const { t } = useTranslation();
  const fields = fieldsInWords(t, operation);
  return (
    <div className="stack-tight">
      <p>{t('learnt.seen', { count: operation['x-nightlatch-seen'] })}</p>
      {operation['x-nightlatch-open'] && <p>{t('learnt.everybody')}</p>}
      {fields.length === 0 ? (
        <p>{t('learnt.noFields')}</p>
      ) : (
        <details>
          <summary aria-label={`${t('learnt.fields')}: ${name}`}>{t('learnt.fields')}</summary>
          {PARTS.map((part) => {
            const own = fields.filter((field) => field.part === part);
            return own.length === 0 ? null : (
              <div key={part}>
                <strong>{t(`learnt.part.${part}`)}</strong>
                <ul>
                  {own.map((field) => (
                    <li key={`${field.name} ${field.words}`}>
                      {t('learnt.field', { name: field.name, words: field.words })}
                    </li>
                  ))}
                </ul>
              </div>
            );
          })}
        </details>
      )}
    </div>
  );
}
