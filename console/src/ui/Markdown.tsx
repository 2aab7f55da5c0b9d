// Text with the little Markdown that the server writes; links are left to whoever knows where they lead.
import type { ReactNode } from 'react';
import { readInline, readMarkdown, type Piece } from '../format/markdown';
import classes from './ui.module.css';

/** One line: code, bold and struck words. */
export function MarkdownLine({ text }: { text: string }) {
  return <>{readInline(text).map(show)}</>;
}

/** Paragraphs and lists. */
export function Markdown({ text }: { text: string }) {
  const blocks = readMarkdown(text);
  const items = blocks.filter(({ kind }) => kind === 'item');
  return (
    <div className={classes.markdown} dir="auto">
      {blocks
        .filter(({ kind }) => kind === 'paragraph')
        .map(({ pieces }, place) => (
          <p key={place}>{pieces.map(show)}</p>
        ))}
      {items.length > 0 && (
        <ul>
          {items.map(({ pieces }, place) => (
            <li key={place}>{pieces.map(show)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function show(piece: Piece, place: number): ReactNode {
  const inner = piece.pieces?.map(show) ?? piece.text;
  if (piece.kind === 'code') return <code key={place}>{piece.text}</code>;
  if (piece.kind === 'bold') return <b key={place}>{inner}</b>;
  if (piece.kind === 'struck') return <s key={place}>{inner}</s>;
  return <span key={place}>{piece.text}</span>;
}
