#pragma once

#include "core/nets/build/tensor_map.h"

#include <ATen/ATen.h>

namespace likeness {

/// A copy.
inline at::Tensor tensorOf(const PlainTensor &plain)
{
    return at::from_blob(const_cast<float *>(plain.values.data()), plain.shape, at::kFloat).clone();
}
inline PlainTensor plainOf(const at::Tensor &tensor)
{
    const at::Tensor flat = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
    return {{flat.sizes().begin(), flat.sizes().end()},
            {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()}};
}

} // namespace likeness
