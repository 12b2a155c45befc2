#pragma once

#include "core/base/params.h"
#include "core/base/random.h"
#include "core/train/view_trace.h"

#include <functional>
#include <opencv2/core/mat.hpp>
#include <span>

namespace likeness {

/// How strongly the views of an image differ. Every strength is in [0, 1]: 0 never happens, 1 happens often and goes
/// as far as an image can still be told.
struct AugmentationOptions {
    double crop = 0.76, rotate = 0.6, quarterTurn = 0.6, flip = 1, perspective = 0.3, pad = 0.6, paste = 0.6,
           overlay = 0.7, colour = 0.6, grey = 0.6, blur = 0.6, noise = 0.5, jpeg = 0.6, pixelate = 0.5, sharpen = 0.4,
           grow = 0.2;

    void describe(auto &&param)
    {
        const auto strength = [&](const char *key, double &value, const char *label, const char *help) {
            param(key, value, label, help, {.min = 0, .max = 1});
        };
        strength("crop", crop, QT_TRANSLATE_NOOP("core", "Crop"),
                 QT_TRANSLATE_NOOP("core", "A part of the image, at 1 down to 8 % of its area, stretched a little."));
        strength("rotate", rotate, QT_TRANSLATE_NOOP("core", "Rotation"),
                 QT_TRANSLATE_NOOP("core", "At 1 half of the views are turned by up to 60 degrees."));
        strength("quarter_turn", quarterTurn, QT_TRANSLATE_NOOP("core", "Quarter turns"),
                 QT_TRANSLATE_NOOP("core", "At 1 half of the views are turned by 90, 180 or 270 degrees."));
        strength("flip", flip, QT_TRANSLATE_NOOP("core", "Mirroring"),
                 QT_TRANSLATE_NOOP("core", "At 1 half of the views are mirrored."));
        strength("perspective", perspective, QT_TRANSLATE_NOOP("core", "Perspective"),
                 QT_TRANSLATE_NOOP("core", "At 1 half of the views are seen at an angle."));
        strength("pad", pad, QT_TRANSLATE_NOOP("core", "Padding and frames"),
                 QT_TRANSLATE_NOOP("core", "Borders of one colour and frames as of a screenshot around the image."));
        strength("paste", paste, QT_TRANSLATE_NOOP("core", "Pasting"),
                 QT_TRANSLATE_NOOP("core", "The image as a part of another one, at 1 down to 8 % of its area."));
        strength("overlay", overlay, QT_TRANSLATE_NOOP("core", "Text and stickers"),
                 QT_TRANSLATE_NOOP("core", "Words and shapes over the image."));
        strength("colour", colour, QT_TRANSLATE_NOOP("core", "Colour"),
                 QT_TRANSLATE_NOOP("core", "Brightness, contrast, saturation and hue; 1 is SimCLR's strong jitter."));
        strength("grey", grey, QT_TRANSLATE_NOOP("core", "Grey"),
                 QT_TRANSLATE_NOOP("core", "At 1 a quarter of the views lose their colours."));
        strength("blur", blur, QT_TRANSLATE_NOOP("core", "Blur"),
                 QT_TRANSLATE_NOOP("core", "At 1 half of the views are blurred, as SimCLR does."));
        strength("noise", noise, QT_TRANSLATE_NOOP("core", "Noise"),
                 QT_TRANSLATE_NOOP("core", "At 1 a third of the views get noise of up to 30 grey values."));
        strength("jpeg", jpeg, QT_TRANSLATE_NOOP("core", "JPEG"),
                 QT_TRANSLATE_NOOP("core", "At 1 half of the views are compressed, down to quality 8."));
        strength("pixelate", pixelate, QT_TRANSLATE_NOOP("core", "Pixelation"),
                 QT_TRANSLATE_NOOP("core", "At 1 a quarter of the views consist of large squares."));
        strength("sharpen", sharpen, QT_TRANSLATE_NOOP("core", "Sharpening"),
                 QT_TRANSLATE_NOOP("core", "At 1 a quarter of the views are sharpened too much."));
        param("grow", grow, QT_TRANSLATE_NOOP("core", "Grow over"),
              QT_TRANSLATE_NOOP("core", "Share of the training over which all strengths grow from a third; 0 begins "
                                        "with all of it."),
              {.min = 0, .max = 1});
    }
};

struct AugmentationPreset {
    const char *id;
    const char *label;
    AugmentationOptions options;
};
/// "copy" for copies as people make them, "simclr" (Chen et al. 2020), "mild", "none".
std::span<const AugmentationPreset> augmentationPresets();

struct View {
    cv::Mat pixels; ///< CV_8UC3
    ViewTrace trace;
};
/// A view of `image` (CV_8UC3) as a square of `side` pixels. `other` gives what it may be pasted onto. `share` in (0,
/// 1] scales all strengths. Thread-safe; the same random gives the same view on every machine.
View augmented(const cv::Mat &image, const std::function<cv::Mat()> &other, const AugmentationOptions &options,
               double share, int side, Random &random);

} // namespace likeness
