#include "core/vectors/vector_transforms.h"

#include "core/base/random.h"
#include "core/vectors/learned_matrices.h"
#include "core/vectors/pca.h"
#include "core/vectors/row_neighbours.h"

#include <algorithm>
#include <cmath>

namespace likeness {

namespace {

class VectorTransform : public Transform {
public:
    bool accepts(FeatureType type) const override { return areFloats(type); }
    FeatureType outputType() const override { return FeatureType::Vector; }
    void fit(const Column &gallery, FitContext &context) override
    {
        if (gallery.rowCount() > 0)
            learn(gallery, context.task);
    }
    Features apply(const Features &features, Role role) const override
    {
        if (features.rows.empty())
            return {};
        Features result;
        const FloatRows rows = applied(floatRows(features.rows), role);
        result.rows.create(static_cast<int>(rows.rows()), static_cast<int>(rows.cols()), CV_32F);
        Eigen::Map<FloatRows>(result.rows.ptr<float>(), rows.rows(), rows.cols()) = rows;
        return result;
    }
    std::size_t bytes() const override { return 0; }

    std::vector<std::uint8_t> state() const override { return stateOf(learned()); }
    void restore(std::span<const std::uint8_t> state) override { setLearned(matricesOf(state)); }

protected:
    virtual std::vector<FloatRows> learned() const { return {}; }
    /// As many as learned() gives. Throws Error{Format}.
    virtual void setLearned(const std::vector<FloatRows> &matrices)
    {
        if (!matrices.empty())
            refuseLearned();
    }
    virtual void learn(const Column &, TaskContext &) {}
    virtual FloatRows applied(const Eigen::Map<const FloatRows> &rows, Role role) const = 0;
};

class Centre final : public VectorTransform {
public:
    std::size_t bytes() const override { return static_cast<std::size_t>(m_mean.size()) * sizeof(float); }

protected:
    void learn(const Column &gallery, TaskContext &) override
    {
        m_mean = floatRows(gallery.matrix()).cast<double>().colwise().mean().cast<float>();
    }
    FloatRows applied(const Eigen::Map<const FloatRows> &rows, Role) const override
    {
        checkWidth(m_mean.size(), rows.cols());
        return rows.rowwise() - m_mean;
    }

    std::vector<FloatRows> learned() const override { return {m_mean}; }
    void setLearned(const std::vector<FloatRows> &matrices) override
    {
        if (matrices.size() != 1 || matrices[0].rows() != 1)
            refuseLearned();
        m_mean = matrices[0];
    }

private:
    Eigen::RowVectorXf m_mean;
};

class UnitLength final : public VectorTransform {
protected:
    FloatRows applied(const Eigen::Map<const FloatRows> &rows, Role) const override
    {
        return rows.rowwise().normalized();
    }
};

class PowerLaw final : public VectorTransform {
public:
    explicit PowerLaw(const PowerLawOptions &options) : m_power(static_cast<float>(options.power)) {}

protected:
    FloatRows applied(const Eigen::Map<const FloatRows> &rows, Role) const override
    {
        return rows.unaryExpr([power = m_power](float x) { return std::copysign(std::pow(std::abs(x), power), x); });
    }

private:
    float m_power;
};

class PcaTransform final : public VectorTransform {
public:
    explicit PcaTransform(const PcaOptions &options) : m_options(options) {}
    std::size_t bytes() const override
    {
        return static_cast<std::size_t>(m_mean.size() + m_projection.size()) * sizeof(float);
    }

protected:
    void learn(const Column &gallery, TaskContext &task) override
    {
        const Pca pca = fitPca(gallery.rows(), m_options.dims, task);
        m_mean = pca.mean.transpose();
        m_projection = pca.components;
        if (m_options.whitening == PcaOptions::Whitening::None)
            return;
        Eigen::VectorXd variances = pca.variances;
        if (m_options.whitening == PcaOptions::Whitening::Shrinkage)
            variances = (1 - pca.shrinkage) * variances.array() +
                        pca.shrinkage * pca.totalVariance / static_cast<double>(m_mean.size());
        const Eigen::VectorXf scale = variances.cwiseSqrt().cwiseInverse().cast<float>();
        m_projection = scale.asDiagonal() * m_projection;
        if (m_options.whitening == PcaOptions::Whitening::Zca)
            m_projection = (pca.components.transpose() * m_projection).eval();
    }
    FloatRows applied(const Eigen::Map<const FloatRows> &rows, Role) const override
    {
        checkWidth(m_mean.size(), rows.cols());
        return (rows.rowwise() - m_mean) * m_projection.transpose();
    }

