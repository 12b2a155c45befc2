#include "ui/widgets/prolong_question.h"

#include <QCoreApplication>
#include <QInputDialog>

namespace likeness::ui {

namespace {

struct ProlongQuestion {
    Q_DECLARE_TR_FUNCTIONS(ProlongQuestion)
};

} // namespace

void askHowLong(QWidget &over, const TrainingRun &run, std::function<void(const TrainingRun &)> goOn)
{
    const auto epochs = int(std::get<std::int64_t>(run.recipe.values("train").at("epochs")));
    auto *question = new QInputDialog(&over);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setObjectName(QStringLiteral("prolong"));
    question->setWindowTitle(ProlongQuestion::tr("Go on after the end"));
    question->setLabelText(ProlongQuestion::tr("All its %n epoch(s) are made. How many in all?", nullptr, epochs));
    question->setInputMode(QInputDialog::IntInput);
    question->setIntRange(epochs + 1, 1'000'000);
    question->setIntValue(2 * epochs);
    QObject::connect(question, &QInputDialog::intValueSelected, &over, [run, goOn = std::move(goOn)](int all) {
        TrainingRun longer = run;
        longer.recipe.set("train.epochs=" + std::to_string(all));
        goOn(longer);
    });
    question->open();
}

} // namespace likeness::ui
