#pragma once

#include "core/train/torch/losses.h"

namespace likeness {

/// A ring of earlier embeddings without gradients, with the images and classes that they are of (cross-batch memory,
/// Wang et al. 2020).
class EmbeddingMemory {
public:
    EmbeddingMemory() = default;
    EmbeddingMemory(std::int64_t rows, std::int64_t width, at::Device device)
        : m_rows(at::zeros({rows, width}, device)),
          m_images(at::full({rows}, -1, at::TensorOptions(device).dtype(at::kLong))),
          m_classes(m_images.clone())
    {
    }
    bool isThere() const { return m_rows.defined(); }

    /// What has been remembered so far, as more negatives.
    void addTo(LossInput &in) const
    {
        if (!isThere() || m_filled == 0)
            return;
        in.memory = m_rows.slice(0, 0, m_filled);
        in.memoryImages = m_images.slice(0, 0, m_filled);
        in.memoryClasses = m_classes.slice(0, 0, m_filled);
    }

    /// The first two views of the images of `in`; the oldest rows make room.
    void remember(const LossInput &in)
    {
        if (!isThere())
            return;
        const std::int64_t rows = m_rows.size(0), count = std::min(2 * in.count, rows);
        const at::Tensor places = (at::arange(count, m_images.options()) + m_next).remainder(rows);
        m_rows.index_copy_(0, places, in.embeddings.detach().slice(0, 0, count));
        m_images.index_copy_(0, places, at::cat({in.images, in.images}).slice(0, 0, count));
        m_classes.index_copy_(0, places, at::cat({in.classes, in.classes}).slice(0, 0, count));
        m_next = (m_next + count) % rows;
        m_filled = std::min(m_filled + count, rows);
    }

    template <class Visit> void visitState(const Visit &visit) const
    {
        if (!isThere())
            return;
        visit("memory", m_rows);
        visit("memory_images", m_images);
        visit("memory_classes", m_classes);
    }
    std::int64_t next() const { return m_next; }
    std::int64_t filled() const { return m_filled; }
    void setPlace(std::int64_t next, std::int64_t filled)
    {
        m_next = next;
        m_filled = filled;
    }

private:
    at::Tensor m_rows, m_images, m_classes;
    std::int64_t m_next = 0, m_filled = 0;
};

} // namespace likeness
