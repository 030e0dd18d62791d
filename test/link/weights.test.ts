/** Weights that the code runs itself: a hub supplies them, and operates no call. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';

const CLINIC = `
from sentence_transformers import SentenceTransformer
from transformers import AutoModelForCausalLM
import requests

triage = AutoModelForCausalLM.from_pretrained("Qwen/Qwen2.5-0.5B-Instruct")
letters = SentenceTransformer("BAAI/bge-m3")
own = AutoModelForCausalLM.from_pretrained("./weights/triage")
files = requests.get("https://huggingface.co/BAAI/bge-m3/resolve/main/config.json")
print(triage.generate("cough"), letters.encode("letter"))
`;

test('what is loaded from a hub is listed by hub; what lies on the disk is not, and the hub is nobody who runs a model', async () => {
  const root = mkdtempSync(join(tmpdir(), 'clinic-'));
  try {
    writeFileSync(join(root, 'triage.py'), CLINIC);
    writeFileSync(join(root, 'requirements.txt'), 'transformers==4.57.0\nsentence-transformers==5.1.0\nrequests==2.32.0\n');
    const { inventory } = await audit({ root, asOf: '2026-11-20' });
    expect(inventory.weights.map(({ id, hub, maker, path, line }) => `${path}:${line} ${id} ${hub} ${maker}`)).toEqual([
      'triage.py:7 BAAI/bge-m3 huggingface-hub baai',
      'triage.py:6 Qwen/Qwen2.5-0.5B-Instruct huggingface-hub alibaba-dashscope',
    ]);
    expect(inventory.providers.filter(({ id }) => id.startsWith('huggingface'))).toEqual([]);
    expect(inventory.callSites.filter(({ line }) => line === 9)).toEqual([]);
  } finally {
    rmSync(root, { recursive: true });
  }
});
