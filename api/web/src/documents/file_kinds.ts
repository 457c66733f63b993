// What can be attached, by the ending of its name: said before anything is sent. The server looks at the
// content, and its word counts.

const kept_endings = [
  ...['pdf', 'png', 'jpg', 'jpeg', 'gif', 'webp', 'tif', 'tiff', 'heic', 'heif'],
  ...['txt', 'csv', 'md', 'log', 'rtf', 'eml', 'msg'],
  ...['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'odt', 'ods'],
  ...['mp3', 'wav', 'm4a', 'mp4', 'm4v'],
];
export const accepted = kept_endings.map((ending) => `.${ending}`).join(',');

export const ending_of = (name: string) =>
  name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : '';
export const may_be_kept = (name: string) => kept_endings.includes(ending_of(name));
export const title_of = (name: string) =>
  (name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : name).replace(/[_]+/g, ' ').trim();

// The server shows these in a sandbox, where nothing of them runs. Browsers show no PDF there, so it is saved.
export const shown_in_browser = (media_type: string) =>
  ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'text/plain'].includes(media_type);

const unless_said = 20 * 1024 * 1024;
export const bytes_at_most = (said: string | number | undefined) => Number(said ?? 0) || unless_said;
