#pragma once

#include "core/train/augmentation.h"
#include "core/train/trainer.h"

namespace likeness {

enum class Backbone { Small, ResNet18, Installed };
enum class Head { Linear, Projection, None };
enum class Schedule { Cosine, CoolDown, Constant };
enum class Precision { Automatic, Float, Bf16 };

/// Which network is trained, and what is put behind it.
struct NetworkPlan {
    Backbone network = Backbone::Small;
    std::string model;
    double width = 1;
    int frozen = 0;
    Head head = Head::Linear;
    int dimension = 128;
    double dropout = 0;
    int sidePx = 96;

    void describe(auto &&param)
    {
        param("network", network, QT_TRANSLATE_NOOP("core", "Network"),
              QT_TRANSLATE_NOOP("core", "From scratch, or an installed model that is trained on."),
              {.choices = {{Backbone::Small, "small", QT_TRANSLATE_NOOP("core", "Small ResNet from scratch")},
                           {Backbone::ResNet18, "resnet18", QT_TRANSLATE_NOOP("core", "ResNet-18 from scratch")},
                           {Backbone::Installed, "installed", QT_TRANSLATE_NOOP("core", "An installed model")}}});
        param("model", model, QT_TRANSLATE_NOOP("core", "Model"),
              QT_TRANSLATE_NOOP("core", "The installed model to train on."), {.model = true});
        param("width", width, QT_TRANSLATE_NOOP("core", "Width"),
              QT_TRANSLATE_NOOP("core", "Channels of a network from scratch, in parts of the usual ones."),
              {.min = 0.25, .max = 4});
        param("frozen", frozen, QT_TRANSLATE_NOOP("core", "Frozen parts"),
              QT_TRANSLATE_NOOP("core", "So many parts from the image on (the first convolution, then layers or "
                                        "blocks) keep their weights."),
              {.min = 0, .max = 1000});
        param("head", head, QT_TRANSLATE_NOOP("core", "Head"),
              QT_TRANSLATE_NOOP("core", "A linear layer that is searched with, SimCLR's two layers that are thrown "
                                        "away afterwards, or none."),
              {.choices = {{Head::Linear, "linear", QT_TRANSLATE_NOOP("core", "Linear, kept")},
                           {Head::Projection, "projection", QT_TRANSLATE_NOOP("core", "Two layers, thrown away")},
                           {Head::None, "none", QT_TRANSLATE_NOOP("core", "None")}}});
        param("dimension", dimension, QT_TRANSLATE_NOOP("core", "Dimension"),
              QT_TRANSLATE_NOOP("core", "Entries of the vector behind the head."), {.min = 2, .max = 4096});
        param("dropout", dropout, QT_TRANSLATE_NOOP("core", "Dropout"),
              QT_TRANSLATE_NOOP("core", "Share of the pooled features that is left out at each step."),
              {.min = 0, .max = 0.9});
        param("side", sidePx, QT_TRANSLATE_NOOP("core", "Image size (px)"),
              QT_TRANSLATE_NOOP("core", "Side of the square views. Twice the side takes four times as long."),
              {.min = 16, .max = 1024});
    }
};

/// How long and how fast.
struct TrainingPlan {
    int batch = 64, epochs = 30, parts = 1;
    Optimiser optimiser = Optimiser::AdamW;
    double rate = 1.5e-3, decay = 1e-4, momentum = 0.9;
    Schedule schedule = Schedule::Cosine;
    double warmUp = 0.05, coolDown = 0.25, average = 0, entropy = 0, overlap = 0;
    int memory = 0;
    double heldOut = 0.2;
    int validateSteps = 0, checkpointSteps = 100, keepEvery = 0;
    Precision precision = Precision::Automatic;
    bool half = false;
    int seed = 1;

