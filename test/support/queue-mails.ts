// A process of its own that queues mails without end in the database that it is given, and acknowledges each on its standard
// output once it is queued. It is there to be killed.
import { writeSync } from 'node:fs'
import { aMail } from '../../src/mail/mail'
import { writesToQueue } from '../../src/mail/store'
import { openSqlite } from '../../src/storage/sqlite'

const [path = '', pause = '20'] = process.argv.slice(2)
const database = openSqlite(path)

for (let count = 1; ; count += 1) {
  const mail = aMail(`reader-${count}@example.com`, {
    locale: 'pl',
    subject: 'Zażółć',
    text: 'gęślą jaźń\n',
    html: '<p>gęślą jaźń</p>',
  })
  await database.atomically(writesToQueue(database, mail, new Date(), 86_400_000))
  writeSync(1, `${mail.id}\n`)
  await new Promise((resolve) => setTimeout(resolve, Number(pause)))
}
