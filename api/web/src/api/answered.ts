// What the server answers is written whole: every text, number and list is there, if empty; only a message
// or a moment may be absent. The OpenAPI document, made for what one sends too, marks both as optional.
import type { Timestamp } from '#generated/api';

type MayBeAbsent<T> = T extends readonly unknown[]
  ? false
  : T extends Timestamp
    ? true
    : T extends object
      ? true
      : false;

export type Answered<T> = T extends string | number | boolean
  ? T
  : T extends readonly (infer Item)[]
    ? Answered<Item>[]
    : T extends object
      ? {
          [Key in keyof T as MayBeAbsent<NonNullable<T[Key]>> extends true ? never : Key]-?: Answered<
            NonNullable<T[Key]>
          >;
        } & {
          [Key in keyof T as MayBeAbsent<NonNullable<T[Key]>> extends true ? Key : never]?: Answered<
            NonNullable<T[Key]>
          >;
        }
      : T;
