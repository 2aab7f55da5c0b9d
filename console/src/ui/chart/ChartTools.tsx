// What can be done with every chart: see it as a table, and take its figures along.
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconChartAreaLine, IconCheck, IconCopy, IconTable } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { csvOf, type Tabular } from '../../format/tabular';
import { chartWords as words } from '../../strings/chart';
import { useAddress } from '../address';

const TABLE = 'table';

/** Whether a chart is shown as a table, as the address says under that name, and a way to change it. */
export function useTable(name: string): [isTable: boolean, change: () => void] {
  const [search, change] = useAddress();
  const isTable = search.get(name) === TABLE;
  return [isTable, () => change({ [name]: isTable ? undefined : TABLE }, true)];
}

export interface ChartToolsProps {
  of: Tabular;
  isTable: boolean;
  onTable: () => void;
  /** Without words, where there is little room. */
  isSmall?: boolean;
}

export function ChartTools({ of, isTable, onTable, isSmall = false }: ChartToolsProps) {
  const clipboard = useClipboard({ timeout: 1500 });
  const Tool = isSmall ? IconTool : WordTool;
  const copied = clipboard.error ? words.copyFailed : clipboard.copied ? words.copied : words.copyCsv;
  return (
    <>
      <Tool
        text={isTable ? words.showChart : words.showTable}
        icon={isTable ? <IconChartAreaLine size={14} /> : <IconTable size={14} />}
        onClick={onTable}
      />
      <Tool
        text={copied}
        icon={clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        onClick={() => clipboard.copy(csvOf(of))}
      />
    </>
  );
}

interface ToolProps {
  text: string;
  icon: ReactNode;
  onClick: () => void;
}

const WordTool = ({ text, icon, onClick }: ToolProps) => (
  <Button variant="default" size="xs" leftSection={icon} onClick={onClick}>
    {text}
  </Button>
);

const IconTool = ({ text, icon, onClick }: ToolProps) => (
  <Tooltip label={text}>
    <ActionIcon size="xs" aria-label={text} onClick={onClick}>
      {icon}
    </ActionIcon>
  </Tooltip>
);
