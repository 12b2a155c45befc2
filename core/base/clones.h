#pragma once

/// Before a function: compiled for several instruction sets, of which the loader takes the best. Without contraction
/// and reordering all give the same bits. A sanitizer is not ready when the loader chooses.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define LIKENESS_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define LIKENESS_CLONES
#endif