    std::vector<FloatRows> learned() const override { return {m_mean, m_projection}; }
    void setLearned(const std::vector<FloatRows> &matrices) override
    {
        if (matrices.size() != 2 || matrices[0].rows() != 1 || matrices[1].cols() != matrices[0].cols())
            refuseLearned();
        m_mean = matrices[0];
        m_projection = matrices[1];
    }

private:
    PcaOptions m_options;
    Eigen::RowVectorXf m_mean;
    FloatRows m_projection; // k x d
};

class RandomProjection final : public VectorTransform {
public:
    explicit RandomProjection(const RandomProjectionOptions &options) : m_options(options) {}
    std::size_t bytes() const override { return static_cast<std::size_t>(m_signs.size()) * sizeof(float); }

protected:
    void learn(const Column &gallery, TaskContext &) override
    {
        Random random(static_cast<std::uint64_t>(m_options.seed));
        const float one = 1 / std::sqrt(static_cast<float>(m_options.dims));
        m_signs =
            FloatRows::NullaryExpr(m_options.dims, gallery.width(), [&] { return random.chance(0.5) ? one : -one; });
    }
    FloatRows applied(const Eigen::Map<const FloatRows> &rows, Role) const override
    {
        checkWidth(m_signs.cols(), rows.cols());
        return rows * m_signs.transpose();
    }

    std::vector<FloatRows> learned() const override { return {m_signs}; }
    void setLearned(const std::vector<FloatRows> &matrices) override
    {
        if (matrices.size() != 1)
            refuseLearned();
        m_signs = matrices[0];
    }

private:
    RandomProjectionOptions m_options;
    FloatRows m_signs; // dims x d
};

class DatabaseAugmentation final : public VectorTransform {
public:
    explicit DatabaseAugmentation(const DatabaseAugmentationOptions &options) : m_options(options) {}
    std::size_t bytes() const override { return m_gallery.bytes(); }
    bool dependsOnAll() const override { return true; } // queries need nothing of it

protected:
    void learn(const Column &gallery, TaskContext &) override { m_gallery = gallery; }
    FloatRows applied(const Eigen::Map<const FloatRows> &rows, Role role) const override
    {
        if (role == Role::Query)
            return rows;
        FloatRows sums = rows;
        for (Eigen::Index row = 0; row < rows.rows(); ++row) {
            // The row itself is among its neighbours, and counts once.
            sums.row(row).setZero();
            for (const RowNeighbour &near : nearestRows(m_gallery, rows.row(row), m_options.neighbours + 1))
                sums.row(row) += std::pow(std::max(0.f, near.score), static_cast<float>(m_options.alpha)) *
                                 floatRows(m_gallery.matrix()).row(near.row);
        }
        return sums.rowwise().normalized();
    }

private:
    DatabaseAugmentationOptions m_options;
    Column m_gallery;
};

} // namespace

std::unique_ptr<Transform> makeCentre(const CentreOptions &)
{
    return std::make_unique<Centre>();
}

std::unique_ptr<Transform> makeUnitLength(const UnitLengthOptions &)
{
    return std::make_unique<UnitLength>();
}

std::unique_ptr<Transform> makePowerLaw(const PowerLawOptions &options)
{
    return std::make_unique<PowerLaw>(options);
}

std::unique_ptr<Transform> makePca(const PcaOptions &options)
{
    return std::make_unique<PcaTransform>(options);
}

std::unique_ptr<Transform> makeRandomProjection(const RandomProjectionOptions &options)
{
    return std::make_unique<RandomProjection>(options);
}

std::unique_ptr<Transform> makeDatabaseAugmentation(const DatabaseAugmentationOptions &options)
{
    return std::make_unique<DatabaseAugmentation>(options);
}

} // namespace likeness
