<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>Judgement</name>
    <message numerus="yes">
        <source>A copy%1; %n more picture(s) near.</source>
        <translation>
            <numerusform>A copy%1; %n more picture near.</numerusform>
            <numerusform>A copy%1; %n more pictures near.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) are near; the first is %1.</source>
        <translation>
            <numerusform>%n picture is near; it is %1.</numerusform>
            <numerusform>%n pictures are near; the first is %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProlongQuestion</name>
    <message numerus="yes">
        <source>All its %n epoch(s) are made. How many in all?</source>
        <translation>
            <numerusform>All its %n epoch are made. How many in all?</numerusform>
            <numerusform>All its %n epochs are made. How many in all?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::ui::BrowsePage</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::ui::ComparePage</name>
    <message numerus="yes">
        <source>%n region(s) differ</source>
        <translation>
            <numerusform>%n region differs</numerusform>
            <numerusform>%n regions differ</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::ui::ImageListModel</name>
    <message numerus="yes">
        <source>%1  %n inlier(s)</source>
        <translation>
            <numerusform>%1  %n inlier</numerusform>
            <numerusform>%1  %n inliers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n inlier(s)</source>
        <translation>
            <numerusform>%n inlier</numerusform>
            <numerusform>%n inliers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::ui::LabelsPage</name>
    <message numerus="yes">
        <source>%n word(s) given, 2 needed</source>
        <translation>
            <numerusform>%n word given, 2 needed</numerusform>
            <numerusform>%n words given, 2 needed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Finds the best of %n word(s) for each image</source>
        <translation>
            <numerusform>Finds the best of %n word for each image</numerusform>
            <numerusform>Finds the best of %n words for each image</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) labelled; a click on a bar shows its images, the surest first.</source>
        <translation>
            <numerusform>%n image labelled; a click on a bar shows its images, the surest first.</numerusform>
            <numerusform>%n images labelled; a click on a bar shows its images, the surest first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::ui::ModelDetails</name>
    <message numerus="yes">
        <source>and %n counter(s) of batch norm</source>
        <translation>
            <numerusform>and %n counter of batch norm</numerusform>
            <numerusform>and %n counters of batch norm</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tensor(s) of the file are not needed:</source>
        <translation>
            <numerusform>%n tensor of the file is not needed:</numerusform>
            <numerusform>%n tensors of the file are not needed:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::ui::PictureMenu</name>
    <message numerus="yes">
        <source>Copy %n path(s)</source>
        <translation>
            <numerusform>Copy %n path</numerusform>
            <numerusform>Copy %n paths</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::ui::RecipeCard</name>
    <message numerus="yes">
        <source>%n parameter(s) changed</source>
        <translation>
            <numerusform>%n parameter changed</numerusform>
            <numerusform>%n parameters changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::ui::RunsPage</name>
    <message numerus="yes">
        <source>%n run(s) selected</source>
        <translation>
            <numerusform>%n run selected</numerusform>
            <numerusform>%n runs selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n run(s) to the trash: %1?</source>
        <translation>
            <numerusform>Move %n run to the trash: %1?</numerusform>
            <numerusform>Move %n runs to the trash: %1?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::ui::StartPage</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::ui::StatusStrip</name>
    <message numerus="yes">
        <source>%n file(s) could not be used; everything else is done.</source>
        <translation>
            <numerusform>%n file could not be used; everything else is done.</numerusform>
            <numerusform>%n files could not be used; everything else is done.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n query(ies)</source>
        <translation>
            <numerusform>%n query</numerusform>
            <numerusform>%n queries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::ui::SubmissionPage</name>
    <message numerus="yes">
        <source>%n problem(s): %1</source>
        <translation>
            <numerusform>%n problem: %1</numerusform>
            <numerusform>%n problems: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::ui::TaskBar</name>
    <message numerus="yes">
        <source>, %n problem(s)</source>
        <translation>
            <numerusform>, %n problem</numerusform>
            <numerusform>, %n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::ui::TradeOffPage</name>
    <message numerus="yes">
        <source>A click on a point opens the recipe. %n recipe(s) measured.</source>
        <translation>
            <numerusform>A click on a point opens the recipe. %n recipe measured.</numerusform>
            <numerusform>A click on a point opens the recipe. %n recipes measured.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::ui::TrainPage</name>
    <message numerus="yes">
        <source>%n image(s) could not be read; the training went on without them.</source>
        <translation>
            <numerusform>%n image could not be read; the training went on without it.</numerusform>
            <numerusform>%n images could not be read; the training went on without them.</numerusform>
        </translation>
    </message>
</context>
</TS>
