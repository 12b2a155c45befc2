#pragma once

#include "core/base/error.h"
#include "core/nets/run/network.h"

#include <ATen/ATen.h>

namespace likeness {

/// Throws Error{Unavailable} where this LibTorch has no such device.
inline at::Device torchDevice(NetworkDevice device)
{
    if (device != NetworkDevice::Cuda)
        return at::kCPU;
    if (!at::hasCUDA())
        throw Error(
            ErrorKind::Unavailable,
            QT_TRANSLATE_NOOP("core", "this LibTorch finds no CUDA device: docs/cuda.md says how to use a card"), {});
    at::globalContext().setAllowTF32CuBLAS(true); // as cuDNN's convolutions do without being told
    return at::kCUDA;
}

} // namespace likeness
