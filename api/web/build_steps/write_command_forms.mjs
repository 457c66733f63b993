// What each command on a case asks for, from the server's OpenAPI document: the fields of its form.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { write_if_changed } from './write_if_changed.mjs';

const long_from = 401; // characters from which a field has several lines
const holds_of = {
  'Id of a unit valid on the day': 'unit',
  'Id of an active user': 'user',
  'Id of an authority': 'authority',
  'An id given by this service': 'id',
};

export function write_command_forms(document, generated) {
  const { paths, components } = JSON.parse(readFileSync(document, 'utf8'));
  const messages = {};
  const commands = {};
  for (const [path, methods] of Object.entries(paths)) {
    const found =
      /^\/api\/v1\/(reminders|complaints|authority-requests|contacts|publications)(?:\/\{id\})?(?:\/([a-z-]+))?$/.exec(
        path,
      );
    const body = methods.post?.requestBody?.content?.['application/json']?.schema?.$ref;
    if (!found || !methods.post || found[2] === 'import') continue;
    commands[found[1]] ??= {};
    commands[found[1]][found[2] ?? ''] = methods.post.summary;
    if (body) take(body.split('/').at(-1));
    else messages[methods.post.summary] ??= [];
  }
  function take(name) {
    if (messages[name]) return;
    messages[name] = [];
    const { properties = {}, required = [] } = components.schemas[name];
    for (const [field, property] of Object.entries(properties)) {
      const one = property.items ?? property;
      const of = one.$ref?.split('/').at(-1);
      const codes = /^A code of the set (\S+)/.exec(one.description ?? '')?.[1];
      messages[name].push({
        name: field,
        holds: of
          ? 'message'
          : codes
            ? 'code'
            : one.format === 'date'
              ? 'date'
              : one.type === 'boolean'
                ? 'flag'
                : one.type === 'integer' || one.type === 'number'
                  ? 'number'
                  : (holds_of[one.description] ?? (one.maxLength >= long_from ? 'long' : 'text')),
        ...(of ? { of } : {}),
        ...(codes ? { set: codes } : {}),
        ...(property.items ? { list: true } : {}),
        ...(required.includes(field) ? { required: true } : {}),
      });
      if (of) take(of);
    }
  }
  write_if_changed(
    join(generated, 'command_forms.ts'),
    `// What a field of a form holds; of: the message it is made of; set: its codes.
export interface FieldRow {
  name: string;
  holds: 'text' | 'long' | 'date' | 'flag' | 'number' | 'unit' | 'user' | 'authority' | 'id' | 'code' | 'message';
  of?: string;
  set?: string;
  list?: boolean;
  required?: boolean;
}
// The message of each command, by the path of its kind and its own; empty: what opens a case.
export const command_messages: Record<string, Record<string, string>> = ${JSON.stringify(commands, null, 1)};
export const messages: Record<string, FieldRow[]> = ${JSON.stringify(messages, null, 1)};
`,
  );
}
