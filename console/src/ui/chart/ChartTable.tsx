// A chart as a table.
import { Table } from '@mantine/core';
import { count } from '../../format/number';
import type { Tabular } from '../../format/tabular';
import { chartWords as words } from '../../strings/chart';
import classes from './chart.module.css';

export function ChartTable({ label, of: { by, names, lines, isNewestFirst = false } }: { label: string; of: Tabular }) {
  const shown = isNewestFirst ? [...lines].reverse() : lines;
  return (
    // Its lines are reached by the keyboard only where the box itself can have the focus.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.table} role="region" aria-label={label} tabIndex={0}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {[by, ...names].map((name, place) => (
              <Table.Th key={place} dir="auto">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map(({ name, cells }, line) => (
            <Table.Tr key={line}>
              <Table.Td>{name}</Table.Td>
              {cells.map((one, place) => (
                <Table.Td key={place}>{one === '' ? words.unknown : typeof one === 'number' ? count(one) : one}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
