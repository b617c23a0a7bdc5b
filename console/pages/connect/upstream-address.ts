/** Whether a text is a whole http(s) address; the server judges more, this only spares a round trip. */
export function isUpstream(text: string): boolean {
  if (!URL.canParse(text.trim())) return false;
  const { protocol, hostname } = new URL(text.trim());
  return (protocol === 'http:' || protocol === 'https:') && hostname !== '';
}
