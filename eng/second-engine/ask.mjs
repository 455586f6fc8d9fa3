// Asks a GGUF model through llama.cpp what a list of passages asks of it:  node ask.mjs QUESTIONS.json ANSWERS.json
// QUESTIONS: { model, threads, passages: [{ text, prompt: [id], suffix: [id], scored }] }
// ANSWERS:   [{ tokens: the text by llama.cpp's own tokenizer,
//               greedy: decoded greedily, up to the suffix's length or the first token that is not the suffix's,
//               logProbabilities: of the suffix's tokens, in nats, if scored }]
import { readFileSync, writeFileSync } from "node:fs";
import { getLlama, LlamaLogLevel } from "node-llama-cpp";

const [questions, answers] = process.argv.slice(2);
const { model: modelPath, threads, passages } = JSON.parse(readFileSync(questions, "utf8"));
const llama = await getLlama({ gpu: false, build: "never", skipDownload: true, progressLogs: false, logLevel: LlamaLogLevel.error });
const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
// Keys and values in float32 and attention as in the paper: the default keeps the cache in 16 bits, which costs the fourth digit.
const context = await model.createContext({
  contextSize: model.trainContextSize, threads, flashAttention: false,
  experimentalKvCacheKeyType: "F32", experimentalKvCacheValueType: "F32",
});
const sequence = context.getSequence();

async function greedy(prompt, suffix) {
  await sequence.clearHistory();
  const tokens = [];
  for await (const token of sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
    tokens.push(token);
    if (tokens.length === suffix.length || token !== suffix[tokens.length - 1]) break;
  }
  return tokens;
}

// The logarithm of the softmax, from the logit itself, the largest one and the sum of exp(logit - largest). The largest is asked
// for as the first: 3.22.1 gives it under includeMax only where it was asked for anyway.
async function logProbabilities(prompt, suffix) {
  await sequence.clearHistory();
  const ids = [...prompt, ...suffix];
  const outputs = await sequence.controlledEvaluate(ids.slice(0, -1).map((id, i) => i < prompt.length - 1 ? id : [id, {
    generateNext: { logits: { filter: { tokens: [ids[i + 1]], includeTop: 1 } }, totalLogitWeight: true, options: { temperature: 1, topK: 0, topP: 1, minP: 0 } },
  }]));
  return suffix.map((id, i) => {
    const next = outputs[prompt.length - 1 + i].next;
    return next.logits.get(id) - Math.max(...next.logits.values()) - Math.log(next.totalLogitWeight);
  });
}

const replies = [];
for (const { text, prompt, suffix, scored } of passages) {
  replies.push({
    tokens: model.tokenize(text),
    greedy: await greedy(prompt, suffix),
    logProbabilities: scored ? await logProbabilities(prompt, suffix) : null,
  });
}
writeFileSync(answers, JSON.stringify(replies));
await llama.dispose();
