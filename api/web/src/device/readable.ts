// Which addresses the server that this was built for can be read at: nobody asks for what is not there.
import { readable_paths } from '#generated/commands';

export const can_read = (path: string): boolean => readable_paths.includes(path);
