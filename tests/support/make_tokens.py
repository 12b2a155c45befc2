#!/usr/bin/env python3
"""Small vocabularies of CLIP's and BERT's kind and what Hugging Face's CLIPTokenizer and BertTokenizer make of 2,000 lines.

Needs tokenizers, transformers. Run: make_tokens.py OUT (tests/support/tokens): vocab.json, merges.txt, lines.json and
bert/{vocab.txt, tokenizer.json, pieces.json}. make_tokens.py OUT FULL also writes FULL/pieces.json: the same lines by the
full vocabularies that lie in FULL, bpe_simple_vocab_16e6.txt.gz of OpenAI and vocab.txt of Chinese-CLIP;
tst_tokenizers reads it where LIKENESS_VOCABULARIES names that folder.
"""
import json
import os
import random
import sys
import tokenizers
import transformers
from tokenizers import decoders, models, normalizers, pre_tokenizers, trainers

out = sys.argv[1]
random.seed(3)
words = ("a the red green blue bus car dog cat at night in rain on street with two three people house mountain lake photo of drawing "
         "it's don't they've we're I'm she'll he'd Straße café naïve façade Ünïcödé İstanbul ΣΊΣΥΦΟΣ Привет мир hello-world "
         "e-mail foo_bar 3.14 2024 #1 C++ 50% $9.99 <b>bold</b> &amp; a/b (x) [y] {z} ~ ^ | \\ ½ Ⅻ ² ١٢٣ 一二三").split()
chinese = "红色的公交车在夜晚街道上两只猫坐在山间湖边照片绘画人物风景日出云海城市古建筑雪地花朵"
odd = ["😀", "👩‍👩‍👧", "🇨🇳", "\u200b", "\u00a0", "\t", "\x07", "\x1b", "\ufeff", "e\u0301", "ﬁ", "Å", "\u3000", "�", "𝔘", "한국어", "日本語", "ไทย", "עברית", "العربية", "'", "''s", "…", "—", "  "]


def line():
    parts = []
    for _ in range(random.randint(0, 14)):
        kind = random.random()
        if kind < 0.6:
            w = random.choice(words)
            parts.append(random.choice([w, w.upper(), w.capitalize()]))
        elif kind < 0.8:
            parts.append("".join(random.choice(chinese) for _ in range(random.randint(1, 6))))
        else:
            parts.append(random.choice(odd))
    return random.choice([" ", " ", "", ", "]).join(parts)


lines = [line() for _ in range(1990)] + ["", " ", "<|startoftext|>", "a <|endoftext|> b", "\n", "A\r\nB", "x" * 300, "😀" * 40, "'s't're've'm'll'd", "9" * 30]
split = pre_tokenizers.Sequence([pre_tokenizers.Split(tokenizers.Regex(r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"), "removed", invert=True),
                                 pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
normal = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(tokenizers.Regex(r"\s+"), " "), normalizers.Lowercase()])
learner = tokenizers.Tokenizer(models.BPE(end_of_word_suffix="</w>"))
learner.normalizer, learner.pre_tokenizer = normal, split
learner.train_from_iterator(lines[:1500], trainers.BpeTrainer(vocab_size=1000, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
                                                              end_of_word_suffix="</w>", show_progress=False))
model = json.loads(learner.to_str())["model"]
# As OpenAI's: bytes, bytes at the end of a word, merges, start, end.
alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
pairs = [tuple(m) if isinstance(m, list) else tuple(m.split(" ")) for m in model["merges"]]
vocabulary = {p: i for i, p in enumerate(dict.fromkeys(alphabet + [a + "</w>" for a in alphabet] + ["".join(p) for p in pairs] + ["<|startoftext|>", "<|endoftext|>"]))}
json.dump(vocabulary, open(f"{out}/vocab.json", "w"), ensure_ascii=False)
open(f"{out}/merges.txt", "w", encoding="utf-8").write("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in pairs))
reference = tokenizers.Tokenizer(models.BPE(vocab=vocabulary, merges=pairs, end_of_word_suffix="</w>", unk_token="<|endoftext|>"))
reference.normalizer, reference.pre_tokenizer = normal, split
reference.add_special_tokens(["<|startoftext|>", "<|endoftext|>"])
theirs = transformers.CLIPTokenizer(vocab=vocabulary, merges=pairs)
ids = [theirs(text, add_special_tokens=False)["input_ids"] for text in lines]
assert ids == [reference.encode(text, add_special_tokens=False).ids for text in lines]
json.dump({"versions": {"tokenizers": tokenizers.__version__, "transformers": transformers.__version__},
           "lines": lines, "pieces": [" ".join(map(str, row)) for row in ids]}, open(f"{out}/lines.json", "w"), ensure_ascii=False, separators=(",", ":"))

# --- BERT's word pieces, as Chinese-CLIP has them ------------------------------------------------------------------
os.makedirs(f"{out}/bert", exist_ok=True)
learner = tokenizers.BertWordPieceTokenizer()
learner.train_from_iterator(lines[:1500], vocab_size=700, min_frequency=2, show_progress=False, limit_alphabet=400)
vocabulary = sorted(learner.get_vocab().items(), key=lambda item: item[1])
open(f"{out}/bert/vocab.txt", "w", encoding="utf-8").write("".join(f"{piece}\n" for piece, _ in vocabulary))
json.dump({"model": {"type": "WordPiece", "vocab": dict(vocabulary)}}, open(f"{out}/bert/tokenizer.json", "w"), ensure_ascii=False)
lines += ["[CLS] a [SEP] b[MASK]", "x" * 101, "x" * 100, "\x0b\x0c\x85a\u2028b", "\u00ad\u200d", "㐀𠀀豈", "ﾊﾝｶｸ", "가나다", "A\u0300\u0327"]
pieces = {}
for lower in (True, False):
    theirs = transformers.BertTokenizer(vocab=dict(vocabulary), do_lower_case=lower)
    pieces["lower" if lower else "as_written"] = [" ".join(map(str, theirs(text, add_special_tokens=False)["input_ids"])) for text in lines]
json.dump({"more_lines": lines[2000:], **pieces}, open(f"{out}/bert/pieces.json", "w"), ensure_ascii=False, separators=(",", ":"))

if len(sys.argv) > 2:
    full = sys.argv[2]
    import gzip
    text = gzip.open(f"{full}/bpe_simple_vocab_16e6.txt.gz").read().decode("utf-8").split("\n")[1:49152 - 256 - 2 + 1]
    merges = [tuple(m.split()) for m in text]
    letters = [c for c in map(chr, range(256)) if "!" <= c <= "~" or "\xa1" <= c <= "\xac" or c >= "\xae"]
    letters += [chr(256 + i) for i in range(256 - len(letters))]
    pieces = letters + [c + "</w>" for c in letters] + ["".join(m) for m in merges] + ["<|startoftext|>", "<|endoftext|>"]
    clip = transformers.CLIPTokenizer(vocab={p: i for i, p in enumerate(pieces)}, merges=merges)
    bert = transformers.BertTokenizer(vocab={line.rstrip("\n"): i for i, line in enumerate(open(f"{full}/vocab.txt", encoding="utf-8"))}, do_lower_case=True)
    plain = [text for text in lines if "<|" not in text and "[" not in text]
    json.dump({"lines": plain, "clip": [" ".join(map(str, clip(text, add_special_tokens=False)["input_ids"])) for text in plain],
               "bert": [" ".join(map(str, bert(text, add_special_tokens=False)["input_ids"])) for text in plain]},
              open(f"{full}/pieces.json", "w"), ensure_ascii=False)
