import type { ReactNode } from 'react';
import classes from './FigureTable.module.css';

type Props = { caption: string; columns: string[]; rows: { id: string; cells: ReactNode[] }[] };

/** A small table of figures: the first column names the row, the others are numbers. */
export function FigureTable({ caption, columns, rows }: Props) {
  return (
    <table className={classes.table}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, cells: [name, ...figures] }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            {figures.map((figure, place) => (
              <td key={columns[place + 1]}>{figure}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
