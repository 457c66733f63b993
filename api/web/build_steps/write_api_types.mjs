// TypeScript types from the server's own OpenAPI document, and the label's id of each command.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import openapi, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { write_if_changed } from './write_if_changed.mjs';

const factory = ts.factory;

export async function write_api_types(document, generated) {
  const description = JSON.parse(readFileSync(document, 'utf8'));
  // A moment may be absent from an answer, other than a text: it has a type of its own.
  const ast = await openapi(structuredClone(description), {
    transform: (schema) =>
      schema.format === 'date-time' ? factory.createTypeReferenceNode('Timestamp') : undefined,
    inject: 'export type Timestamp = string & { readonly __moment: true };\n',
    defaultNonNullable: false,
  });
  write_if_changed(join(generated, 'api.ts'), astToString(ast));
  write_if_changed(
    join(generated, 'commands.ts'),
    commands_of(description) + fields_of(description) + readable(description),
  );
}

// "assign" of "reminders" is the message Assign, whose label is the text command.Assign.
function commands_of(description) {
  const labels = {};
  for (const [path, methods] of Object.entries(description.paths)) {
    const found =
      /^\/api\/v1\/(reminders|complaints|authority-requests|contacts|publications)(?:\/\{id\})?(?:\/([a-z-]+))?$/.exec(
        path,
      );
    if (!found || !methods.post) continue;
    labels[found[1]] ??= {};
    labels[found[1]][found[2] ?? ''] = `command.${methods.post.summary}`;
  }
  return `// Which text names a command, by the path of its kind and its own.\nexport const command_labels = ${JSON.stringify(labels, null, 2)} as const;\n`;
}

// What a field of a command holds, by its name: a date, a unit, codes of these sets ... Where two commands
// differ, all that is said of it; plain texts and numbers are not named.
function fields_of({ components }) {
  const fields = {};
  for (const { properties = {} } of Object.values(components.schemas)) {
    for (const [name, property] of Object.entries(properties)) {
      const { format, description = '' } = property.items ?? property;
      const codes = /^A code of the set (\S+)/.exec(description)?.[1];
      const holds = codes
        ? `code:${codes}`
        : format === 'date' || format === 'date-time'
          ? format
          : {
              'Id of a unit valid on the day': 'unit',
              'Id of an active user': 'user',
              'Id of an authority': 'authority',
              'An id given by this service': 'id',
            }[description];
      if (!holds) continue;
      fields[name] ??= [];
      if (!fields[name].includes(holds)) fields[name].push(holds);
    }
  }
  return `// What a field of that name holds.\nexport const field_contents: Record<string, readonly string[]> = ${JSON.stringify(fields, null, 1)};\n`;
}

// What can be read at all: a page asks whether the server has what a later one may have.
function readable({ paths }) {
  const found = Object.keys(paths).filter((path) => paths[path].get);
  return `// Every address that can be read.\nexport const readable_paths: readonly string[] = ${JSON.stringify(found, null, 1)};\n`;
}
