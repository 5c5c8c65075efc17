// A mail server that takes every email and delivers none, for the browser tests. Prints the address that it speaks SMTP at, and the one where
// GET answers with the texts of all emails so far, the oldest first. Runs until it is ended.
// usage: node scripts/mail-sink.mjs
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";

const emails = [];

/** The text of an email: quoted-printable folds lines and writes signs in hexadecimal. */
function text(raw) {
  const bytes = raw
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

const mail = createTcpServer((socket) => {
  let [waiting, data] = ["", null];
  const say = (line) => socket.write(`${line}\r\n`);
  say("220 sink");
  socket.on("error", () => socket.destroy());
  socket.on("data", (piece) => {
    waiting += piece.toString("latin1");
    for (let end = waiting.indexOf("\r\n"); end >= 0; end = waiting.indexOf("\r\n")) {
      const line = waiting.slice(0, end);
      waiting = waiting.slice(end + 2);
      if (data !== null && line === ".") {
        emails.push(text(data));
        data = null;
        say("250 taken");
      } else if (data !== null) {
        data += `${line.replace(/^\.\./, ".")}\r\n`;
      } else if (/^data/i.test(line)) {
        data = "";
        say("354 go on");
      } else if (/^quit/i.test(line)) {
        say("221 bye");
        socket.end();
      } else {
        say("250 fine");
      }
    }
  });
});
const reader = createServer((_, response) => {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(emails));
});
mail.listen(0, "127.0.0.1", () =>
  reader.listen(0, "127.0.0.1", () =>
    console.log(`smtp://127.0.0.1:${mail.address().port} http://127.0.0.1:${reader.address().port}`),
  ),
);
