import type { DossierStatus } from './dossiers.port.js';

/** A decision may be reached before the result is returned; everything else is final. */
const transitions: Readonly<Record<DossierStatus, readonly DossierStatus[]>> = {
  OPEN: ['DECIDED', 'RETURNED', 'REJECTED', 'WITHDRAWN'],
  DECIDED: ['RETURNED'],
  RETURNED: [],
  REJECTED: [],
  WITHDRAWN: [],
};

export const canClose = (from: DossierStatus, to: DossierStatus): boolean => transitions[from].includes(to);