    void describe(auto &&param)
    {
        param("batch", batch, QT_TRANSLATE_NOOP("core", "Batch"),
              QT_TRANSLATE_NOOP("core", "Images a step; each is seen in two views. More negatives teach more."),
              {.min = 2, .max = 65536});
        param("epochs", epochs, QT_TRANSLATE_NOOP("core", "Epochs"),
              QT_TRANSLATE_NOOP("core", "How often every image is seen."), {.min = 1, .max = 1'000'000});
        param("parts", parts, QT_TRANSLATE_NOOP("core", "Parts of a batch"),
              QT_TRANSLATE_NOOP("core", "Gradients of so many parts are averaged before a step: less memory, but only "
                                        "images of one part are told apart."),
              {.min = 1, .max = 1024});
        param("optimiser", optimiser, QT_TRANSLATE_NOOP("core", "Optimiser"),
              QT_TRANSLATE_NOOP("core", "AdamW needs no care; SGD and LARS want rates of 0.1 and more."),
              {.choices = {{Optimiser::AdamW, "adamw", "AdamW"},
                           {Optimiser::Sgd, "sgd", QT_TRANSLATE_NOOP("core", "SGD with momentum")},
                           {Optimiser::Lars, "lars", "LARS"}}});
        param("rate", rate, QT_TRANSLATE_NOOP("core", "Learning rate"),
              QT_TRANSLATE_NOOP("core", "At its highest, behind the warm-up."), {.min = 1e-9, .max = 100});
        param("decay", decay, QT_TRANSLATE_NOOP("core", "Weight decay"),
              QT_TRANSLATE_NOOP("core", "Not of norms and biases."), {.min = 0, .max = 1});
        param("momentum", momentum, QT_TRANSLATE_NOOP("core", "Momentum"),
              QT_TRANSLATE_NOOP("core", "Of SGD and LARS."), {.min = 0, .max = 0.999});
        param("schedule", schedule, QT_TRANSLATE_NOOP("core", "Schedule"),
              QT_TRANSLATE_NOOP("core", "What the learning rate does behind the warm-up."),
              {.choices = {{Schedule::Cosine, "cosine", QT_TRANSLATE_NOOP("core", "Falls as a cosine")},
                           {Schedule::CoolDown, "cool-down", QT_TRANSLATE_NOOP("core", "Stays, then falls to nothing")},
                           {Schedule::Constant, "constant", QT_TRANSLATE_NOOP("core", "Stays")}}});
        param("warm_up", warmUp, QT_TRANSLATE_NOOP("core", "Warm-up"),
              QT_TRANSLATE_NOOP("core", "Share of the training in which the rate rises."), {.min = 0, .max = 1});
        param("cool_down", coolDown, QT_TRANSLATE_NOOP("core", "Cool-down"),
              QT_TRANSLATE_NOOP("core", "Share of the training in which the rate falls at the end, where it stays "
                                        "before."),
              {.min = 0, .max = 1});
        param("average", average, QT_TRANSLATE_NOOP("core", "Average of the weights"),
              QT_TRANSLATE_NOOP("core", "What is searched with is a running mean of the weights; 0.999 looks a "
                                        "thousand steps back, 0 takes them as they are."),
              {.min = 0, .max = 0.99999});
        param("entropy", entropy, QT_TRANSLATE_NOOP("core", "Entropy weight"),
              QT_TRANSLATE_NOOP("core", "Pushes each image away from its nearest other one (KoLeo), which spreads the "
                                        "vectors evenly. SSCD uses 10 to 30."),
              {.min = 0, .max = 100});
        param("overlap", overlap, QT_TRANSLATE_NOOP("core", "Overlap weight"),
              QT_TRANSLATE_NOOP("core", "Pulls those parts of two views together that show the same part of the image "
                                        "(CopyNCE), by how much of it they share. Its authors use 5."),
              {.min = 0, .max = 100});
        param("memory", memory, QT_TRANSLATE_NOOP("core", "Memory"),
              QT_TRANSLATE_NOOP("core", "So many vectors of earlier steps are more negatives."),
              {.min = 0, .max = 1'000'000});
        param("held_out", heldOut, QT_TRANSLATE_NOOP("core", "Held out"),
              QT_TRANSLATE_NOOP("core", "Share of the images that are never trained on; their copies are searched."),
              {.min = 0, .max = 0.9});
        param("validate", validateSteps, QT_TRANSLATE_NOOP("core", "Validate every"),
              QT_TRANSLATE_NOOP("core", "Steps between two measurements on the held-out images; 0 is once an epoch."),
              {.min = 0, .max = 1'000'000});
        param("checkpoint", checkpointSteps, QT_TRANSLATE_NOOP("core", "Checkpoint every"),
              QT_TRANSLATE_NOOP("core", "Steps after which the state is written; a killed run continues there."),
              {.min = 1, .max = 1'000'000});
        param("keep", keepEvery, QT_TRANSLATE_NOOP("core", "Keep every"),
              QT_TRANSLATE_NOOP("core", "Epochs whose weights are kept beside the newest ones; 0 keeps none."),
              {.min = 0, .max = 1'000'000});
        param("precision", precision, QT_TRANSLATE_NOOP("core", "Precision"),
              QT_TRANSLATE_NOOP("core", "bf16 is twice as fast where the processor has it."),
              {.choices = {{Precision::Automatic, "automatic", QT_TRANSLATE_NOOP("core", "Automatic")},
                           {Precision::Float, "float", "float32"},
                           {Precision::Bf16, "bf16", "bf16"}}});
        param("half", half, QT_TRANSLATE_NOOP("core", "Store in half precision"),
              QT_TRANSLATE_NOOP("core", "The weights to search with take half the room; the checkpoints keep all "
                                        "of them."));
        param("seed", seed, QT_TRANSLATE_NOOP("core", "Seed"),
              QT_TRANSLATE_NOOP("core", "The same seed gives the same run."), {.min = 0, .max = 2'000'000'000});
    }
};

/// Everything that decides a run but its images.
struct TrainingSettings {
    NetworkPlan network;
    TrainingPlan plan;
    AugmentationOptions augmentation;
    Objective objective;
};

/// The learning rate of a step, counted from 0, of `total`.
double rateAt(const TrainingPlan &plan, std::int64_t step, std::int64_t total);
/// How strong the augmentations are, in (0, 1].
double strengthAt(const AugmentationOptions &options, std::int64_t step, std::int64_t total);

} // namespace likeness
