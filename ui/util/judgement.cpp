#include "ui/util/judgement.h"

#include <QCoreApplication>
#include <algorithm>

namespace likeness::ui {

namespace {

/// Scores of unrelated pictures have longer tails than a normal distribution, of which a billionth lies up there.
constexpr float outstandingMargin = 6;
constexpr double certain = 0.95, even = 0.5;

struct Sentences {
    Q_DECLARE_TR_FUNCTIONS(Judgement)
};

} // namespace

Judgement judgementOf(const Ranking &ranking, int itself, std::optional<double> probability)
{
    Judgement judgement;
    judgement.hits.resize(ranking.size());
    const auto other = [itself](const Hit &hit) { return hit.image != itself; };
    const auto first = std::ranges::find_if(ranking, other);
    const bool known = probability || std::ranges::any_of(ranking, [](const Hit &hit) { return hit.margin != 0; });
    if (first == ranking.end() || !known)
        return judgement;
    for (std::size_t place = 0; place < ranking.size(); ++place) {
        const Hit &hit = ranking[place];
        Certainty &of = judgement.hits[place];
        of = hit.margin >= outstandingMargin ? Certainty::Likely : Certainty::Unlikely;
        if (probability && &hit == &*first)
            of = *probability >= certain ? Certainty::Certain
                 : *probability >= even  ? Certainty::Likely
                                         : Certainty::Unlikely;
        if (!other(hit))
            of = Certainty::Unknown;
    }
    judgement.first = judgement.hits[std::size_t(first - ranking.begin())];
    const auto noise = std::ranges::find(judgement.hits, Certainty::Unlikely);
    judgement.noiseFrom = int(noise - judgement.hits.begin());
    judgement.near = int(std::count_if(ranking.begin(), ranking.begin() + judgement.noiseFrom, other));
    return judgement;
}

QString certaintyText(Certainty certainty)
{
    switch (certainty) {
    case Certainty::Certain:
        return Sentences::tr("certain");
    case Certainty::Likely:
        return Sentences::tr("likely");
    case Certainty::Unlikely:
        return Sentences::tr("unlikely");
    case Certainty::Unknown:
        break;
    }
    return {};
}

QString sentenceOf(const Judgement &judgement, const std::optional<QStringList> &changes)
{
    if (judgement.noiseFrom < 0)
        return Sentences::tr("The nearest pictures, best first.");
    if (changes) { // a proof says more than a score
        const QString how = changes->isEmpty() ? QString() : QStringLiteral(", ") + changes->join(QStringLiteral(", "));
        return judgement.near > 1
                   ? Sentences::tr("A copy%1; %n more picture(s) near.", nullptr, judgement.near - 1).arg(how)
                   : Sentences::tr("One copy%1; nothing else near.").arg(how);
    }
    if (judgement.near == 0)
        return Sentences::tr("Nothing near: no picture stands out of the others.");
    const QString sure = certaintyText(judgement.first);
    return judgement.near == 1
               ? Sentences::tr("One picture is near (%1); nothing else.").arg(sure)
               : Sentences::tr("%n picture(s) are near; the first is %1.", nullptr, judgement.near).arg(sure);
}

} // namespace likeness::ui
