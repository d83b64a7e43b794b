import { idPipe } from '#platform/http';

export const dossierIdPipe = idPipe('dossier-not-found');
export const noticeIdPipe = idPipe('notice-not-found');
export const scanIdPipe = idPipe('scan-not-found');
