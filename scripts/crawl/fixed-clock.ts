// Fixes the clock of the program that it is loaded into, before the program itself. Timers run as ever.
import { instant } from './clock'

const at = Date.parse(instant)

globalThis.Date = new Proxy(Date, {
  construct: (date, values, made) => Reflect.construct(date, values.length === 0 ? [at] : values, made) as Date,
  apply: (date) => new date(at).toString(),
  get: (date, name, receiver) => (name === 'now' ? () => at : Reflect.get(date, name, receiver)),
})
