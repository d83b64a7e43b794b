/** Unicode NFC, the composed form TCVN 6909:2001 text is stored in, so that equal words are equal bytes. */
export const nfc = (text: string): string => text.normalize('NFC');
