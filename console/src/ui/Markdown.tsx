// Text with the little Markdown that the server writes; links are left to whoever knows where they lead.
import type { ReactNode } from 'react';
import { inRuns, readInline, readMarkdown, type Piece } from '../format/markdown';
import classes from './ui.module.css';

/** One line: code, bold and struck words. */
export function MarkdownLine({ text }: { text: string }) {
  return <>{readInline(text).map(show)}</>;
}

/** Paragraphs and lists. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className={classes.markdown} dir="auto">
      {inRuns(readMarkdown(text)).map(({ kind, blocks }, place) =>
        kind === 'item' ? (
          <ul key={place}>
            {blocks.map(({ pieces }, at) => (
              <li key={at}>{pieces.map(show)}</li>
            ))}
          </ul>
        ) : (
          blocks.map(({ pieces }, at) => <p key={`${place} ${at}`}>{pieces.map(show)}</p>)
        ),
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
