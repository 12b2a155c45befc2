// Feeds damaged files to the readers of strangers' files, for as long as told, under a sanitizer:
//   fuzz_readers safetensors|zip|legacy|tokenizer|wordpiece|onnx SECONDS [SEED]
// The corpus is tests/support, of onnx also ONNX's own tests (libonnx-testdata); what is read of it is run, too. Any
// answer is right but a crash, a hang or memory beyond the input's size. A file that kills it is left as
// /tmp/fuzz-READER for a look.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/random.h"
#include "core/nets/recognise/network_model.h"
#include "core/nets/text/clip_tokenizer.h"
#include "core/nets/text/word_piece_tokenizer.h"
#include "core/onnx/onnx_runner.h"

#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>

using namespace likeness;
using Bytes = std::vector<std::uint8_t>;

namespace {

const std::filesystem::path g_support = SOURCE_DIR "/tests/support";

const std::map<std::string, std::vector<const char *>> g_corpus{
    {"safetensors",
     {"models/resnet.safetensors", "models/hf_vit/model.safetensors", "models/dinov2_swiglu.safetensors",
      "models/mobilenetv3_small/model.safetensors", "models/efficientnet_b0/model.safetensors",
      "models/chinese_clip/model.safetensors"}},
    {"zip",
     {"models/views.pth", "models/resnet.pth", "models/resnet.wrapped.pth.tar", "models/sscd.torchscript.pt",
      "models/hostile/system.pth", "models/hostile/getattr.pth", "models/mobilenet_torchvision.pth",
      "models/chinese_clip_own/clip_cn.pt", "models/open_clip_timm/open_clip_pytorch_model.bin"}},
    {"legacy",
     {"models/views.legacy.pth", "models/resnet.legacy.pth", "models/hostile/system.legacy.pth",
      "models/hostile/eval.legacy.pth"}},
    {"tokenizer", {"tokens/vocab.json", "tokens/merges.txt"}},
    {"wordpiece", {"tokens/bert/vocab.txt", "tokens/bert/tokenizer.json"}},
    {"onnx", {"keypoints/superpoint.onnx", "keypoints/xfeat.onnx", "keypoints/disk.onnx"}},
};

/// Inputs of the sizes that the file names, where these are small.
void runOnZeros(const OnnxRunner &runner)
{
    std::vector<OnnxTensor> inputs;
    for (const OnnxInput &input : runner.inputs()) {
        OnnxTensor tensor{input.type, input.shape, {}, {}};
        std::size_t bytes = bytesOf(input.type);
        for (std::int64_t &extent : tensor.shape) {
            extent = extent < 0 ? 16 : extent;
            if (extent > 1024 || (bytes *= std::size_t(extent)) > 1'000'000)
                return;
        }
        const auto memory = std::make_shared<Bytes>(bytes);
        tensor.bytes = std::as_bytes(std::span(*memory));
        tensor.memory = memory;
        inputs.push_back(std::move(tensor));
    }
    runner.run(inputs);
}

/// Headers and pickles are where it hurts: most changes lie near the begin or the end.
std::size_t placeIn(const Bytes &bytes, Random &random)
{
    const std::size_t near = random.next() % std::min<std::size_t>(bytes.size(), 3000);
    switch (random.next() % 3) {
    case 0:
        return near;
    case 1:
        return bytes.size() - 1 - near;
    default:
        return random.next() % bytes.size();
    }
}

void damage(Bytes &bytes, Random &random)
{
    static constexpr std::uint64_t special[] = {0,      1,          0x7f,       0x80,  0xff,       0x7fff,
                                                0xffff, 0x7fffffff, 0xffffffff, ~0ull, 1ull << 40, 1ull << 63};
    for (auto changes = 1 + random.next() % 4; changes > 0 && !bytes.empty(); --changes) {
        const std::size_t at = placeIn(bytes, random),
                          length = std::min<std::size_t>(1 + random.next() % 64, bytes.size() - at);
        const auto begin = bytes.begin() + std::ptrdiff_t(at);
        switch (random.next() % 6) {
        case 0:
            bytes[at] ^= std::uint8_t(1u << (random.next() % 8));
            break;
        case 1:
            bytes[at] = std::uint8_t(random.next());
            break;
        case 2: {
            const std::uint64_t value = special[random.next() % std::size(special)];
            std::memcpy(bytes.data() + at, &value,
                        std::min<std::size_t>(std::size_t(1) << (random.next() % 4), bytes.size() - at));
            break;
        }
        case 3:
            bytes.erase(begin, begin + std::ptrdiff_t(length));
            break;
        case 4: {
            const Bytes part(begin, begin + std::ptrdiff_t(length));
            bytes.insert(bytes.begin() + std::ptrdiff_t(random.next() % bytes.size()), part.begin(), part.end());
            break;
        }
        default:
            bytes.resize(at);
        }
    }
}

void write(const std::filesystem::path &path, const Bytes &bytes)
{
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char *>(bytes.data()), std::streamsize(bytes.size()));
}

} // namespace

int main(int argc, char **argv)
{
    const auto corpus = argc > 2 ? g_corpus.find(argv[1]) : g_corpus.end();
    if (corpus == g_corpus.end()) {
        std::fprintf(stderr, "fuzz_readers safetensors|zip|legacy|tokenizer|wordpiece|onnx SECONDS [SEED]\n");
        return 2;
    }
    std::vector<Bytes> seeds;
    for (const char *file : corpus->second)
        seeds.push_back(readFile(g_support / file));
    const bool onnx = corpus->first == "onnx";
    for (const auto &entry : onnx ? std::filesystem::directory_iterator("/usr/share/libonnx-testdata/data/node")
                                  : std::filesystem::directory_iterator())
        seeds.push_back(readFile(entry.path() / "model.onnx"));
    Random random(std::uint64_t(argc > 3 ? std::atoll(argv[3]) : 1));
    const std::filesystem::path target = "/tmp/fuzz-" + corpus->first;
    const bool tokenizer = corpus->first == "tokenizer";
    const bool wordPiece = corpus->first == "wordpiece";
    if (tokenizer || wordPiece)
        std::filesystem::create_directories(target);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atoll(argv[2]));
    long runs = 0, read = 0, refused = 0;
    for (; std::chrono::steady_clock::now() < end; ++runs) {
        const std::size_t chosen = random.next() % seeds.size();
        Bytes bytes = seeds[chosen];
        damage(bytes, random);
        try {
            if (tokenizer) {
                for (std::size_t i = 0; i < seeds.size(); ++i)
                    write(target / std::filesystem::path(corpus->second[i]).filename(), i == chosen ? bytes : seeds[i]);
                ClipTokenizer(target).encoded("a red bus, 红色的公交车", 77);
            } else if (wordPiece) {
                for (const char *file : corpus->second)
                    std::filesystem::remove(target / std::filesystem::path(file).filename());
                write(target / std::filesystem::path(corpus->second[chosen]).filename(), bytes);
                WordPieceTokenizer(target).encoded("a red bus, 红色的公交车", 52);
            } else if (onnx) {
                write(target, bytes);
                runOnZeros(*makeOnnxRunner(target));
            } else {
                write(target, bytes);
                for (const WeightTensor &tensor : readWeightFile(target).tensors)
                    floatsOf(tensor);
                recogniseNetwork(target);
            }
            ++read;
        } catch (const Error &) {
            ++refused;
        }
    }
    std::printf("%s: %ld damaged files, %ld read, %ld refused, no crash\n", argv[1], runs, read, refused);
}
