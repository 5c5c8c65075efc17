// A stand-in for a model, for the browser tests: speaks the protocol of OpenAI-compatible servers and answers a question about a
// company with true sentences of its dossier and with inventions beside them. Prints its base address and runs until it is ended.
// usage: node scripts/model-server.mjs
import { createServer } from "node:http";

/** The question, without the turns that correct an answer. */
function question(body) {
  const texts = body.messages.filter((one) => one.role === "user").map((one) => one.content);
  return texts.find((text) => text.includes("<dossier>")) ?? "";
}

function lines(text) {
  const inside = text.split("<dossier>\n")[1]?.split("\n</dossier>")[0] ?? "";
  return inside.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}

const mkr = (value) =>
  (value / 1e6).toLocaleString("sv-SE", { maximumFractionDigits: 1 }).replace("\u2212", "-");

function draft(text) {
  const known = lines(text);
  const revenue = known
    .filter((line) => line.figure === "revenue" && line.scope === "company")
    .sort((one, other) => other.to.localeCompare(one.to));
  const [now, before] = revenue;
  if (!now)
    return {
      statements: [],
      levers: [],
      fit: [],
      recommendation: "watch",
      open_questions: [],
      not_found: [],
    };
  const year = now.to.slice(0, 4);
  const cite = (line) => ({ id: line.id, quote: null });
  const plain = { text: `Omsättningen var ${mkr(now.value)} mkr ${year}.`, cites: [cite(now)] };
  const sentence = known.find((line) => typeof line.text === "string" && line.text.split(" ").length >= 4);
  const statements = [
    { section: "strengths", ...plain },
    { section: "market_position", text: "Bolaget är störst i Norden.", cites: [] },
    {
      section: "strengths",
      text: `Omsättningen var ${mkr(now.value * 3 + 7e6)} mkr ${year}.`,
      cites: [cite(now)],
    },
    {
      section: "customers",
      text: "Läs mer på https://invented.example/kunder.",
      cites: [{ id: "F999", quote: null }],
    },
  ];
  if (before && before.value > 0 && now.value !== before.value) {
    const word = now.value > before.value ? "ökade" : "minskade";
    statements.push({
      section: now.value > before.value ? "strengths" : "weaknesses",
      text: `Omsättningen ${word} från ${mkr(before.value)} mkr ${before.to.slice(0, 4)} till ${mkr(now.value)} mkr ${year}.`,
      cites: [cite(now), cite(before)],
    });
  }
  if (sentence) {
    statements.push({
      section: "products",
      text: `Webbplatsen säger: ”${sentence.text}”`,
      cites: [{ id: sentence.id, quote: sentence.text }],
    });
  }
  return {
    statements,
    levers: [{ lever: "pricing", impact: "medium", effort: "low", reason: plain }],
    fit: [{ dimension: "growth", level: 3, reason: plain }],
    recommendation: "watch",
    open_questions: ["Hur ser ägarna på framtiden?"],
    not_found: ["customers"],
  };
}

/** What the schema of the question asks for, and nothing else. */
function fitting(answer, schema) {
  const asked = schema?.properties ?? {};
  const kept = Object.fromEntries(Object.entries(answer).filter(([name]) => name in asked));
  const sections = asked.statements?.items?.properties?.section?.enum;
  if (kept.statements && sections) {
    kept.statements = kept.statements.filter((one) => sections.includes(one.section));
    kept.not_found = kept.not_found?.filter((section) => sections.includes(section));
  }
  return kept;
}

function answer(body) {
  const text = question(body);
  if (text === "") return JSON.stringify({ word: "lode-7" });
  return JSON.stringify(fitting(draft(text), body.response_format?.json_schema?.schema));
}

const server = createServer((request, response) => {
  let text = "";
  request.on("data", (piece) => {
    text += piece;
  });
  request.on("end", () => {
    let body;
    try {
      body = JSON.parse(text);
    } catch {
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { message: "the body is no JSON" } }));
      return;
    }
    const content = answer(body);
    const usage = {
      prompt_tokens: Math.ceil(text.length / 4),
      completion_tokens: Math.ceil(content.length / 4),
    };
    if (!body.stream) {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(
        JSON.stringify({
          choices: [{ message: { role: "assistant", content }, finish_reason: "stop" }],
          usage,
        }),
      );
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    const send = (data) => response.write(`data: ${JSON.stringify(data)}\n\n`);
    send({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
    send({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
    send({ choices: [], usage });
    response.end("data: [DONE]\n\n");
  });
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/v1`));
