// What can come back instead of an answer.

export interface FieldProblem {
  field: string; // path such as opening.arrived_on; empty: the whole
  message: string;
}

// The server said no, and why, in the language it was asked in (RFC 9457).
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly kind: string, // last part of the problem's type: stale, not-allowed ...
    readonly title: string,
    readonly detail: string,
    readonly fields: FieldProblem[],
    readonly retry_after_seconds: number | undefined,
  ) {
    super(detail || title || String(status));
  }
  // Somebody else saved first.
  get stale() {
    return this.status === 412;
  }
  // Whether the same again may well succeed.
  get passing() {
    return this.status === 503 || this.status === 429 || this.status === 502 || this.status === 504;
  }
}

// No answer: the network is away, or the server is.
export class Unreachable extends Error {}

interface Problem {
  type?: string;
  title?: string;
  detail?: string;
  errors?: FieldProblem[];
}

// `body`: what came, read as JSON; anything else is a proxy's page, or nothing.
export function refusal_from(response: Response, body: unknown): Refusal {
  const retry = Number(response.headers.get('Retry-After'));
  const problem: Problem = typeof body === 'object' && body !== null ? body : {};
  return new Refusal(
    response.status,
    problem.type?.split(':').at(-1) ?? '',
    problem.title ?? '',
    problem.detail ?? '',
    // Each message begins with its field's path, for whoever reads it alone; here it stands at the field.
    (problem.errors ?? []).map(({ field, message }) => ({
      field,
      message: field && message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message,
    })),
    Number.isFinite(retry) && retry > 0 ? retry : undefined,
  );
}
