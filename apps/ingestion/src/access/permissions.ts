import type { PermissionRule } from '#platform/auth';

/** What an officer of the one-stop desk may do here; which dossiers, `DossierAccess` decides. */
export const permissions = {
  openDossier: { name: 'dossier.open', roles: ['officer'] },
  readDossier: { name: 'dossier.read', roles: ['officer'] },
  reuseDocument: { name: 'dossier.reuse', roles: ['officer'] },
  closeDossier: { name: 'dossier.close', roles: ['officer'] },
  uploadScan: { name: 'scan.upload', roles: ['officer'] },
  readScan: { name: 'scan.read', roles: ['officer'] },
  retryScan: { name: 'scan.retry', roles: ['officer'] },
  confirmScan: { name: 'scan.confirm', roles: ['officer'] },
} as const satisfies Record<string, PermissionRule>;
