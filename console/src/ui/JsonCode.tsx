// The editor of JSON itself; it is large, so that JsonEditor loads it when one is shown.
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, foldKeymap, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { linter } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import { jsonProblem } from '../format/json';

export interface JsonCodeProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  onBlur?: (() => void) | undefined;
  isReadOnly?: boolean | undefined;
  isInvalid?: boolean | undefined;
}

const OURS = new Set(['Mod-Enter']); // saves the form around it
const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--fs-accent-text)' },
  { tag: tags.string, color: 'var(--fs-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--fs-info)' },
  { tag: tags.invalid, color: 'var(--fs-bad)' },
]);
const LOOK = EditorView.theme({
  '&': { borderRadius: '7px', backgroundColor: 'var(--fs-pill)', color: 'var(--fs-text)' },
  '&.cm-focused': { outline: '2px solid var(--fs-accent)', outlineOffset: '2px' },
  '.cm-scroller': { font: '400 12px/19px var(--mantine-font-family-monospace)', maxHeight: '420px', overflow: 'auto' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--fs-text)' },
  '.cm-gutters': { border: '0', backgroundColor: 'transparent', color: 'var(--fs-text3)' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'var(--fs-hover)' },
  '.cm-cursor': { borderLeftColor: 'var(--fs-text)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { background: 'var(--fs-accent-soft) !important' },
  '.cm-tooltip': { border: '1px solid var(--fs-line)', backgroundColor: 'var(--fs-surface)', color: 'var(--fs-text)' },
  '.cm-foldPlaceholder': { border: '0', backgroundColor: 'var(--fs-hover)', color: 'var(--fs-text2)' },
});

const check = linter(({ state }) => {
  const problem = jsonProblem(state.doc.toString());
  if (problem === undefined) return [];
  const from = Math.min(problem.offset, state.doc.length);
  const to = Math.min(from + Math.max(problem.length, 1), state.doc.length);
  return [{ from, to, severity: 'error', message: problem.message }];
});

export default function JsonCode({ label, value, onChange, onBlur, isReadOnly = false, isInvalid = false }: JsonCodeProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const told = useRef({ onChange, onBlur });
  const described = useRef(new Compartment());
  useEffect(() => {
    told.current = { onChange, onBlur };
  });
  const attributes = EditorView.contentAttributes.of({ 'aria-label': label, 'aria-invalid': String(isInvalid) });
  const first = useRef({ value, isReadOnly, attributes });
  useEffect(() => {
    if (place.current === null) return;
    const start = first.current;
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: start.value,
        extensions: [
          lineNumbers(),
          foldGutter(),
          history(),
          bracketMatching(),
          highlightActiveLine(),
          EditorView.lineWrapping,
          json(),
          check,
          syntaxHighlighting(COLOURS),
          LOOK,
          keymap.of([...defaultKeymap.filter(({ key }) => !OURS.has(key ?? '')), ...historyKeymap, ...foldKeymap]),
          EditorState.readOnly.of(start.isReadOnly),
          described.current.of(start.attributes),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) told.current.onChange(update.state.doc.toString());
          }),
          EditorView.domEventHandlers({ blur: () => told.current.onBlur?.() }),
        ],
      }),
    });
    view.current = editor;
    const measure = () => editor.requestMeasure(); // lines of another font are of another height
    document.fonts.addEventListener('loadingdone', measure);
    return () => {
      document.fonts.removeEventListener('loadingdone', measure);
      editor.destroy();
    };
  }, []);
  useEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);
  useEffect(() => {
    view.current?.dispatch({ effects: described.current.reconfigure(attributes) });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the attributes are made of these two
  }, [label, isInvalid]);
  return <div ref={place} />;
}
