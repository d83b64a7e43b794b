import { idPipe } from '#platform/http';

export const grantIdPipe = idPipe('grant-not-found');
export const documentIdPipe = idPipe('document-not-found');
