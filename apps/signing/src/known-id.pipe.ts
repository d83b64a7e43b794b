import { idPipe } from '#platform/http';

export const requestId = idPipe('signing-request-not-found');
export const attachmentId = idPipe('attachment-not-found');
