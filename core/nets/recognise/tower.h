#pragma once

#include "core/nets/recognise/network_model.h"
#include "core/nets/recognise/tensor_names.h"

namespace likeness {

/// What stands before the mark of a layout, if the file has it. Of a teacher and a student the teacher is meant to be
/// used.
std::optional<std::string> prefixOf(const WeightFile &file, std::string_view mark, std::vector<Message> &notes);

/// What the layout knows of the tensors behind `prefix`; their names are added to `taken`.
Parameters parametersOf(const WeightFile &file, const Layout &layout, const std::string &prefix,
                        std::vector<std::string> &taken);

/// Throws Error{Format}: shapes that do not fit the graph, empty tensors, of a stranger's file values that are no
/// numbers.
void requireSound(const std::filesystem::path &path, const Tower &tower, Trust trust);

/// From the parameters and facts of the tower. An "embedding" is a linear layer behind what the architecture has.
Graph graphOf(const Tower &tower);

/// Side of the square that the positions were trained for; 0 where there are none.
int trainedSide(const Tower &tower);

} // namespace likeness
