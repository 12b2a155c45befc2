#pragma once

#include "core/data/scene_paint.h"

#include <opencv2/core.hpp>

namespace likeness::paint {

// One painter a kind of scene; each fills the whole canvas (CV_8UC3).
void landscape(cv::Mat &canvas, Random &random, const Noise &noise);
void sea(cv::Mat &canvas, Random &random, const Noise &noise);
void city(cv::Mat &canvas, Random &random, const Noise &noise);
void forest(cv::Mat &canvas, Random &random, const Noise &noise);
void planet(cv::Mat &canvas, Random &random, const Noise &noise);
void stillLife(cv::Mat &canvas, Random &random, const Noise &noise);
void poster(cv::Mat &canvas, Random &random, const Noise &noise);
void flowers(cv::Mat &canvas, Random &random, const Noise &noise);
void mosaic(cv::Mat &canvas, Random &random, const Noise &noise);
void map(cv::Mat &canvas, Random &random, const Noise &noise);

/// Sky with sun or moon and clouds above `horizon`; returns the hue, which the rest of the scene takes up.
double paintSky(cv::Mat &canvas, int horizon, Random &random, const Noise &noise);

inline cv::Point at(double x, double y)
{
    return {cvRound(x), cvRound(y)};
}

} // namespace likeness::paint
