#include "core/nets/torch/activation_memory.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <malloc.h>
#include <map>
#include <new>

namespace likeness {

namespace {

constexpr std::size_t alignment = 64, granule = 1 << 16;

class KeepingAllocator final : public c10::Allocator {
public:
    // LibTorch's is const up to 2.2 and not later: one of the two overrides it.
    c10::DataPtr allocate(std::size_t bytes) const { return blockOf(bytes); }
    c10::DataPtr allocate(std::size_t bytes) { return blockOf(bytes); }
    static void limit(std::size_t mostBytes)
    {
        Kept &all = kept();
        all.most = mostBytes;
        while (all.bytes > mostBytes) {
            const auto largest = std::prev(all.blocks.end());
            all.bytes -= largest->first;
            std::free(largest->second);
            all.blocks.erase(largest);
        }
    }
    void copy_data(void *to, const void *from, std::size_t bytes) const { std::memcpy(to, from, bytes); }
    c10::DeleterFnPtr raw_deleter() const override { return &giveBack; }

private:
    /// In front of each block, as long as its alignment.
    struct Header {
        std::size_t bytes; ///< with the header
    };
    /// Of a thread: what it wrote last is still in its core's cache.
    struct Kept {
        std::multimap<std::size_t, Header *> blocks;
        std::size_t bytes = 0, most = usuallyKept;
        bool ended = false; ///< the thread is; what is freed later goes back at once
        ~Kept()
        {
            ended = true;
            for (const auto &[size, block] : blocks)
                std::free(block);
        }
    };
    static Kept &kept()
    {
        thread_local Kept all;
        return all;
    }

    static c10::DataPtr blockOf(std::size_t bytes)
    {
        void *data = bytes == 0 ? nullptr : take(bytes);
        return {data, data, &giveBack, c10::Device(c10::DeviceType::CPU)};
    }

    static void *take(std::size_t bytes)
    {
        const std::size_t unit = bytes < granule ? alignment : granule;
        const std::size_t wanted = (bytes + alignment + unit - 1) / unit * unit;
        if (wanted >= granule) {
            Kept &all = kept();
            const auto found = all.blocks.lower_bound(wanted);
            if (found != all.blocks.end() && found->first <= wanted + wanted / 4) {
                Header *block = found->second;
                all.bytes -= found->first;
                all.blocks.erase(found);
                return reinterpret_cast<std::byte *>(block) + alignment;
            }
        }
        auto *block = static_cast<Header *>(std::aligned_alloc(alignment, wanted));
        if (!block)
            throw std::bad_alloc();
        block->bytes = wanted;
        return reinterpret_cast<std::byte *>(block) + alignment;
    }

    static void giveBack(void *data)
    {
        if (!data)
            return;
        auto *block = reinterpret_cast<Header *>(static_cast<std::byte *>(data) - alignment);
        if (block->bytes >= granule) {
            Kept &all = kept();
            if (!all.ended && all.bytes + block->bytes <= all.most) {
                // Before those of its size: the latest is taken first.
                all.blocks.emplace_hint(all.blocks.lower_bound(block->bytes), block->bytes, block);
                all.bytes += block->bytes;
                return;
            }
        }
        std::free(block);
    }
};

} // namespace

void keepOfThisThread(std::size_t mostBytes)
{
    KeepingAllocator::limit(mostBytes);
}

void keepActivationMemory()
{
    static KeepingAllocator allocator;
    static const bool set = [] {
        c10::SetCPUAllocator(&allocator);
        // Pictures on their way into the network: five times fewer page faults, a twentieth of the time of an image.
        mallopt(M_MMAP_THRESHOLD, 16 << 20);
        mallopt(M_TRIM_THRESHOLD, 256 << 20);
        return true;
    }();
    static_cast<void>(set);
}

} // namespace likeness
