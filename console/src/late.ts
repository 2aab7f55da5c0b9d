// What no page needs to be shown, read after the first one has been: short words, and why calls are refused.
import { explained } from './api/refused';
import { explainWith } from './api/client';

explainWith(explained);

export { default } from './ui/Toasts';
