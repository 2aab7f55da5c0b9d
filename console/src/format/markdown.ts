// The little Markdown that the server writes into titles and descriptions: paragraphs, headings, lists, code, bold, struck, links.

export interface Piece {
  kind: 'text' | 'code' | 'bold' | 'struck' | 'link';
  text: string;
  /** Of a link. */
  href?: string;
  /** What is inside of bold and struck text. */
  pieces?: Piece[];
}

export interface Block {
  kind: 'paragraph' | 'item';
  pieces: Piece[];
}

const INLINE = /`([^`]+)`|\*\*(.+?)\*\*|~~(.+?)~~|\[([^\]]*)\]\(([^)\s]*)\)/;

/** Paragraphs and list items, in their order. */
export function readMarkdown(text: string): Block[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const item = /^\s*[*-] (.*)$/.exec(line)?.[1];
      const heading = /^#+ (.+?)(?: #+)?$/.exec(line)?.[1];
      const pieces = readInline(heading === undefined ? (item ?? line) : `**${heading}**`);
      return { kind: item === undefined ? 'paragraph' : 'item', pieces };
    });
}

/** Blocks of one kind that follow one another stand together: a list ends where a heading begins. */
export function inRuns(blocks: readonly Block[]): { kind: Block['kind']; blocks: Block[] }[] {
  const runs: { kind: Block['kind']; blocks: Block[] }[] = [];
  for (const block of blocks) {
    const last = runs.at(-1);
    if (last?.kind === block.kind) last.blocks.push(block);
    else runs.push({ kind: block.kind, blocks: [block] });
  }
  return runs;
}

/** One line. */
export function readInline(text: string): Piece[] {
  const found = INLINE.exec(text);
  if (found === null) return text === '' ? [] : [{ kind: 'text', text }];
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + found[0].length);
  return [...(before === '' ? [] : [{ kind: 'text' as const, text: before }]), pieceOf(found), ...readInline(after)];
}

function pieceOf([whole, code, bold, struck, label, href]: RegExpExecArray): Piece {
  if (code !== undefined) return { kind: 'code', text: code };
  if (bold !== undefined) return { kind: 'bold', text: bold, pieces: readInline(bold) };
  if (struck !== undefined) return { kind: 'struck', text: struck, pieces: readInline(struck) };
  if (label !== undefined && href !== undefined) return { kind: 'link', text: label, href };
  return { kind: 'text', text: whole };
}

/** The same without its marks. */
export const plainText = (text: string) =>
  readMarkdown(text)
    .map(({ pieces }) => pieces.map(plainPiece).join(''))
    .join('; ');

const plainPiece = ({ text, pieces }: Piece): string => pieces?.map(plainPiece).join('') ?? text;
