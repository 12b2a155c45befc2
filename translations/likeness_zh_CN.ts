<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>CalibrationText</name>
    <message>
        <source>almost certainly right</source>
        <translation>几乎肯定正确</translation>
    </message>
    <message>
        <source>probably right</source>
        <translation>很可能正确</translation>
    </message>
    <message>
        <source>probably wrong</source>
        <translation>很可能错误</translation>
    </message>
    <message>
        <source>The first is %1: probability %2, by the other queries of the ground truth.</source>
        <translation>第一个答案%1：概率 %2（依据标准答案中的其他查询）。</translation>
    </message>
    <message>
        <source>The first stands out of the others no more than unrelated images do.</source>
        <translation>第一个答案与其余答案的差距并不比无关图像更明显。</translation>
    </message>
    <message>
        <source>The first is %1: probability at least %2, by the scores of unrelated images here.</source>
        <translation>第一个答案%1：概率至少为 %2（依据此处无关图像的得分）。</translation>
    </message>
    <message>
        <source>Significance %1: so rarely do unrelated images alone stand out so far. No probability can be given: %2.</source>
        <translation>显著性 %1：仅由无关图像拉开如此差距的情况就是这样罕见。无法给出概率：%2。</translation>
    </message>
    <message>
        <source>; precision expected: at least %1 (by the ground truth)</source>
        <translation>；预期精确率：至少 %1（依据标准答案）</translation>
    </message>
    <message>
        <source>; precision expected: at least %1 (by the scores of unrelated images)</source>
        <translation>；预期精确率：至少 %1（依据无关图像的得分）</translation>
    </message>
</context>
<context>
    <name>Judgement</name>
    <message>
        <source>certain</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>likely</source>
        <translation>很可能</translation>
    </message>
    <message>
        <source>unlikely</source>
        <translation>不太可能</translation>
    </message>
    <message>
        <source>The nearest pictures, best first.</source>
        <translation>最接近的图片，最佳在前。</translation>
    </message>
    <message numerus="yes">
        <source>A copy%1; %n more picture(s) near.</source>
        <translation>
            <numerusform>一个副本%1；另有 %n 张图片接近。</numerusform>
        </translation>
    </message>
    <message>
        <source>One copy%1; nothing else near.</source>
        <translation>一个副本%1；没有其他接近的。</translation>
    </message>
    <message>
        <source>Nothing near: no picture stands out of the others.</source>
        <translation>没有接近的：没有图片明显胜过其他图片。</translation>
    </message>
    <message>
        <source>One picture is near (%1); nothing else.</source>
        <translation>有一张图片接近（%1）；没有其他的。</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) are near; the first is %1.</source>
        <translation>
            <numerusform>%n 张图片接近；第一张%1。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MatchVerdict</name>
    <message>
        <source>No geometric support: %1.</source>
        <translation>没有几何支持：%1。</translation>
    </message>
    <message>
        <source>Supported: A lies in B at scale %1, turned by %2°.</source>
        <translation>有几何支持：A 位于 B 中，缩放 %1，旋转 %2°。</translation>
    </message>
    <message>
        <source>Mirrored copy.</source>
        <translation>镜像副本。</translation>
    </message>
    <message>
        <source>Found by affine simulation.</source>
        <translation>由仿射模拟找到。</translation>
    </message>
    <message>
        <source>Supported: one solid scene from two places.</source>
        <translation>有支持：从两处所见的同一立体场景。</translation>
    </message>
    <message>
        <source>%1 matches</source>
        <translation>%1 个匹配</translation>
    </message>
    <message>
        <source>%1 matches by the ratio, %2 when guided by the model</source>
        <translation>比值检验得 %1 个匹配，由模型引导后 %2 个</translation>
    </message>
    <message>
        <source>%1 and %2 keypoints, %3, %4 inliers, %5 ms</source>
        <translation>%1 和 %2 个关键点，%3，%4 个内点，%5 毫秒</translation>
    </message>
    <message>
        <source>mirrored</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>cropped to %1 %</source>
        <translation>裁剪到 %1 %</translation>
    </message>
    <message>
        <source>inside a picture of which it fills %1 %</source>
        <translation>嵌在另一张图片中，占其 %1 %</translation>
    </message>
    <message>
        <source>turned by %1°</source>
        <translation>旋转 %1°</translation>
    </message>
    <message>
        <source>at %1 % of the size</source>
        <translation>缩放到 %1 %</translation>
    </message>
</context>
<context>
    <name>PageTable</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Browse</source>
        <translation>浏览</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>匹配</translation>
    </message>
    <message>
        <source>Submission</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>基准测试</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Families</source>
        <translation>系列</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>训练记录</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Trade-off</source>
        <translation>权衡</translation>
    </message>
    <message>
        <source>The pictures of the folder</source>
        <translation>文件夹中的图片</translation>
    </message>
    <message>
        <source>Which picture is this, or a copy of it?</source>
        <translation>这是哪张图片，或它的副本？</translation>
    </message>
    <message>
        <source>Query and result over each other: swipe, blink, difference</source>
        <translation>查询与结果相互叠放：滑动、闪烁、差异</translation>
    </message>
    <message>
        <source>The keypoints that two pictures share</source>
        <translation>两张图片共有的关键点</translation>
    </message>
    <message>
        <source>Opens an exported file and checks it</source>
        <translation>打开导出的文件并检查</translation>
    </message>
    <message>
        <source>Large collections, searched from the disk</source>
        <translation>从磁盘检索的大型图库</translation>
    </message>
    <message>
        <source>The stages of a method, to be changed</source>
        <translation>方法的各个阶段，可以修改</translation>
    </message>
    <message>
        <source>Accuracy against time and memory, for many recipes</source>
        <translation>多个配方的准确度与时间、内存的权衡</translation>
    </message>
    <message>
        <source>What is to be seen, by words</source>
        <translation>用文字说明画面内容</translation>
    </message>
    <message>
        <source>Matching methods, measured on pairs with a known truth</source>
        <translation>在已知真值的图像对上评测匹配方法</translation>
    </message>
    <message>
        <source>Networks: download, import, check</source>
        <translation>网络：下载、导入、检查</translation>
    </message>
    <message>
        <source>What kinds of networks are good for</source>
        <translation>各类网络的长处</translation>
    </message>
    <message>
        <source>A network of your own, on your pictures</source>
        <translation>用您自己的图片训练自己的网络</translation>
    </message>
    <message>
        <source>Trainings so far, with their curves</source>
        <translation>以往的训练及其曲线</translation>
    </message>
    <message>
        <source>The sample, your folders, what one can do</source>
        <translation>示例、您的文件夹、可以做什么</translation>
    </message>
</context>
<context>
    <name>ProlongQuestion</name>
    <message>
        <source>Go on after the end</source>
        <translation>结束后继续</translation>
    </message>
    <message numerus="yes">
        <source>All its %n epoch(s) are made. How many in all?</source>
        <translation>
            <numerusform>全部 %n 个轮次已完成。总共要多少？</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Query</name>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>RunDetails</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>%1 rendered scenes an epoch</source>
        <translation>每轮 %1 个渲染场景</translation>
    </message>
    <message>
        <source>Trained on, held out</source>
        <translation>训练用、留出</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>%1 million</source>
        <translation>%1 百万</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Why it ended</source>
        <translation>结束原因</translation>
    </message>
    <message>
        <source>Last step</source>
        <translation>最后一步</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Options other than usual</source>
        <translation>与默认不同的选项</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>%1, line %2: a quote is opened and never closed</source>
        <translation>%1，第 %2 行：引号未闭合</translation>
    </message>
    <message>
        <source>cannot read %1: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>cannot write %1: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>%1 = %2 is not allowed: it must be %3</source>
        <translation>不允许 %1 = %2：必须为 %3</translation>
    </message>
    <message>
        <source>%1 has no parameter &quot;%2&quot;; the nearest is &quot;%3&quot;</source>
        <translation>%1 没有参数“%2”，最接近的是“%3”</translation>
    </message>
    <message>
        <source>there is no attack &quot;%1&quot;; the nearest is &quot;%2&quot;</source>
        <translation>没有变换“%1”，最接近的是“%2”</translation>
    </message>
    <message>
        <source>%1 cannot be decoded: %2</source>
        <translation>%1 无法解码：%2</translation>
    </message>
    <message>
        <source>%1 is refused: %2 x %3 pixels, at most %4 million are decoded</source>
        <translation>拒绝 %1：%2 x %3 像素，最多解码 %4 百万像素</translation>
    </message>
    <message>
        <source>%1 is not an image in a known format</source>
        <translation>%1 不是已知格式的图像</translation>
    </message>
    <message>
        <source>%1 is empty (0 bytes)</source>
        <translation>%1 为空（0 字节）</translation>
    </message>
    <message>
        <source>the folder cannot be read: %1</source>
        <translation>无法读取文件夹：%1</translation>
    </message>
    <message>
        <source>there is no folder %1</source>
        <translation>没有文件夹 %1</translation>
    </message>
    <message>
        <source>Rendering the sample</source>
        <translation>正在渲染示例</translation>
    </message>
    <message>
        <source>%1, line 1: the header must be source,query</source>
        <translation>%1，第 1 行：表头必须是 source,query</translation>
    </message>
    <message>
        <source>%1, line %2: two fields are expected, there are %3</source>
        <translation>%1，第 %2 行：应有两个字段，实际有 %3 个</translation>
    </message>
    <message>
        <source>%1 holds no image (looked for dataset/ and for image files)</source>
        <translation>%1 中没有图像（已查找 dataset/ 与图像文件）</translation>
    </message>
    <message>
        <source>%1 has no query images: put them into its folder query/</source>
        <translation>%1 没有查询图像：请放入其 query/ 文件夹</translation>
    </message>
    <message>
        <source>Crops</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>27 crops of each gallery image and 9 of the query: finds queries that were cut out.</source>
        <translation>每张图库图像取 27 个裁剪，查询取 9 个：可找到被裁切的查询。</translation>
    </message>
    <message>
        <source>Flips and quarter turns</source>
        <translation>翻转与四向旋转</translation>
    </message>
    <message>
        <source>Also tries the query mirrored and turned by quarters; eight times the search time.</source>
        <translation>同时尝试查询的镜像与四向旋转；搜索时间为八倍。</translation>
    </message>
    <message>
        <source>Regions of the query</source>
        <translation>查询中的区域</translation>
    </message>
    <message>
        <source>Finds pictures inside a frame, padding or screenshot, or pasted onto another, by uniform borders and long straight edges.</source>
        <translation>通过均匀边框与长直边，找到边框、填充、截图之内或粘贴在他图上的图片。</translation>
    </message>
    <message>
        <source>Small rotations</source>
        <translation>小角度旋转</translation>
    </message>
    <message>
        <source>Also tries the query turned by 15, 30 and 45 degrees either way.</source>
        <translation>同时尝试查询向两侧旋转 15、30 与 45 度。</translation>
    </message>
    <message>
        <source>Colour space</source>
        <translation>颜色空间</translation>
    </message>
    <message>
        <source>Hue and saturation survive a change of brightness; grey survives a change of colour.</source>
        <translation>色相与饱和度不受亮度变化影响；灰度不受颜色变化影响。</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>RGB</source>
        <translation>RGB</translation>
    </message>
    <message>
        <source>HSV</source>
        <translation>HSV</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>Lab</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Joint keeps which values occur together (bins to the power of the channels, at most 32 a channel); per channel is smaller and coarser.</source>
        <translation>联合直方图保留各值的共现（区间数为每通道区间数的通道次幂，每通道最多 32）；分通道更小也更粗略。</translation>
    </message>
    <message>
        <source>Joint</source>
        <translation>联合</translation>
    </message>
    <message>
        <source>Per channel</source>
        <translation>分通道</translation>
    </message>
    <message>
        <source>Bins</source>
        <translation>区间数</translation>
    </message>
    <message>
        <source>Bins a channel. Fewer bins forgive more.</source>
        <translation>每个通道的区间数。区间越少越宽容。</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Cells along each side, each with its own histogram: keeps where a colour is.</source>
        <translation>每边的格数，每格各有直方图：保留颜色的位置。</translation>
    </message>
    <message>
        <source>Normalise</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>L2 makes the dot product a cosine; L1 makes shares, which most histogram comparisons expect.</source>
        <translation>L2 使点积成为余弦；L1 得到比例，适合多数直方图比较。</translation>
    </message>
    <message>
        <source>Decode at (px)</source>
        <translation>解码尺寸（像素）</translation>
    </message>
    <message>
        <source>Short side in pixels that JPEG decoding keeps at least; 0 decodes the full size. Smaller is faster.</source>
        <translation>JPEG 解码时短边至少保留的像素数；0 表示按原尺寸解码。越小越快。</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>哈希</translation>
    </message>
    <message>
        <source>pHash is the most robust of these; average and difference are the fastest.</source>
        <translation>其中 pHash 最稳健；均值与差异哈希最快。</translation>
    </message>
    <message>
        <source>Average (aHash)</source>
        <translation>均值（aHash）</translation>
    </message>
    <message>
        <source>Difference (dHash)</source>
        <translation>差异（dHash）</translation>
    </message>
    <message>
        <source>DCT (pHash)</source>
        <translation>DCT（pHash）</translation>
    </message>
    <message>
        <source>Block mean</source>
        <translation>块均值</translation>
    </message>
    <message>
        <source>Marr-Hildreth</source>
        <translation>Marr-Hildreth</translation>
    </message>
    <message>
        <source>Bits of the difference hash</source>
        <translation>差异哈希位数</translation>
    </message>
    <message>
        <source>64 or 256; the other hashes have a fixed length.</source>
        <translation>64 或 256；其他哈希长度固定。</translation>
    </message>
    <message>
        <source>Least quality</source>
        <translation>最低质量</translation>
    </message>
    <message>
        <source>Images with a PDQ quality below this (too few gradients, such as a plain wall) get no hash; its authors advise 50.</source>
        <translation>PDQ 质量低于此值的图像（梯度过少，如白墙）不生成哈希；其作者建议 50。</translation>
    </message>
    <message>
        <source>Size (px)</source>
        <translation>尺寸（像素）</translation>
    </message>
    <message>
        <source>Side of the square thumbnail that is compared.</source>
        <translation>参与比较的方形缩略图边长。</translation>
    </message>
    <message>
        <source>Side of the square tiny image. Smaller forgives more.</source>
        <translation>方形微型图像的边长。越小越宽容。</translation>
    </message>
    <message>
        <source>A grid of crops: of the gallery finds queries that were cut out, of the query finds images pasted into it.</source>
        <translation>裁剪网格：裁剪图库可找到被裁切的查询，裁剪查询可找到粘贴其中的图像。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Of the gallery images</source>
        <translation>图库图像</translation>
    </message>
    <message>
        <source>Of the query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Of both</source>
        <translation>两者</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较方式</translation>
    </message>
    <message>
        <source>How two histograms are compared. Hellinger and chi-square weigh small bins up; the earth mover&apos;s distance forgives a shift by a bin.</source>
        <translation>两个直方图的比较方式。Hellinger 与卡方加重小区间；推土机距离容忍区间偏移。</translation>
    </message>
    <message>
        <source>Correlation</source>
        <translation>相关</translation>
    </message>
    <message>
        <source>Chi-square</source>
        <translation>卡方</translation>
    </message>
    <message>
        <source>Intersection</source>
        <translation>相交</translation>
    </message>
    <message>
        <source>Hellinger</source>
        <translation>Hellinger</translation>
    </message>
    <message>
        <source>Earth mover (1-D)</source>
        <translation>推土机（一维）</translation>
    </message>
    <message>
        <source>MSE and PSNR rank alike and see only pixel differences; SSIM compares local structure and forgives a change of brightness.</source>
        <translation>MSE 与 PSNR 排序相同，只看像素差；SSIM 比较局部结构，容忍亮度变化。</translation>
    </message>
    <message>
        <source>Rank offset k</source>
        <translation>名次偏移 k</translation>
    </message>
    <message>
        <source>Larger values let the lower ranks count more.</source>
        <translation>值越大，靠后名次的作用越大。</translation>
    </message>
    <message>
        <source>there is no stage &quot;%1&quot;; the nearest is &quot;%2&quot;</source>
        <translation>没有环节“%1”，最接近的是“%2”</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
    <message>
        <source>How often each grey value or colour occurs, whole or in a grid of cells. Fast; survives flips, turns and small crops, fails when colours are edited.</source>
        <translation>各灰度或颜色出现的频率，可为整图或网格。速度快；不受翻转、旋转与小裁剪影响，颜色被修改时失效。</translation>
    </message>
    <message>
        <source>Thumbnail</source>
        <translation>缩略图</translation>
    </message>
    <message>
        <source>The image squeezed to a small grey square, to be compared pixel by pixel (MSE, PSNR, SSIM). Finds re-compressed and resized copies, not cropped ones.</source>
        <translation>压缩成小灰度方图后逐像素比较（MSE、PSNR、SSIM）。能找到重压缩与缩放的副本，找不到裁剪的副本。</translation>
    </message>
    <message>
        <source>Tiny image (NCC)</source>
        <translation>微型图像（NCC）</translation>
    </message>
    <message>
        <source>Tiny zero-mean images under flips, quarter turns and crops, compared by normalised cross-correlation.</source>
        <translation>零均值微型图像，遍历翻转、四向旋转与裁剪，以归一化互相关比较。</translation>
    </message>
    <message>
        <source>Gradient views (HOG)</source>
        <translation>梯度视图（HOG）</translation>
    </message>
    <message>
        <source>Histograms of oriented gradients of crops, turns and framed or pasted regions. The strongest method without training or keypoints; ignores colour.</source>
        <translation>裁剪、旋转以及边框内或粘贴区域的方向梯度直方图。无需训练与关键点的最强方法；不考虑颜色。</translation>
    </message>
    <message>
        <source>Perceptual hash</source>
        <translation>感知哈希</translation>
    </message>
    <message>
        <source>A few bits that change little when an image is re-compressed, resized or blurred. Very fast and small; crops, padding and turns break it.</source>
        <translation>重压缩、缩放或模糊时几乎不变的少量比特。极快极小；裁剪、填充与旋转会使其失效。</translation>
    </message>
    <message>
        <source>PDQ hash</source>
        <translation>PDQ 哈希</translation>
    </message>
    <message>
        <source>Facebook&apos;s 256-bit hash with a quality score: fewer accidental matches than 64 bits.</source>
        <translation>Facebook 的 256 位哈希，附质量分：偶然匹配比 64 位更少。</translation>
    </message>
    <message>
        <source>Radial variance hash</source>
        <translation>径向方差哈希</translation>
    </message>
    <message>
        <source>Variance along lines through the centre at 180 angles; survives rotation better than the other hashes.</source>
        <translation>沿过中心的 180 条直线的方差；比其他哈希更耐旋转。</translation>
    </message>
    <message>
        <source>Dot product</source>
        <translation>点积</translation>
    </message>
    <message>
        <source>Exact dot product of unit vectors (cosine), the best pair of views counting.</source>
        <translation>单位向量的精确点积（余弦），取最佳视图对。</translation>
    </message>
    <message>
        <source>Histogram comparison</source>
        <translation>直方图比较</translation>
    </message>
    <message>
        <source>Correlation, chi-square, intersection, Hellinger or earth mover&apos;s distance of two histograms.</source>
        <translation>两个直方图的相关、卡方、相交、Hellinger 或推土机距离。</translation>
    </message>
    <message>
        <source>Hamming distance</source>
        <translation>汉明距离</translation>
    </message>
    <message>
        <source>Share of equal bits of two hashes; 0.5 is what unrelated images have.</source>
        <translation>两个哈希相同位的比例；无关图像约为 0.5。</translation>
    </message>
    <message>
        <source>Pixel comparison</source>
        <translation>像素比较</translation>
    </message>
    <message>
        <source>MSE, PSNR, SSIM or MS-SSIM of two thumbnails.</source>
        <translation>两个缩略图的 MSE、PSNR、SSIM 或 MS-SSIM。</translation>
    </message>
    <message>
        <source>Mean of z-scores</source>
        <translation>z 分数平均</translation>
    </message>
    <message>
        <source>Each branch&apos;s scores less their mean, in deviations of the query&apos;s own scores, then averaged.</source>
        <translation>各分支得分减去均值，以该查询自身得分的标准差计，再取平均。</translation>
    </message>
    <message>
        <source>Reciprocal ranks</source>
        <translation>倒数名次</translation>
    </message>
    <message>
        <source>Adds 1 / (k + rank) over the branches; needs no comparable scores, but its scores say nothing across queries.</source>
        <translation>各分支累加 1 / (k + 名次)；不要求得分可比，但其得分不能跨查询比较。</translation>
    </message>
    <message>
        <source>Extracting gallery features</source>
        <translation>正在提取图库特征</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>正在搜索</translation>
    </message>
    <message>
        <source>the cache %1 cannot be opened: %2</source>
        <translation>无法打开缓存 %1：%2</translation>
    </message>
    <message>
        <source>%1 is not a recipe: %2</source>
        <translation>%1 不是方案：%2</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not of the form stage.key=value</source>
        <translation>“%1”不符合 stage.key=value 的形式</translation>
    </message>
    <message>
        <source>the recipe %1 has no stage &quot;%2&quot;; the nearest is &quot;%3&quot;</source>
        <translation>方案 %1 没有环节“%2”，最接近的是“%3”</translation>
    </message>
    <message>
        <source>there is no recipe &quot;%1&quot;; the nearest is &quot;%2&quot;</source>
        <translation>没有方案“%1”，最接近的是“%2”</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2</source>
        <translation>%1 无法使用：%2</translation>
    </message>
    <message>
        <source>line %1: the query %2 was answered in line %3 already</source>
        <translation>第 %1 行：查询 %2 已在第 %3 行回答</translation>
    </message>
    <message>
        <source>line %1: there is no query %2</source>
        <translation>第 %1 行：没有查询 %2</translation>
    </message>
    <message>
        <source>line %1: there is no gallery image %2</source>
        <translation>第 %1 行：图库中没有图像 %2</translation>
    </message>
    <message>
        <source>the query %1 has no row</source>
        <translation>查询 %1 没有对应的行</translation>
    </message>
    <message>
        <source>en</source>
        <translation>zh</translation>
    </message>
    <message>
        <source>%1 has no ground_truth.csv: give one by --truth</source>
        <translation>%1 没有 ground_truth.csv：请用 --truth 指定</translation>
    </message>
    <message>
        <source>... and %1 more problems (--json lists all)</source>
        <translation>……另有 %1 个问题（--json 列出全部）</translation>
    </message>
    <message>
        <source>Extracting query features</source>
        <translation>正在提取查询特征</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>%1 has no size in its header</source>
        <translation>%1 的文件头中没有尺寸</translation>
    </message>
    <message>
        <source>the picture cannot be written as JPEG: %1</source>
        <translation>图片无法写成 JPEG：%1</translation>
    </message>
    <message>
        <source>%1 numbers an image are too many: fewer bins or cells, at most %2</source>
        <translation>每张图像 %1 个数值过多：请减少区间或网格，最多 %2</translation>
    </message>
    <message>
        <source>the standard output cannot be written</source>
        <translation>无法写入标准输出</translation>
    </message>
    <message>
        <source>Detector</source>
        <translation>检测器</translation>
    </message>
    <message>
        <source>RootSIFT is the most precise here, ORB by far the fastest.</source>
        <translation>RootSIFT 最精确，ORB 快得多。</translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation>关键点</translation>
    </message>
    <message>
        <source>Most keypoints kept of an image, the strongest first.</source>
        <translation>每张图像保留的最多关键点数，强者优先。</translation>
    </message>
    <message>
        <source>Working size (px)</source>
        <translation>工作尺寸（像素）</translation>
    </message>
    <message>
        <source>Long side that larger images are reduced to; 0 keeps their size.</source>
        <translation>较大图像缩小到的长边；0 表示保持原尺寸。</translation>
    </message>
    <message>
        <source>Contrast limit</source>
        <translation>对比度下限</translation>
    </message>
    <message>
        <source>SIFT: weaker extrema are dropped. Lower finds more in flat regions.</source>
        <translation>SIFT：舍弃较弱的极值。值越低，平坦区域中找到的越多。</translation>
    </message>
    <message>
        <source>Edge limit</source>
        <translation>边缘上限</translation>
    </message>
    <message>
        <source>SIFT: extrema along edges are dropped. Higher keeps more of them.</source>
        <translation>SIFT：舍弃沿边缘的极值。值越高保留越多。</translation>
    </message>
    <message>
        <source>the perspective is torn: a corner lies behind the horizon</source>
        <translation>透视被撕裂：有一角位于地平线之后</translation>
    </message>
    <message>
        <source>the model mirrors the picture</source>
        <translation>模型使图片镜像</translation>
    </message>
    <message>
        <source>the model folds the picture over itself</source>
        <translation>模型使图片自身折叠</translation>
    </message>
    <message>
        <source>the area changes by a factor of %1</source>
        <translation>面积变为原来的 %1 倍</translation>
    </message>
    <message>
        <source>%1 inliers, %2 needed</source>
        <translation>%1 个内点，需要 %2 个</translation>
    </message>
    <message>
        <source>%1 matches, %2 needed</source>
        <translation>%1 个匹配，需要 %2 个</translation>
    </message>
    <message>
        <source>Threshold (px)</source>
        <translation>阈值（像素）</translation>
    </message>
    <message>
        <source>How far from its place a match may lie while models are tried.</source>
        <translation>尝试模型时，匹配点允许的偏差。</translation>
    </message>
    <message>
        <source>Final threshold (px)</source>
        <translation>最终阈值（像素）</translation>
    </message>
    <message>
        <source>The same for the refined model: what counts as an inlier in the end.</source>
        <translation>精化后模型的同一阈值：最终以此判定内点。</translation>
    </message>
    <message>
        <source>Least inliers</source>
        <translation>最少内点</translation>
    </message>
    <message>
        <source>Fewer give no model: unrelated images reach a handful by chance.</source>
        <translation>更少则不给出模型：无关图像也会偶然得到几个。</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>迭代次数</translation>
    </message>
    <message>
        <source>Most models that are tried.</source>
        <translation>最多尝试的模型数。</translation>
    </message>
    <message>
        <source>Guided matching</source>
        <translation>引导匹配</translation>
    </message>
    <message>
        <source>Matches again where the model says that points must lie, which finds many more.</source>
        <translation>在模型预测的位置附近再次匹配，可找到更多匹配。</translation>
    </message>
    <message>
        <source>Mirrored copies</source>
        <translation>镜像副本</translation>
    </message>
    <message>
        <source>Also tries A mirrored: keypoint descriptors do not survive a mirror.</source>
        <translation>同时尝试 A 的镜像：关键点描述子不具镜像不变性。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>The same seed gives the same answer, on any number of threads.</source>
        <translation>相同种子在任意线程数下给出相同结果。</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>比率</translation>
    </message>
    <message>
        <source>A match is kept if its distance is less than this share of the second best&apos;s (Lowe 2004). 1 keeps all.</source>
        <translation>匹配距离小于次优距离的这一比例时保留（Lowe 2004）。1 表示全部保留。</translation>
    </message>
    <message>
        <source>Mutual</source>
        <translation>互为最近</translation>
    </message>
    <message>
        <source>Keeps only pairs that are each other&apos;s best.</source>
        <translation>只保留互为最佳的配对。</translation>
    </message>
    <message>
        <source>%1 holds no 3 x 3 matrix</source>
        <translation>%1 中没有 3 x 3 矩阵</translation>
    </message>
    <message>
        <source>the perspective is wild: one corner is %1 times as near as another</source>
        <translation>透视异常：一角的远近是另一角的 %1 倍</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词数</translation>
    </message>
    <message>
        <source>Centres that descriptors are compared with; learned from the gallery.</source>
        <translation>与描述子比较的中心；从图库学得。</translation>
    </message>
    <message>
        <source>PCA dimensions</source>
        <translation>PCA 维数</translation>
    </message>
    <message>
        <source>Descriptors are reduced to this many dimensions first; 0 keeps all.</source>
        <translation>先将描述子降到此维数；0 表示保留全部。</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>幂次</translation>
    </message>
    <message>
        <source>Exponent that evens out repeated structure; 1 leaves entries alone.</source>
        <translation>用于抑制重复结构的指数；1 表示不变。</translation>
    </message>
    <message>
        <source>Of the learning; the same seed gives the same words.</source>
        <translation>学习所用的种子；相同种子得到相同的词。</translation>
    </message>
    <message>
        <source>Intra-normalisation</source>
        <translation>内部归一化</translation>
    </message>
    <message>
        <source>Each word counts the same, however often its structure repeats.</source>
        <translation>无论结构重复多少次，每个词权重相同。</translation>
    </message>
    <message>
        <source>Learning visual words</source>
        <translation>正在学习视觉词</translation>
    </message>
    <message>
        <source>no image of the gallery has keypoints: there is nothing to learn from</source>
        <translation>图库中没有任何图像含有关键点：无从学习</translation>
    </message>
    <message>
        <source>Also looks for the query mirrored: descriptors do not survive a mirror.</source>
        <translation>同时查找镜像后的查询：描述子经不起镜像。</translation>
    </message>
    <message>
        <source>Double the image</source>
        <translation>图像放大一倍</translation>
    </message>
    <message>
        <source>SIFT: begins at twice the size, which finds the finest points at twice the time.</source>
        <translation>SIFT：从两倍尺寸开始，可找到最细的点，耗时加倍。</translation>
    </message>
    <message>
        <source>Spread keypoints</source>
        <translation>分散关键点</translation>
    </message>
    <message>
        <source>Keeps as many in each part of the image instead of the strongest of all.</source>
        <translation>在图像各部分保留同样多的点，而非只取全图最强的点。</translation>
    </message>
    <message>
        <source>Prefer large keypoints</source>
        <translation>偏好大关键点</translation>
    </message>
    <message>
        <source>SIFT: the strongest are chosen by response times size to this power. Large ones survive blur, pixelation and reduction.</source>
        <translation>SIFT：按响应乘以尺寸的此次幂选取最强点。大的关键点更耐模糊、像素化与缩小。</translation>
    </message>
    <message>
        <source>Upright</source>
        <translation>不计方向</translation>
    </message>
    <message>
        <source>SIFT: ignores directions. More distinct, but turned copies are lost.</source>
        <translation>SIFT：忽略方向。区分度更高，但会丢失旋转的副本。</translation>
    </message>
    <message>
        <source>Soft assignment</source>
        <translation>软分配</translation>
    </message>
    <message>
        <source>To how many words each descriptor of the query belongs.</source>
        <translation>查询的每个描述子归属多少个词。</translation>
    </message>
    <message>
        <source>Hamming embedding (bits)</source>
        <translation>汉明嵌入（位）</translation>
    </message>
    <message>
        <source>Most bits of 64 in which descriptors of one word may differ; 0 turns it off.</source>
        <translation>同一词的描述子在 64 位中最多可相差的位数；0 表示关闭。</translation>
    </message>
    <message>
        <source>Burstiness</source>
        <translation>突发性加权</translation>
    </message>
    <message>
        <source>Repeated structure counts less.</source>
        <translation>重复结构的权重降低。</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>列表数</translation>
    </message>
    <message>
        <source>Parts that the gallery&apos;s descriptors are filed in; at most one for 16 of them.</source>
        <translation>图库描述子分存的份数；每 16 个描述子至多一份。</translation>
    </message>
    <message>
        <source>Lists searched</source>
        <translation>搜索的列表数</translation>
    </message>
    <message>
        <source>For each descriptor of the query; more finds more and takes longer.</source>
        <translation>针对查询的每个描述子；越多找得越全，也越慢。</translation>
    </message>
    <message>
        <source>Voted images</source>
        <translation>投票图像数</translation>
    </message>
    <message>
        <source>How many images each descriptor votes for.</source>
        <translation>每个描述子为多少幅图像投票。</translation>
    </message>
    <message>
        <source>Starts</source>
        <translation>起始次数</translation>
    </message>
    <message>
        <source>Verifies from so many seeds and keeps the model with most inliers: scenes that are not quite flat have several.</source>
        <translation>以这么多个种子作验证，保留内点最多的模型：不太平整的场景会有多个模型。</translation>
    </message>
    <message>
        <source>Affine simulation</source>
        <translation>仿射模拟</translation>
    </message>
    <message>
        <source>Where the first try fails, also looks at the images tilted, as from the side. Takes seconds, finds slanted views.</source>
        <translation>首次失败时，再从倾斜视角观察图像。需数秒，可找到斜视的画面。</translation>
    </message>
    <message>
        <source>Align the pixels</source>
        <translation>像素对齐</translation>
    </message>
    <message>
        <source>Refines the model on the pixels themselves in the end.</source>
        <translation>最后直接在像素上精修模型。</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>候选数</translation>
    </message>
    <message>
        <source>How many of the best are verified.</source>
        <translation>对前多少名作验证。</translation>
    </message>
    <message>
        <source>How far from its place a match may lie.</source>
        <translation>匹配点可偏离其应在位置的距离。</translation>
    </message>
    <message>
        <source>Half of the score at 1 in 10^</source>
        <translation>得半分的概率：10 的负次方</translation>
    </message>
    <message>
        <source>How small the chance must be that unrelated images agree so well, for half of the score.</source>
        <translation>无关图像偶然如此吻合的概率要多小，才得一半分数。</translation>
    </message>
    <message>
        <source>Inliers that end the search</source>
        <translation>结束搜索的内点数</translation>
    </message>
    <message>
        <source>With so many the answer is clear and the other candidates are left alone.</source>
        <translation>达到此数则答案已明，不再验证其余候选。</translation>
    </message>
    <message>
        <source>Distinct places of an image with a description of what surrounds them (SIFT, ORB and others). Finds cropped, turned and pasted copies; needs texture.</source>
        <translation>图像中的显著点及其周围的描述（SIFT、ORB 等）。可找到裁剪、旋转与粘贴的副本；需要纹理。</translation>
    </message>
    <message>
        <source>Keypoint votes</source>
        <translation>关键点投票</translation>
    </message>
    <message>
        <source>Each keypoint of the query votes for the images of its nearest neighbours; the most precise search by keypoints.</source>
        <translation>查询的每个关键点为其最近邻所在图像投票；最精确的关键点搜索。</translation>
    </message>
    <message>
        <source>Bag of words</source>
        <translation>词袋</translation>
    </message>
    <message>
        <source>Keypoints as visual words in an inverted file, weighted by tf-idf, with Hamming embedding; small and fast for large galleries.</source>
        <translation>关键点作为视觉词存入倒排文件，按 tf-idf 加权并带汉明嵌入；小而快，适合大图库。</translation>
    </message>
    <message>
        <source>VLAD</source>
        <translation>VLAD</translation>
    </message>
    <message>
        <source>All keypoints of an image as one vector: sums of differences to visual words.</source>
        <translation>将图像的全部关键点合为一个向量：与视觉词之差的总和。</translation>
    </message>
    <message>
        <source>Fisher vector</source>
        <translation>Fisher 向量</translation>
    </message>
    <message>
        <source>All keypoints of an image as one vector: gradients of a mixture of Gaussians.</source>
        <translation>将图像的全部关键点合为一个向量：高斯混合模型的梯度。</translation>
    </message>
    <message>
        <source>Geometric verification</source>
        <translation>几何验证</translation>
    </message>
    <message>
        <source>Matches keypoints with the best candidates; those that one transform explains come first, with scores that compare between queries.</source>
        <translation>与最佳候选匹配关键点；能由一个变换解释的排在前面，得分可跨查询比较。</translation>
    </message>
    <message>
        <source>the stage &quot;%1&quot; cannot use the features of &quot;%2&quot;</source>
        <translation>环节“%1”无法使用“%2”的特征</translation>
    </message>
    <message>
        <source>%1 holds no pairs (looked for pairs.csv, and img1 with H1to2p)</source>
        <translation>%1 中没有图像对（已查找 pairs.csv 以及 img1 与 H1to2p）</translation>
    </message>
    <message>
        <source>Matching pairs</source>
        <translation>正在匹配图像对</translation>
    </message>
    <message>
        <source>%1 must end in .png or .svg</source>
        <translation>%1 必须以 .png 或 .svg 结尾</translation>
    </message>
    <message>
        <source>Verifier</source>
        <translation>验证方法</translation>
    </message>
    <message>
        <source>MAGSAC++ needs no exact threshold; PROSAC tries the most distinct matches first; LMedS needs no threshold, but more right matches than wrong ones.</source>
        <translation>MAGSAC++ 不需精确阈值；PROSAC 先试最独特的匹配；LMedS 不需阈值，但正确匹配须多于错误匹配。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>What may lie between the pictures: a homography for flat scenes and copies, less for scans and crops, a fundamental matrix for solid scenes.</source>
        <translation>两图之间的变换：平面场景与副本用单应，扫描与裁剪可用更简单的变换，立体场景用基础矩阵。</translation>
    </message>
    <message>
        <source>Homography</source>
        <translation>单应</translation>
    </message>
    <message>
        <source>Affine</source>
        <translation>仿射</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>相似</translation>
    </message>
    <message>
        <source>Fundamental matrix</source>
        <translation>基础矩阵</translation>
    </message>
    <message>
        <source>Neighbour search</source>
        <translation>近邻搜索</translation>
    </message>
    <message>
        <source>Exact compares all pairs, which is faster up to many thousand keypoints; FLANN looks into KD-trees or LSH tables and may miss some.</source>
        <translation>精确搜索比较所有点对，数千个关键点以内更快；FLANN 查 KD 树或 LSH 表，可能漏掉一些。</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>Neighbourhood filter</source>
        <translation>邻域过滤</translation>
    </message>
    <message>
        <source>GMS keeps a match only if its neighbours move the same way (Bian et al. 2017). Meant for many keypoints without a ratio test: set the ratio to 1.</source>
        <translation>GMS 仅保留邻近匹配朝同一方向移动的匹配（Bian 等，2017）。适合关键点很多且不作比值检验的情形：请将比值设为 1。</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>the shape of %1 is %2 where %3 is needed</source>
        <translation>%1 的形状为 %2，需要 %3</translation>
    </message>
    <message>
        <source>the tensor for %1 is missing</source>
        <translation>缺少 %1 的张量</translation>
    </message>
    <message>
        <source>networks cannot be used: %1</source>
        <translation>无法使用网络：%1</translation>
    </message>
    <message>
        <source>of %1 networks in the file, &quot;%2&quot; was taken</source>
        <translation>文件中有 %1 个网络，采用了“%2”</translation>
    </message>
    <message>
        <source>tensor %1 holds values that are no numbers</source>
        <translation>张量 %1 含有非数值</translation>
    </message>
    <message>
        <source>tensor %1 is empty</source>
        <translation>张量 %1 为空</translation>
    </message>
    <message>
        <source>%1 does not say whether it was trained with GELU or QuickGELU (all weights of OpenAI have QuickGELU): choose one</source>
        <translation>%1 未说明训练时用的是 GELU 还是 QuickGELU（OpenAI 的权重都用 QuickGELU）：请选择其一</translation>
    </message>
    <message>
        <source>no file says how images are prepared: as usual for %1</source>
        <translation>没有文件说明图像如何预处理：按 %1 的惯例</translation>
    </message>
    <message>
        <source>it wants to call %1, which is no part of a model&apos;s weights: refused, nothing was run</source>
        <translation>它要调用 %1，这不属于模型权重：已拒绝，未运行任何内容</translation>
    </message>
    <message>
        <source>it has numbers of the type %1, which is not supported</source>
        <translation>其数值类型 %1 不受支持</translation>
    </message>
    <message>
        <source>its pickle has the instruction %1, which no file of weights needs: refused, nothing was run</source>
        <translation>其 pickle 含有指令 %1，权重文件不需要它：已拒绝，未运行任何内容</translation>
    </message>
    <message>
        <source>tensor %1 is there twice</source>
        <translation>张量 %1 出现两次</translation>
    </message>
    <message>
        <source>its header is no JSON object</source>
        <translation>其文件头不是 JSON 对象</translation>
    </message>
    <message>
        <source>tensor %1 has no valid &quot;%2&quot;</source>
        <translation>张量 %1 没有有效的“%2”</translation>
    </message>
    <message>
        <source>tensor %1 overlaps another one</source>
        <translation>张量 %1 与另一个重叠</translation>
    </message>
    <message>
        <source>there is a hole before tensor %1</source>
        <translation>张量 %1 之前有空洞</translation>
    </message>
    <message>
        <source>its header should have %1 bytes, which is too much for the file</source>
        <translation>其文件头应有 %1 字节，超出了文件</translation>
    </message>
    <message>
        <source>tensor %1 has an unknown type</source>
        <translation>张量 %1 的类型未知</translation>
    </message>
    <message>
        <source>tensor %1 does not have the bytes that its shape %2 needs</source>
        <translation>张量 %1 的字节数与其形状 %2 不符</translation>
    </message>
    <message>
        <source>it is cut short: tensor %1 lies beyond its end</source>
        <translation>文件被截断：张量 %1 超出文件末尾</translation>
    </message>
    <message>
        <source>%1 bytes at the end belong to no tensor</source>
        <translation>末尾有 %1 字节不属于任何张量</translation>
    </message>
    <message>
        <source>its containers are nested too deep</source>
        <translation>其容器嵌套过深</translation>
    </message>
    <message>
        <source>tensor %1 reaches beyond its storage</source>
        <translation>张量 %1 超出其存储</translation>
    </message>
    <message>
        <source>it is a zip archive, but not one of PyTorch: data.pkl is missing</source>
        <translation>它是 zip 归档，但不是 PyTorch 的：缺少 data.pkl</translation>
    </message>
    <message>
        <source>it was written by a big-endian machine</source>
        <translation>它由大端机器写成</translation>
    </message>
    <message>
        <source>it is cut short: storage %1 lies beyond its end</source>
        <translation>文件被截断：存储 %1 超出文件末尾</translation>
    </message>
    <message>
        <source>it is a web page: the download went wrong</source>
        <translation>它是一个网页：下载出了错</translation>
    </message>
    <message>
        <source>it is only a pointer of Git LFS: the file itself was not fetched</source>
        <translation>它只是 Git LFS 的指针：文件本身未取回</translation>
    </message>
    <message>
        <source>it is no file of weights: neither safetensors nor PyTorch (zip or legacy)</source>
        <translation>它不是权重文件：既非 safetensors 也非 PyTorch（zip 或旧格式）</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>它是空的</translation>
    </message>
    <message>
        <source>it has no &quot;weight_map&quot; of shards</source>
        <translation>它没有分片的“weight_map”</translation>
    </message>
    <message>
        <source>the shard &quot;%1&quot; is not a file beside it</source>
        <translation>分片“%1”不是它旁边的文件</translation>
    </message>
    <message>
        <source>tensor %1 is in no shard</source>
        <translation>张量 %1 不在任何分片中</translation>
    </message>
    <message>
        <source>tensor %1 has an impossible size</source>
        <translation>张量 %1 的大小不可能</translation>
    </message>
    <message>
        <source>there is no tensor in it</source>
        <translation>其中没有张量</translation>
    </message>
    <message>
        <source>the archive is cut short or damaged</source>
        <translation>归档被截断或损坏</translation>
    </message>
    <message>
        <source>the archive is cut short: its directory is missing</source>
        <translation>归档被截断：缺少其目录</translation>
    </message>
    <message>
        <source>the archive has %1 entries, more than any model</source>
        <translation>归档有 %1 个条目，超过任何模型</translation>
    </message>
    <message>
        <source>the archive has an entry outside its folder: %1</source>
        <translation>归档含有越出其文件夹的条目：%1</translation>
    </message>
    <message>
        <source>the archive has the entry %1 twice</source>
        <translation>归档中条目 %1 出现两次</translation>
    </message>
    <message>
        <source>entries of the archive overlap</source>
        <translation>归档的条目互相重叠</translation>
    </message>
    <message>
        <source>the archive has no entry %1</source>
        <translation>归档没有条目 %1</translation>
    </message>
    <message>
        <source>the entry %1 is compressed, which PyTorch never does</source>
        <translation>条目 %1 被压缩，PyTorch 从不这样做</translation>
    </message>
    <message>
        <source>its pickle is cut short or damaged</source>
        <translation>其 pickle 被截断或损坏</translation>
    </message>
    <message>
        <source>there is no file of weights in the folder %1</source>
        <translation>文件夹 %1 中没有权重文件</translation>
    </message>
    <message>
        <source>model %1 failed its check: %2</source>
        <translation>模型 %1 未通过检查：%2</translation>
    </message>
    <message>
        <source>its answers are no numbers</source>
        <translation>其输出不是数值</translation>
    </message>
    <message>
        <source>it answers the same to two different images</source>
        <translation>它对两幅不同的图像输出相同</translation>
    </message>
    <message>
        <source>it answers otherwise to an image alone than to it among others</source>
        <translation>它对单独一幅图像与成批时的输出不同</translation>
    </message>
    <message>
        <source>no model is installed: import a file of weights first</source>
        <translation>尚未安装模型：请先导入权重文件</translation>
    </message>
    <message>
        <source>there is no model &quot;%1&quot;; the nearest is &quot;%2&quot;</source>
        <translation>没有模型“%1”；最接近的是“%2”</translation>
    </message>
    <message>
        <source>there is a model &quot;%1&quot; already</source>
        <translation>已有模型“%1”</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>%1 cannot be removed: %2</source>
        <translation>无法删除 %1：%2</translation>
    </message>
    <message>
        <source>it answers otherwise than when it was imported</source>
        <translation>其输出与导入时不同</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>How the places of an image become one vector. The model&apos;s own is what it was trained with; GeM and R-MAC favour what stands out.</source>
        <translation>如何将图像各处的特征合为一个向量。模型自带的是其训练所用；GeM 与 R-MAC 偏重突出之处。</translation>
    </message>
    <message>
        <source>The model&apos;s own</source>
        <translation>模型自带</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>GeM exponent</source>
        <translation>GeM 指数</translation>
    </message>
    <message>
        <source>1 is the mean, large values approach the maximum.</source>
        <translation>1 为平均，越大越接近最大值。</translation>
    </message>
    <message>
        <source>Input size (px)</source>
        <translation>输入尺寸（像素）</translation>
    </message>
    <message>
        <source>Side of the square that the network sees; 0 is the model&apos;s own. Larger shows more detail and takes longer.</source>
        <translation>网络所见方形的边长；0 为模型自带。越大细节越多，也越慢。</translation>
    </message>
    <message>
        <source>Three scales</source>
        <translation>三种尺度</translation>
    </message>
    <message>
        <source>Also looks at 0.7 and 1.4 times the size and adds the vectors up.</source>
        <translation>另看 0.7 与 1.4 倍尺寸，并将向量相加。</translation>
    </message>
    <message>
        <source>Add the mirror image</source>
        <translation>加入镜像</translation>
    </message>
    <message>
        <source>Adds up the vectors of the image and its mirror image, so that both find each other.</source>
        <translation>将图像与其镜像的向量相加，使二者可互相找到。</translation>
    </message>
    <message>
        <source>Five crops of 60 % beside the whole, the best pair counting: of the gallery finds queries that were cut out, of the query finds what was pasted.</source>
        <translation>整图之外再取五个 60 % 的裁块，以最佳一对计：图库的裁块可找到被裁出的查询，查询的裁块可找到被粘贴的图像。</translation>
    </message>
    <message>
        <source>Fast JPEG decoding</source>
        <translation>快速 JPEG 解码</translation>
    </message>
    <message>
        <source>Decodes large JPEG files at a fraction of their size. The vectors differ slightly from those of the model&apos;s authors.</source>
        <translation>以缩小的尺寸解码大的 JPEG 文件。向量与模型作者的略有不同。</translation>
    </message>
    <message>
        <source>Deep network</source>
        <translation>深度网络</translation>
    </message>
    <message>
        <source>Features of an installed network (ResNet, ViT, DINOv2, CLIP): what an image shows counts more than its pixels.</source>
        <translation>已安装网络（ResNet、ViT、DINOv2、CLIP）的特征：图像的内容比像素更重要。</translation>
    </message>
    <message>
        <source>%1 is no vocabulary of CLIP</source>
        <translation>%1 不是 CLIP 的词表</translation>
    </message>
    <message>
        <source>%1 has no vocabulary: texts need vocab.json and merges.txt, tokenizer.json or bpe_simple_vocab_16e6.txt.gz beside the weights when they are imported</source>
        <translation>%1 没有词表：文本搜索需要导入时权重旁边有 vocab.json 与 merges.txt、tokenizer.json 或 bpe_simple_vocab_16e6.txt.gz</translation>
    </message>
    <message>
        <source>this method looks for pictures only: texts need a model that was trained with them (CLIP)</source>
        <translation>此方法只能查找图片：文本需要用文本训练过的模型（CLIP）</translation>
    </message>
    <message>
        <source>the vocabulary of %1 has %2 words, its network %3</source>
        <translation>%1 的词表有 %2 个词，其网络为 %3</translation>
    </message>
    <message>
        <source>there are more weights than pictures and texts</source>
        <translation>权重多于图片与文本</translation>
    </message>
    <message>
        <source>its outputs are not those of SuperPoint, XFeat or DISK</source>
        <translation>其输出不是 SuperPoint、XFeat 或 DISK 的输出</translation>
    </message>
    <message>
        <source>Learned (ONNX file)</source>
        <translation>学习型（ONNX 文件）</translation>
    </message>
    <message>
        <source>Keypoint network</source>
        <translation>关键点网络</translation>
    </message>
    <message>
        <source>For the learned detector: an ONNX file with the outputs of SuperPoint, XFeat or DISK, before any selection of points.</source>
        <translation>用于学习型检测器：输出形如 SuperPoint、XFeat 或 DISK（选点之前）的 ONNX 文件。</translation>
    </message>
    <message>
        <source>this processor does not calculate in bf16</source>
        <translation>此处理器不支持 bf16 计算</translation>
    </message>
    <message>
        <source>Half precision (bf16)</source>
        <translation>半精度（bf16）</translation>
    </message>
    <message>
        <source>Several times as fast on processors that have it; the vectors differ by about a hundredth.</source>
        <translation>在支持的处理器上快数倍；向量约有百分之一的差异。</translation>
    </message>
    <message>
        <source>the parts of %1 have different shapes</source>
        <translation>%1 的各部分形状不同</translation>
    </message>
    <message>
        <source>the branches of a block have different sizes</source>
        <translation>一个模块的两个分支大小不同</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no proxy: http://host:port, socks5://host:port or none</source>
        <translation>“%1”不是代理：应为 http://主机:端口、socks5://主机:端口 或 none</translation>
    </message>
    <message>
        <source>%1 sent a web page instead of the file (a login or an error page, perhaps)</source>
        <translation>%1 发来的是网页而不是文件（可能是登录页或错误页）</translation>
    </message>
    <message>
        <source>%1 sent another part of the file</source>
        <translation>%1 发来的是文件的另一部分</translation>
    </message>
    <message>
        <source>%1 needs %2 MB more, the disk has %3 MB left</source>
        <translation>%1 还需要 %2 MB，磁盘只剩 %3 MB</translation>
    </message>
    <message>
        <source>%1 answered %2 %3</source>
        <translation>%1 的回答是 %2 %3</translation>
    </message>
    <message>
        <source>%1 could not be reached: %2</source>
        <translation>无法连接 %1：%2</translation>
    </message>
    <message>
        <source>what %1 sent is not the file that was published: its SHA-256 is %2, not %3</source>
        <translation>%1 发来的不是所发布的文件：其 SHA-256 为 %2，而不是 %3</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no address of a file</source>
        <translation>“%1”不是文件的地址</translation>
    </message>
    <message>
        <source>%1 broke off after %2 MB (%3); the next try goes on from there</source>
        <translation>%1 在 %2 MB 后中断（%3）；下次从那里继续</translation>
    </message>
    <message>
        <source>the catalogue of models is damaged: %1</source>
        <translation>模型目录已损坏：%1</translation>
    </message>
    <message>
        <source>the catalogue has no model &quot;%1&quot;; the nearest is &quot;%2&quot;</source>
        <translation>目录中没有模型“%1”；最接近的是“%2”</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>正在下载</translation>
    </message>
    <message>
        <source>Looking at the network</source>
        <translation>正在检查网络</translation>
    </message>
    <message>
        <source>the model %1 does not understand texts</source>
        <translation>模型 %1 不理解文字</translation>
    </message>
    <message>
        <source>%1 has no known architecture (its tensors: %2). It can be run as the program that it is, which may do all that you may: only if you trust its authors</source>
        <translation>%1 的结构未知（其张量：%2）。它可以作为程序运行，而程序能做您能做的一切：仅在您信任其作者时运行</translation>
    </message>
    <message>
        <source>a head like that of %1 is not known</source>
        <translation>不认识 %1 这样的输出头</translation>
    </message>
    <message>
        <source>%1 runs as its file says: it cannot calculate in bf16</source>
        <translation>%1 按其文件运行：不能用 bf16 计算</translation>
    </message>
    <message>
        <source>%1 has no output that is a vector or a map of an image</source>
        <translation>%1 没有图像的向量或特征图输出</translation>
    </message>
    <message>
        <source>%1 gives no map with places: only its own pooling can be used</source>
        <translation>%1 不给出带位置的特征图：只能用它自己的池化</translation>
    </message>
    <message>
        <source>%1 is no vocabulary of BERT: %2 is missing</source>
        <translation>%1 不是 BERT 的词表：缺少 %2</translation>
    </message>
    <message>
        <source>SSCD</source>
        <translation>SSCD</translation>
    </message>
    <message>
        <source>What people do to copies: compression, colours, text and emoji on top, crops, frames, pictures in pictures. It was trained on exactly that.</source>
        <translation>人们对副本做的事：压缩、变色、叠加文字和表情、裁剪、加框、画中画。它正是为此训练的。</translation>
    </message>
    <message>
        <source>Another photograph of the same thing is not a copy and scores low.</source>
        <translation>同一事物的另一张照片不是副本，得分低。</translation>
    </message>
    <message>
        <source>That of a ResNet-50; vectors of 512 numbers.</source>
        <translation>与 ResNet-50 相同；向量有 512 个数。</translation>
    </message>
    <message>
        <source>Edited copies, duplicates, where a score has to mean the same for every query.</source>
        <translation>编辑过的副本、重复图片，以及要求分数对每个查询含义相同的场合。</translation>
    </message>
    <message>
        <source>ResNet, ResNeXt</source>
        <translation>ResNet、ResNeXt</translation>
    </message>
    <message>
        <source>Small shifts, compression, mild changes of colour and brightness, moderate crops: pooling forgets where something was.</source>
        <translation>小的平移、压缩、轻微的颜色和亮度变化、适度裁剪：池化会忘记东西在哪里。</translation>
    </message>
    <message>
        <source>Turned pictures, mirror images, large overlays; it prefers texture to shape.</source>
        <translation>旋转、镜像、大面积覆盖；它更看重纹理而非形状。</translation>
    </message>
    <message>
        <source>Little: the fastest of the large ones on a processor; memory grows with the input size only.</source>
        <translation>很低：大型网络中在处理器上最快的；内存只随输入尺寸增长。</translation>
    </message>
    <message>
        <source>The classic start; many images without a graphics card.</source>
        <translation>经典的起点；没有显卡而图片很多时。</translation>
    </message>
    <message>
        <source>As ResNet, a little less of everything.</source>
        <translation>与 ResNet 相同，各方面略差一点。</translation>
    </message>
    <message>
        <source>Fine differences; unusual pictures.</source>
        <translation>细微差别；不常见的图片。</translation>
    </message>
    <message>
        <source>The least of all, in time, memory and download.</source>
        <translation>时间、内存和下载量都最小。</translation>
    </message>
    <message>
        <source>Slow machines, hundreds of thousands of images, a first look.</source>
        <translation>慢的机器、几十万张图片、初步查看。</translation>
    </message>
    <message>
        <source>Vision transformer</source>
        <translation>视觉 Transformer</translation>
    </message>
    <message>
        <source>Where things are and how they are arranged, occlusion, changes of texture: every patch looks at every other.</source>
        <translation>东西的位置和排列、遮挡、纹理变化：每个图块都看所有其他图块。</translation>
    </message>
    <message>
        <source>Small copies inside a large picture; other input sizes than the one it was trained with.</source>
        <translation>大图中的小副本；与训练时不同的输入尺寸。</translation>
    </message>
    <message>
        <source>About five times a ResNet-50; grows with the square of the number of patches.</source>
        <translation>约为 ResNet-50 的五倍；随图块数的平方增长。</translation>
    </message>
    <message>
        <source>What a picture shows, where a class token of ImageNet suffices.</source>
        <translation>图片的内容，ImageNet 的类别标记足够用时。</translation>
    </message>
    <message>
        <source>View point, lighting, season: the same object or place from another side. Trained without labels on many crops of each picture.</source>
        <translation>视角、光照、季节：从另一侧看的同一物体或地点。在每张图的多个裁剪上无标签训练。</translation>
    </message>
    <message>
        <source>It also takes another thing of the same kind for near; strong edits of colour.</source>
        <translation>它也会把同类的另一个东西当作相近；强烈的颜色编辑。</translation>
    </message>
    <message>
        <source>Landmarks, products, species; heat maps that show which parts belong together.</source>
        <translation>地标、商品、物种；显示哪些部分相对应的热图。</translation>
    </message>
    <message>
        <source>CLIP</source>
        <translation>CLIP</translation>
    </message>
    <message>
        <source>Style and medium: a drawing, a photograph and a sentence of the same thing lie near each other.</source>
        <translation>风格和媒介：同一事物的绘画、照片和句子彼此接近。</translation>
    </message>
    <message>
        <source>Which of many similar pictures it is; counting and positions; text in a picture is taken for its content.</source>
        <translation>许多相似图片中究竟是哪一张；计数和位置；图中的文字会被当作内容。</translation>
    </message>
    <message>
        <source>As the vision transformer or ResNet that it uses, and a text tower for each sentence.</source>
        <translation>与其所用的视觉 Transformer 或 ResNet 相同，每个句子另需文本塔。</translation>
    </message>
    <message>
        <source>Search with words, labels without training, pictures about the same subject.</source>
        <translation>用文字搜索、无需训练的标签、同一主题的图片。</translation>
    </message>
    <message>
        <source>Others (ONNX, TorchScript)</source>
        <translation>其他（ONNX、TorchScript）</translation>
    </message>
    <message>
        <source>As its authors trained it.</source>
        <translation>取决于作者的训练。</translation>
    </message>
    <message>
        <source>Inputs that are prepared otherwise than its authors did.</source>
        <translation>与作者不同的输入预处理。</translation>
    </message>
    <message>
        <source>Networks that this program does not build itself.</source>
        <translation>本程序自己不构建的网络。</translation>
    </message>
    <message>
        <source>%1 needs the vocabulary of %2, this one is that of %3</source>
        <translation>%1 需要 %2 的词表，这个是 %3 的</translation>
    </message>
    <message>
        <source>no installed model understands texts: CLIP and Chinese-CLIP do</source>
        <translation>已安装的模型都不理解文字：CLIP 和 Chinese-CLIP 可以</translation>
    </message>
    <message>
        <source>labels need at least two words to choose between</source>
        <translation>标签至少需要两个词供选择</translation>
    </message>
    <message>
        <source>Measured here; it is run as it is, without what speeds up the others.</source>
        <translation>见此处测量；它按原样运行，没有其他网络的加速手段。</translation>
    </message>
    <message>
        <source>an error without a name</source>
        <translation>无名错误</translation>
    </message>
    <message>
        <source>Store in half precision</source>
        <translation>以半精度存储</translation>
    </message>
    <message>
        <source>Rounds the vectors to 16 bits: half the room in the cache. Cosines change in their fifth digit, which matters only where all images look alike to the network.</source>
        <translation>把向量舍入到 16 位：缓存占用减半。余弦在第五位上变化，只有当网络觉得所有图片都相似时才有影响。</translation>
    </message>
    <message>
        <source>there is no device &quot;%1&quot;: cpu, cuda or reference</source>
        <translation>没有设备“%1”：可用 cpu、cuda 或 reference</translation>
    </message>
    <message>
        <source>its configuration names %1, which is not known</source>
        <translation>其配置写的是 %1，不认识该网络</translation>
    </message>
    <message>
        <source>neither its name nor a config.json says which network of timm it is: taken for MobileNetV3 or EfficientNet, trained with PyTorch</source>
        <translation>文件名和 config.json 都没有说明是 timm 的哪个网络：按用 PyTorch 训练的 MobileNetV3 或 EfficientNet 处理</translation>
    </message>
    <message>
        <source>the network cannot run: %1</source>
        <translation>网络无法运行：%1</translation>
    </message>
    <message>
        <source>the vocabulary in %1 has pieces without a number</source>
        <translation>%1 中的词表有没有编号的词片</translation>
    </message>
    <message>
        <source>Looking at the images</source>
        <translation>正在查看图像</translation>
    </message>
    <message>
        <source>what it says of its network cannot be read: %1</source>
        <translation>其中关于网络的说明无法读取：%1</translation>
    </message>
    <message>
        <source>the tensor %1 of the checkpoint has another shape</source>
        <translation>检查点中的张量 %1 形状不符</translation>
    </message>
    <message>
        <source>Copy detection</source>
        <translation>副本检测</translation>
    </message>
    <message>
        <source>Mild</source>
        <translation>温和</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>A part of the image, at 1 down to 8 % of its area, stretched a little.</source>
        <translation>图像的一部分，取 1 时小至面积的 8 %，并略作拉伸。</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>At 1 half of the views are turned by up to 60 degrees.</source>
        <translation>取 1 时一半的视图旋转至多 60 度。</translation>
    </message>
    <message>
        <source>Quarter turns</source>
        <translation>直角旋转</translation>
    </message>
    <message>
        <source>At 1 half of the views are turned by 90, 180 or 270 degrees.</source>
        <translation>取 1 时一半的视图旋转 90、180 或 270 度。</translation>
    </message>
    <message>
        <source>Mirroring</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>At 1 half of the views are mirrored.</source>
        <translation>取 1 时一半的视图左右翻转。</translation>
    </message>
    <message>
        <source>Perspective</source>
        <translation>透视</translation>
    </message>
    <message>
        <source>At 1 half of the views are seen at an angle.</source>
        <translation>取 1 时一半的视图从斜角观看。</translation>
    </message>
    <message>
        <source>Padding and frames</source>
        <translation>填充与边框</translation>
    </message>
    <message>
        <source>Borders of one colour and frames as of a screenshot around the image.</source>
        <translation>图像四周的单色边框，以及截图样式的外框。</translation>
    </message>
    <message>
        <source>Pasting</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>The image as a part of another one, at 1 down to 8 % of its area.</source>
        <translation>把图像作为另一幅图像的一部分，取 1 时小至其面积的 8 %。</translation>
    </message>
    <message>
        <source>Text and stickers</source>
        <translation>文字与贴纸</translation>
    </message>
    <message>
        <source>Words and shapes over the image.</source>
        <translation>盖在图像上的文字和形状。</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Brightness, contrast, saturation and hue; 1 is SimCLR&apos;s strong jitter.</source>
        <translation>亮度、对比度、饱和度和色相；1 为 SimCLR 的强抖动。</translation>
    </message>
    <message>
        <source>At 1 a quarter of the views lose their colours.</source>
        <translation>取 1 时四分之一的视图失去颜色。</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>At 1 half of the views are blurred, as SimCLR does.</source>
        <translation>取 1 时一半的视图被模糊，与 SimCLR 相同。</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>At 1 a third of the views get noise of up to 30 grey values.</source>
        <translation>取 1 时三分之一的视图加入至多 30 级灰度的噪声。</translation>
    </message>
    <message>
        <source>JPEG</source>
        <translation>JPEG</translation>
    </message>
    <message>
        <source>At 1 half of the views are compressed, down to quality 8.</source>
        <translation>取 1 时一半的视图被压缩，质量低至 8。</translation>
    </message>
    <message>
        <source>Pixelation</source>
        <translation>像素化</translation>
    </message>
    <message>
        <source>At 1 a quarter of the views consist of large squares.</source>
        <translation>取 1 时四分之一的视图由大方块组成。</translation>
    </message>
    <message>
        <source>Sharpening</source>
        <translation>锐化</translation>
    </message>
    <message>
        <source>At 1 a quarter of the views are sharpened too much.</source>
        <translation>取 1 时四分之一的视图被过度锐化。</translation>
    </message>
    <message>
        <source>Grow over</source>
        <translation>渐强阶段</translation>
    </message>
    <message>
        <source>Share of the training over which all strengths grow from a third; 0 begins with all of it.</source>
        <translation>所有强度从三分之一开始增长所占的训练比例；0 表示一开始就用全部强度。</translation>
    </message>
    <message>
        <source>it is no checkpoint of a training run</source>
        <translation>它不是训练的检查点</translation>
    </message>
    <message>
        <source>its content is not what was written</source>
        <translation>其内容与写入时不符</translation>
    </message>
    <message>
        <source>Making copies of the held-out images</source>
        <translation>正在制作留出图像的副本</translation>
    </message>
    <message>
        <source>the model %1 is a program (%2): it cannot be trained on</source>
        <translation>模型 %1 是程序（%2），不能继续训练</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Different images are pushed apart up to this distance; unit vectors are at most 2 apart, unrelated ones 1.4.</source>
        <translation>不同的图像被推开到这个距离；单位向量最多相距 2，无关的约为 1.4。</translation>
    </message>
    <message>
        <source>How much farther than the copy another image shall be.</source>
        <translation>其他图像应比副本远多少。</translation>
    </message>
    <message>
        <source>Mining</source>
        <translation>挖掘</translation>
    </message>
    <message>
        <source>Which other images an image is told apart from. The hardest ones teach most and may collapse at first; semi-hard ones are farther than the copy, but not by the margin.</source>
        <translation>与哪些其他图像区分。最难的教得最多，但一开始可能坍缩；半难的比副本远，但没有远过间隔。</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Semi-hard</source>
        <translation>半难</translation>
    </message>
    <message>
        <source>Hardest</source>
        <translation>最难</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Low values look at the most similar other images only.</source>
        <translation>值越小，越只看最相似的其他图像。</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>The same picture twice with other neurons dropped, or a copy and a similar other image as a hard negative.</source>
        <translation>同一幅图像两次、丢弃不同的神经元；或一个副本，加一幅相似的其他图像作为难负例。</translation>
    </message>
    <message>
        <source>Dropout only</source>
        <translation>仅用 dropout</translation>
    </message>
    <message>
        <source>Supervised, hard negatives</source>
        <translation>有监督，难负例</translation>
    </message>
    <message>
        <source>Weight of hard negatives</source>
        <translation>难负例的权重</translation>
    </message>
    <message>
        <source>Added to the logit of an image&apos;s own hard negative.</source>
        <translation>加在图像自己的难负例的 logit 上。</translation>
    </message>
    <message>
        <source>the loss of step %1 is no number: the learning rate is probably too high. The weights before that step are kept</source>
        <translation>第 %1 步的损失不是数：学习率可能太高。保留该步之前的权重</translation>
    </message>
    <message>
        <source>the loss has grown from %1 to %2 by step %3: the training diverges, the learning rate is probably too high</source>
        <translation>到第 %3 步损失从 %1 增长到 %2：训练发散，学习率可能太高</translation>
    </message>
    <message>
        <source>after %1 steps the loss of %2 is still that of a network which answers the same to all images (%3): it learns nothing</source>
        <translation>%1 步之后，损失 %2 仍等于对所有图像给出相同回答的网络的损失（%3）：它什么也没学到</translation>
    </message>
    <message>
        <source>the vectors of all images become alike: their entries deviate by %1 where evenly spread ones do by %2 (collapse)</source>
        <translation>所有图像的向量变得相同：各分量的标准差为 %1，而均匀分布时为 %2（坍缩）</translation>
    </message>
    <message>
        <source>there are %1 images to train on (%2 are held out), fewer than the %3 of a batch: add images or choose a smaller batch</source>
        <translation>可用于训练的图像有 %1 幅（留出 %2 幅），少于一个批次的 %3 幅：请增加图像或减小批次</translation>
    </message>
    <message>
        <source>this objective needs images in two sub-folders or more: the name of the folder is the class</source>
        <translation>这个目标需要两个或更多子文件夹中的图像：文件夹名即类别</translation>
    </message>
    <message>
        <source>SimCSE with dropout only needs dropout in the network: both views are the same picture</source>
        <translation>仅用 dropout 的 SimCSE 需要网络中有 dropout：两个视图是同一幅图像</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>history.csv cannot be written: is the disk full?</source>
        <translation>history.csv 无法写入：磁盘满了吗？</translation>
    </message>
    <message>
        <source>the checkpoint of step %1 could not be written, the ones before are kept: %2</source>
        <translation>第 %1 步的检查点无法写入，之前的仍保留：%2</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Entropy term</source>
        <translation>熵项</translation>
    </message>
    <message>
        <source>Pair accuracy</source>
        <translation>图像对准确率</translation>
    </message>
    <message>
        <source>Deviation of the vectors</source>
        <translation>向量的标准差</translation>
    </message>
    <message>
        <source>Views a second</source>
        <translation>每秒视图数</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>验证损失</translation>
    </message>
    <message>
        <source>Validation pair accuracy</source>
        <translation>验证图像对准确率</translation>
    </message>
    <message>
        <source>Recall@1 of copies</source>
        <translation>副本的 Recall@1</translation>
    </message>
    <message>
        <source>µAP of copies</source>
        <translation>副本的 µAP</translation>
    </message>
    <message>
        <source>Alignment</source>
        <translation>对齐度</translation>
    </message>
    <message>
        <source>Uniformity</source>
        <translation>均匀度</translation>
    </message>
    <message>
        <source>%1 is not the history of a training run</source>
        <translation>%1 不是训练的历史记录</translation>
    </message>
    <message>
        <source>Reading the images</source>
        <translation>正在读取图像</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>From scratch, or an installed model that is trained on.</source>
        <translation>从头训练，或在已安装的模型上继续训练。</translation>
    </message>
    <message>
        <source>Small ResNet from scratch</source>
        <translation>小型 ResNet，从头训练</translation>
    </message>
    <message>
        <source>ResNet-18 from scratch</source>
        <translation>ResNet-18，从头训练</translation>
    </message>
    <message>
        <source>An installed model</source>
        <translation>已安装的模型</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Channels of a network from scratch, in parts of the usual ones.</source>
        <translation>从头训练的网络的通道数，相对于通常的倍数。</translation>
    </message>
    <message>
        <source>Frozen parts</source>
        <translation>冻结的部分</translation>
    </message>
    <message>
        <source>So many parts from the image on (the first convolution, then layers or blocks) keep their weights.</source>
        <translation>从图像一端起，这么多个部分（第一个卷积，然后是各层或各块）保持权重不变。</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>头部</translation>
    </message>
    <message>
        <source>A linear layer that is searched with, SimCLR&apos;s two layers that are thrown away afterwards, or none.</source>
        <translation>用于搜索的一个线性层、SimCLR 的训练后丢弃的两层，或没有。</translation>
    </message>
    <message>
        <source>Linear, kept</source>
        <translation>线性层，保留</translation>
    </message>
    <message>
        <source>Two layers, thrown away</source>
        <translation>两层，训练后丢弃</translation>
    </message>
    <message>
        <source>Dimension</source>
        <translation>维数</translation>
    </message>
    <message>
        <source>Entries of the vector behind the head.</source>
        <translation>头部之后向量的维数。</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Share of the pooled features that is left out at each step.</source>
        <translation>每一步丢弃的池化特征的比例。</translation>
    </message>
    <message>
        <source>Image size (px)</source>
        <translation>图像尺寸（像素）</translation>
    </message>
    <message>
        <source>Side of the square views. Twice the side takes four times as long.</source>
        <translation>正方形视图的边长。边长加倍，时间为四倍。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Images a step; each is seen in two views. More negatives teach more.</source>
        <translation>每一步的图像数，每幅有两个视图。负例越多，学得越多。</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>How often every image is seen.</source>
        <translation>每幅图像被看到的次数。</translation>
    </message>
    <message>
        <source>Parts of a batch</source>
        <translation>批次的份数</translation>
    </message>
    <message>
        <source>Gradients of so many parts are averaged before a step: less memory, but only images of one part are told apart.</source>
        <translation>这么多份的梯度平均后再走一步：占用内存更少，但只区分同一份中的图像。</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>AdamW needs no care; SGD and LARS want rates of 0.1 and more.</source>
        <translation>AdamW 无需调节；SGD 和 LARS 需要 0.1 或更大的学习率。</translation>
    </message>
    <message>
        <source>SGD with momentum</source>
        <translation>带动量的 SGD</translation>
    </message>
    <message>
        <source>At its highest, behind the warm-up.</source>
        <translation>预热之后的最高值。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Not of norms and biases.</source>
        <translation>不用于归一化层和偏置。</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>Of SGD and LARS.</source>
        <translation>用于 SGD 和 LARS。</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率计划</translation>
    </message>
    <message>
        <source>What the learning rate does behind the warm-up.</source>
        <translation>预热之后学习率如何变化。</translation>
    </message>
    <message>
        <source>Falls as a cosine</source>
        <translation>按余弦下降</translation>
    </message>
    <message>
        <source>Stays, then falls to nothing</source>
        <translation>保持，最后降到零</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>保持</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Share of the training in which the rate rises.</source>
        <translation>学习率上升阶段占训练的比例。</translation>
    </message>
    <message>
        <source>Cool-down</source>
        <translation>冷却</translation>
    </message>
    <message>
        <source>Share of the training in which the rate falls at the end, where it stays before.</source>
        <translation>若学习率先保持，最后下降阶段占训练的比例。</translation>
    </message>
    <message>
        <source>Average of the weights</source>
        <translation>权重平均</translation>
    </message>
    <message>
        <source>What is searched with is a running mean of the weights; 0.999 looks a thousand steps back, 0 takes them as they are.</source>
        <translation>用于搜索的是权重的滑动平均；0.999 约回看一千步，0 表示直接使用权重。</translation>
    </message>
    <message>
        <source>Entropy weight</source>
        <translation>熵的权重</translation>
    </message>
    <message>
        <source>Pushes each image away from its nearest other one (KoLeo), which spreads the vectors evenly. SSCD uses 10 to 30.</source>
        <translation>把每幅图像推离最近的其他图像（KoLeo），使向量分布均匀。SSCD 用 10 至 30。</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>记忆库</translation>
    </message>
    <message>
        <source>So many vectors of earlier steps are more negatives.</source>
        <translation>之前各步的这么多个向量作为更多的负例。</translation>
    </message>
    <message>
        <source>Held out</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>Share of the images that are never trained on; their copies are searched.</source>
        <translation>从不用于训练的图像比例；搜索它们的副本来衡量。</translation>
    </message>
    <message>
        <source>Validate every</source>
        <translation>验证间隔</translation>
    </message>
    <message>
        <source>Steps between two measurements on the held-out images; 0 is once an epoch.</source>
        <translation>两次在留出图像上测量之间的步数；0 为每轮一次。</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>检查点间隔</translation>
    </message>
    <message>
        <source>Steps after which the state is written; a killed run continues there.</source>
        <translation>每隔多少步写入状态；中断的训练从那里继续。</translation>
    </message>
    <message>
        <source>Keep every</source>
        <translation>保留间隔</translation>
    </message>
    <message>
        <source>Epochs whose weights are kept beside the newest ones; 0 keeps none.</source>
        <translation>除最新的之外，每隔多少轮保留一份权重；0 表示不保留。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>bf16 is twice as fast where the processor has it.</source>
        <translation>在支持的处理器上 bf16 快一倍。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>The same seed gives the same run.</source>
        <translation>相同的种子得到相同的训练。</translation>
    </message>
    <message>
        <source>Each view has to find the other view of its image among all views of the batch. The best one for finding copies; large batches or a memory help.</source>
        <translation>每个视图要在批次的所有视图中找到同一图像的另一个视图。最适合查找副本；大批次或记忆库有帮助。</translation>
    </message>
    <message>
        <source>Siamese (binary)</source>
        <translation>孪生网络（二分类）</translation>
    </message>
    <message>
        <source>Tells pairs of views of one image from pairs of two images. Its accuracy says plainly how well; weaker in a search.</source>
        <translation>区分同一图像的视图对和两幅图像的视图对。准确率一目了然；搜索时较弱。</translation>
    </message>
    <message>
        <source>Contrastive (margin)</source>
        <translation>对比损失（间隔）</translation>
    </message>
    <message>
        <source>Pulls views of one image together and pushes those of two images apart, up to a margin.</source>
        <translation>把同一图像的视图拉近，把两幅图像的视图推开，直到间隔为止。</translation>
    </message>
    <message>
        <source>Triplets</source>
        <translation>三元组</translation>
    </message>
    <message>
        <source>A copy has to be nearer than another image by a margin; which other image is a matter of mining.</source>
        <translation>副本必须比其他图像近出一个间隔；选哪些其他图像由挖掘方式决定。</translation>
    </message>
    <message>
        <source>The same picture twice with dropout as the only difference, or copies with the most similar other image as a hard negative.</source>
        <translation>同一幅图像两次、仅 dropout 不同；或副本，加最相似的其他图像作为难负例。</translation>
    </message>
    <message>
        <source>Supervised contrastive (SupCon)</source>
        <translation>有监督对比（SupCon）</translation>
    </message>
    <message>
        <source>Images of one sub-folder belong together; for galleries that are sorted.</source>
        <translation>同一子文件夹的图像属于一类；适合已分类的图库。</translation>
    </message>
    <message>
        <source>there is no preset &quot;%1&quot;; the nearest is &quot;%2&quot;</source>
        <translation>没有预设“%1”；最接近的是“%2”</translation>
    </message>
    <message>
        <source>%1 does not describe a training run: %2</source>
        <translation>%1 没有描述一次训练：%2</translation>
    </message>
    <message>
        <source>there is a training run in %1 already: resume it or choose another folder</source>
        <translation>%1 中已有一次训练：请继续它或另选文件夹</translation>
    </message>
    <message>
        <source>there is no checkpoint in %1 to go on from</source>
        <translation>%1 中没有可以继续的检查点</translation>
    </message>
    <message>
        <source>%1 There is one before it, of step %2</source>
        <translation>%1 之前还有一个，在第 %2 步</translation>
    </message>
    <message>
        <source>the run was trained on rendered scenes: open a folder whose images shall be shown</source>
        <translation>这次训练用的是渲染场景：请打开一个要显示其图像的文件夹</translation>
    </message>
    <message>
        <source>the run was begun with the objective &quot;%1&quot;</source>
        <translation>这次训练开始时的目标是“%1”</translation>
    </message>
    <message>
        <source>name folders of images, or --rendered for rendered scenes</source>
        <translation>请给出图像文件夹，或用 --rendered 使用渲染场景</translation>
    </message>
    <message>
        <source>Which network is trained, and what is put behind it.</source>
        <translation>训练哪个网络，以及它后面接什么。</translation>
    </message>
    <message>
        <source>How long, how fast, with which additions to the objective.</source>
        <translation>训练多久、多快，目标有哪些附加项。</translation>
    </message>
    <message>
        <source>Augmentations</source>
        <translation>增强</translation>
    </message>
    <message>
        <source>How strongly the views of an image differ: what the network learns to ignore.</source>
        <translation>同一图像的视图差别多大：网络学会忽略什么。</translation>
    </message>
    <message>
        <source>the model %1 comes with the program and stays</source>
        <translation>模型 %1 是程序自带的，不能移除</translation>
    </message>
    <message>
        <source>The weights to search with take half the room; the checkpoints keep all of them.</source>
        <translation>用于搜索的权重只占一半空间；检查点保留全部精度。</translation>
    </message>
    <message>
        <source>images cannot be prepared as it says</source>
        <translation>无法按其说明准备图像</translation>
    </message>
    <message>
        <source>the checkpoint is of step %1, beyond the %2 steps of the run</source>
        <translation>检查点在第 %1 步，超出了训练的 %2 步</translation>
    </message>
    <message>
        <source>How many of the nearest get a score; the others rank nowhere.</source>
        <translation>最近的多少个得到分数；其余不参加排名。</translation>
    </message>
    <message>
        <source>Exact scores for</source>
        <translation>精确重算数量</translation>
    </message>
    <message>
        <source>So many of the best are compared again by their original vectors, which are kept for it; 0 does without.</source>
        <translation>对最好的这么多个用原始向量重新比较（为此保留原始向量）；0 表示不重算。</translation>
    </message>
    <message>
        <source>Bits an entry</source>
        <translation>每个分量的位数</translation>
    </message>
    <message>
        <source>Steps between the smallest and the largest value of each dimension; 16 bits are half floats.</source>
        <translation>每一维最小值与最大值之间的级数；16 位为半精度浮点。</translation>
    </message>
    <message>
        <source>Bytes an image</source>
        <translation>每幅图像的字节数</translation>
    </message>
    <message>
        <source>The vector is cut into so many parts, each the number of one of 256 centres learned from the gallery; a gallery of fewer images has fewer centres.</source>
        <translation>向量被切成这么多段，每段存为从图库学得的 256 个中心之一的编号；图像较少时中心也较少。</translation>
    </message>
    <message>
        <source>Rotate first (OPQ)</source>
        <translation>先旋转（OPQ）</translation>
    </message>
    <message>
        <source>A learned rotation spreads the information evenly over the parts; needs twice as many vectors as dimensions.</source>
        <translation>学得的旋转把信息均匀分到各段；需要的向量数至少为维数的两倍。</translation>
    </message>
    <message>
        <source>Of the learning; the same seed gives the same codes.</source>
        <translation>学习用的种子；相同种子得到相同编码。</translation>
    </message>
    <message>
        <source>Parts that the gallery is filed in; 0 takes four times the root of its size.</source>
        <translation>图库归入的列表数；0 表示取其大小平方根的四倍。</translation>
    </message>
    <message>
        <source>More finds more and takes longer.</source>
        <translation>越多找到的越多，用时也越长。</translation>
    </message>
    <message>
        <source>Recall wanted</source>
        <translation>目标召回率</translation>
    </message>
    <message>
        <source>Chooses the effort so that so much of the ten nearest is found, measured on the gallery; 0 takes the effort as given.</source>
        <translation>自动选择搜索力度，使最近十个中找到这么大比例（在图库上测量）；0 表示按给定力度。</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>近邻数</translation>
    </message>
    <message>
        <source>Links of each vector in the graph; more finds more and takes more memory.</source>
        <translation>图中每个向量的连接数；越多找到的越多，占内存也越多。</translation>
    </message>
    <message>
        <source>Effort of building</source>
        <translation>建图力度</translation>
    </message>
    <message>
        <source>Candidates looked at for the links of each vector.</source>
        <translation>为每个向量选连接时查看的候选数。</translation>
    </message>
    <message>
        <source>Effort of searching</source>
        <translation>搜索力度</translation>
    </message>
    <message>
        <source>Candidates looked at for each query.</source>
        <translation>每次查询查看的候选数。</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>位数</translation>
    </message>
    <message>
        <source>Signs of so many randomly turned directions.</source>
        <translation>这么多个随机旋转方向上的符号。</translation>
    </message>
    <message>
        <source>the principal components cannot be computed: the vectors hold entries that are not numbers, or far too large ones</source>
        <translation>无法计算主成分：向量中含有非数值或过大的分量</translation>
    </message>
    <message>
        <source>principal components need two vectors at least, not %1</source>
        <translation>主成分至少需要两个向量，而不是 %1 个</translation>
    </message>
    <message>
        <source>the index cannot be made: %1</source>
        <translation>无法建立索引：%1</translation>
    </message>
    <message>
        <source>the vectors hold entries that are not numbers</source>
        <translation>向量中含有非数值的分量</translation>
    </message>
    <message>
        <source>vectors of %1 entries do not fit an index of %2</source>
        <translation>%1 维的向量不适合 %2 维的索引</translation>
    </message>
    <message>
        <source>Exponent that evens out large entries; 1 leaves them alone.</source>
        <translation>压平大分量的指数；1 表示不变。</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>维数</translation>
    </message>
    <message>
        <source>So many of the strongest directions of the gallery are kept.</source>
        <translation>保留图库中最强的这么多个方向。</translation>
    </message>
    <message>
        <source>Whitening</source>
        <translation>白化</translation>
    </message>
    <message>
        <source>Makes all kept directions equally strong. It helps where a few directions drown the others, and hurts where the gallery is too small to know the weak ones; shrinkage is the careful form.</source>
        <translation>使保留的各方向同样强。少数方向压过其余时有益；图库太小、弱方向估计不准时有害；收缩是较谨慎的做法。</translation>
    </message>
    <message>
        <source>Shrinkage</source>
        <translation>收缩</translation>
    </message>
    <message>
        <source>Entries of the projected vector.</source>
        <translation>投影后向量的维数。</translation>
    </message>
    <message>
        <source>The same seed gives the same projection.</source>
        <translation>相同种子得到相同投影。</translation>
    </message>
    <message>
        <source>How many images are mixed in.</source>
        <translation>混入多少幅图像。</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>Weights are cosine^alpha: larger trusts near ones only, 0 takes the mean.</source>
        <translation>权重为余弦的 alpha 次方：越大越只信任近的，0 表示取平均。</translation>
    </message>
    <message>
        <source>Also looks at what stands in a frame or was pasted with straight edges, straightened.</source>
        <translation>还查看边框内或带直边粘贴的区域（拉正后）。</translation>
    </message>
    <message>
        <source>How many neighbours each image has in the graph.</source>
        <translation>图中每幅图像的近邻数。</translation>
    </message>
    <message>
        <source>How many of the best are looked at again.</source>
        <translation>对最好的多少个重新查看。</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>Gamma</translation>
    </message>
    <message>
        <source>Exponent of the cosine: larger trusts near images only.</source>
        <translation>余弦的指数：越大越只信任近的图像。</translation>
    </message>
    <message>
        <source>Share that walks on</source>
        <translation>继续游走的比例</translation>
    </message>
    <message>
        <source>Near 1 the score spreads far over the graph.</source>
        <translation>接近 1 时分数在图上传得很远。</translation>
    </message>
    <message>
        <source>Answers used</source>
        <translation>采用的答案数</translation>
    </message>
    <message>
        <source>How many of the best are added to the query.</source>
        <translation>把最好的多少个加到查询上。</translation>
    </message>
    <message>
        <source>k: about as many as a query has right answers, and more.</source>
        <translation>k：约等于一个查询的正确答案数或更多。</translation>
    </message>
    <message>
        <source>Averaged over</source>
        <translation>平均数量</translation>
    </message>
    <message>
        <source>So many nearest images share their neighbours; 1 is none.</source>
        <translation>与这么多个最近图像共享近邻；1 表示不共享。</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Of the neighbours; the rest is the score before.</source>
        <translation>近邻所占的权重；其余为之前的分数。</translation>
    </message>
    <message>
        <source>Best answers left out</source>
        <translation>略去的最佳答案</translation>
    </message>
    <message>
        <source>Background images</source>
        <translation>背景图像数</translation>
    </message>
    <message>
        <source>How many of the next answers the mean is taken of.</source>
        <translation>对其后多少个答案取平均。</translation>
    </message>
    <message>
        <source>Scalar quantised</source>
        <translation>标量量化</translation>
    </message>
    <message>
        <source>Dot product of vectors whose entries have a few bits: a quarter of the memory, hardly another ranking.</source>
        <translation>分量只有几位的向量的点积：内存为四分之一，排名几乎不变。</translation>
    </message>
    <message>
        <source>Product quantisation (PQ)</source>
        <translation>乘积量化（PQ）</translation>
    </message>
    <message>
        <source>A few dozen bytes a vector: for a hundred thousand images and more, or to see how little is enough.</source>
        <translation>每个向量几十字节：适合十万幅以上的图像，或看看多小就够用。</translation>
    </message>
    <message>
        <source>Inverted file (IVF-PQ)</source>
        <translation>倒排文件（IVF-PQ）</translation>
    </message>
    <message>
        <source>Small codes in lists of which few are searched: for a million images and more; misses some.</source>
        <translation>小编码存入列表，只搜索其中少数：适合百万幅以上；会漏掉一些。</translation>
    </message>
    <message>
        <source>Graph of neighbours (HNSW)</source>
        <translation>近邻图（HNSW）</translation>
    </message>
    <message>
        <source>Walks along links between near vectors: the fastest search, more memory than the vectors, slow to build.</source>
        <translation>沿相近向量间的连接行走：搜索最快，占内存比向量还多，建立较慢。</translation>
    </message>
    <message>
        <source>Binary codes</source>
        <translation>二值编码</translation>
    </message>
    <message>
        <source>Signs of random directions, compared bit by bit; the best again by their vectors.</source>
        <translation>随机方向的符号，逐位比较；最好的再用向量重算。</translation>
    </message>
    <message>
        <source>Centring</source>
        <translation>中心化</translation>
    </message>
    <message>
        <source>Subtracts the gallery&apos;s mean: what all images have in common says nothing. Unit length behind it, where cosines are compared.</source>
        <translation>减去图库的均值：所有图像共有的东西没有信息。比较余弦时其后接单位长度。</translation>
    </message>
    <message>
        <source>Unit length (L2)</source>
        <translation>单位长度（L2）</translation>
    </message>
    <message>
        <source>Divides each vector by its length, so that dot products are cosines. Last, behind every change of the vectors.</source>
        <translation>每个向量除以其长度，使点积成为余弦。放在最后，在对向量的所有改动之后。</translation>
    </message>
    <message>
        <source>Power law</source>
        <translation>幂律</translation>
    </message>
    <message>
        <source>Evens out large entries, of histograms and of aggregated keypoints above all.</source>
        <translation>压平大分量，尤其用于直方图和聚合的关键点。</translation>
    </message>
    <message>
        <source>PCA and whitening</source>
        <translation>PCA 与白化</translation>
    </message>
    <message>
        <source>Keeps the directions in which the gallery differs most: shorter vectors at little loss. Unit length behind it.</source>
        <translation>保留图库差异最大的方向：向量变短而损失很小。其后接单位长度。</translation>
    </message>
    <message>
        <source>Random projection</source>
        <translation>随机投影</translation>
    </message>
    <message>
        <source>Shorter vectors without looking at the gallery; needs more dimensions than PCA for the same accuracy.</source>
        <translation>不看图库就缩短向量；达到同样精度比 PCA 需要更多维。</translation>
    </message>
    <message>
        <source>Database augmentation</source>
        <translation>数据库增强</translation>
    </message>
    <message>
        <source>Mixes each image of the gallery with its nearest ones. Helps where a motif is there many times; blurs where every image is there once.</source>
        <translation>把图库中每幅图像与其最近的几幅混合。同一主题出现多次时有益；每幅只出现一次时会变模糊。</translation>
    </message>
    <message>
        <source>Score normalisation</source>
        <translation>分数归一化</translation>
    </message>
    <message>
        <source>Subtracts what the query&apos;s next answers have: scores of different queries become comparable, the order of each stays. Nearly always worth it where a threshold decides.</source>
        <translation>减去查询后续答案的平均分：不同查询的分数可以互相比较，各自的次序不变。用阈值判定时几乎总是值得。</translation>
    </message>
    <message>
        <source>Query expansion</source>
        <translation>查询扩展</translation>
    </message>
    <message>
        <source>Searches again with the mean of the query and its best answers. Helps where there are many right ones; hurts where there is one.</source>
        <translation>用查询与其最佳答案的平均再搜索一次。正确答案多时有益；只有一个时有害。</translation>
    </message>
    <message>
        <source>k-reciprocal neighbours</source>
        <translation>k 互近邻</translation>
    </message>
    <message>
        <source>Images are alike that have the same neighbours. Helps where there are many right answers; compares the whole gallery with itself when it is built.</source>
        <translation>近邻相同的图像相似。正确答案多时有益；建立时要把整个图库与自身比较。</translation>
    </message>
    <message>
        <source>Diffusion</source>
        <translation>扩散</translation>
    </message>
    <message>
        <source>Lets the score flow along the gallery&apos;s own neighbours: finds what looks different but is linked by others. Hurts where there is one right answer.</source>
        <translation>让分数沿图库自身的近邻流动：能找到看起来不同但经其他图像相连的图像。只有一个正确答案时有害。</translation>
    </message>
    <message>
        <source>what a transform learned is damaged</source>
        <translation>变换学得的数据已损坏</translation>
    </message>
    <message>
        <source>%1 is damaged (%2): build the index again, the images are not touched</source>
        <translation>%1 已损坏（%2）：请重新建立索引，图像不受影响</translation>
    </message>
    <message>
        <source>%1 holds no index: &quot;index build&quot; makes one</source>
        <translation>%1 中没有索引：用“index build”建立</translation>
    </message>
    <message>
        <source>%1 is an index of another version (%2, this program has %3): build it again</source>
        <translation>%1 是其他版本的索引（%2，本程序为 %3）：请重新建立</translation>
    </message>
    <message>
        <source>%1 is being written by another process</source>
        <translation>另一个进程正在写入 %1</translation>
    </message>
    <message>
        <source>Writing the index</source>
        <translation>正在写入索引</translation>
    </message>
    <message>
        <source>&quot;%1&quot; gives no vectors</source>
        <translation>“%1”不产生向量</translation>
    </message>
    <message>
        <source>Looking at the vectors</source>
        <translation>正在分析向量</translation>
    </message>
    <message>
        <source>several branches need a fusion, none is nothing</source>
        <translation>多个分支需要融合；没有分支则什么也做不了</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot stand here: a branch is an extractor, its transforms and an index; then come the fusion and the rankers</source>
        <translation>“%1”不能放在这里：一个分支依次是提取器、其变换和索引；之后是融合与重排</translation>
    </message>
    <message>
        <source>the branch of &quot;%1&quot; has no index</source>
        <translation>“%1”的分支没有索引</translation>
    </message>
    <message>
        <source>%1 is not named by the id of its recipe</source>
        <translation>%1 的文件名与其方案的标识不符</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no name for a recipe: it becomes the name of a file</source>
        <translation>“%1”不能作方案名称：它会成为文件名</translation>
    </message>
    <message>
        <source>&quot;%1&quot; comes with the program: choose another name</source>
        <translation>“%1”是程序自带的：请换一个名称</translation>
    </message>
    <message>
        <source>one image has nothing to compare with</source>
        <translation>只有一幅图像，没有可比较的</translation>
    </message>
    <message>
        <source>Comparing all images</source>
        <translation>正在比较全部图像</translation>
    </message>
    <message>
        <source>a precision needs the answers of at least ten queries</source>
        <translation>按精确率取阈值至少需要十个查询的答案</translation>
    </message>
    <message>
        <source>no score is expected to reach a precision of %1</source>
        <translation>没有任何得分可望达到精确率 %1</translation>
    </message>
    <message>
        <source>May be right, and so do not belong to the background of the gallery.</source>
        <translation>可能正确，因此不属于图库背景。</translation>
    </message>
    <message>
        <source>Background folder</source>
        <translation>背景文件夹</translation>
    </message>
    <message>
        <source>Images that no query shows, for recipes of one branch compared by dot products; empty takes the next answers of the gallery.</source>
        <translation>任何查询都不会显示的图像，用于以点积比较的单分支方案；留空则取图库中其后的答案。</translation>
    </message>
    <message>
        <source>%1 holds no images</source>
        <translation>%1 中没有图像</translation>
    </message>
    <message>
        <source>Extracting background features</source>
        <translation>正在提取背景特征</translation>
    </message>
    <message>
        <source>the background of &quot;%1&quot; needs scores that are dot products: one branch and no fusion</source>
        <translation>“%1”的背景要求得分为点积：只有一个分支且没有融合</translation>
    </message>
    <message>
        <source>optical flow cannot be used: %1</source>
        <translation>无法使用光流：%1</translation>
    </message>
    <message>
        <source>%1 holds other files (%2): choose a new or empty folder</source>
        <translation>%1 中有其他文件（%2）：请选择新的或空的文件夹</translation>
    </message>
    <message>
        <source>%1 is a folder: name a file</source>
        <translation>%1 是文件夹：请指定一个文件</translation>
    </message>
    <message>
        <source>%1 is there already: choose another name, or replace it with --force</source>
        <translation>%1 已经存在：请换一个名称，或用 --force 替换</translation>
    </message>
    <message>
        <source>%1 answers are wanted, but the index looks at %2 candidates only: build it with more candidates</source>
        <translation>需要 %1 个结果，但索引只查看 %2 个候选：请用更多候选重新建立索引</translation>
    </message>
    <message>
        <source>%1 queries with %2 answers each are too few, %3 are needed</source>
        <translation>只有 %1 个查询各有至少 %2 个答案，数量不足，需要 %3 个</translation>
    </message>
    <message>
        <source>the scores of unrelated images do not fall as those of a model do</source>
        <translation>无关图像的得分不符合模型的分布</translation>
    </message>
    <message>
        <source>the best answers do not stand out of unrelated images</source>
        <translation>最佳答案与无关图像没有拉开差距</translation>
    </message>
    <message>
        <source>no precision can be promised: %1</source>
        <translation>无法保证任何精确率：%1</translation>
    </message>
    <message>
        <source>the mirror %1 is not encrypted, and no whole SHA-256 of %2 is published: it has to be an https address</source>
        <translation>镜像 %1 未加密，而 %2 没有公布完整的 SHA-256：镜像须为 https 地址</translation>
    </message>
    <message>
        <source>no model is chosen: set the parameter &quot;model&quot; to one of %1</source>
        <translation>尚未选择模型：请将参数“model”设为以下之一：%1</translation>
    </message>
    <message>
        <source>its file %1 is not the one that was imported</source>
        <translation>其文件 %1 不是当初导入的那个</translation>
    </message>
    <message>
        <source>An installed model.</source>
        <translation>一个已安装的模型。</translation>
    </message>
    <message>
        <source>the JSON files beside it describe another network (%1): they are not used</source>
        <translation>旁边的 JSON 文件描述的是另一个网络（%1）：不予采用</translation>
    </message>
    <message>
        <source>The installed model to train on.</source>
        <translation>要继续训练的已安装模型。</translation>
    </message>
    <message>
        <source>%1 of %2 images are near copies of others: they count as one image, which is held out or trained on as a whole</source>
        <translation>%2 幅图像中有 %1 幅是其他图像的近似副本：它们算作同一幅图像，要么一并留出，要么一并用于训练</translation>
    </message>
    <message>
        <source>too few different images to hold some out: nothing measures the network, and its last weights are kept</source>
        <translation>不同的图像太少，无法留出：网络得不到测量，保留的是最后的权重</translation>
    </message>
    <message>
        <source>%1 steps teach a network from scratch next to nothing (%2 steps an epoch): choose more epochs, a smaller batch or an installed model</source>
        <translation>%1 步几乎教不会一个从头训练的网络（每轮 %2 步）：请增加轮数、减小批量，或选用已安装的模型</translation>
    </message>
    <message>
        <source>what was newer is kept as a run of its own: %1</source>
        <translation>较新的部分已另存为一次独立的训练：%1</translation>
    </message>
    <message>
        <source>the run has a newer checkpoint, of step %1: with --force it goes on from step %2, and what is newer is kept in a folder beside it</source>
        <translation>这次训练有更新的检查点（第 %1 步）：加上 --force 则从第 %2 步继续，较新的部分保留在旁边的文件夹中</translation>
    </message>
    <message>
        <source>%1 is not written, %2 of its rows would be wrong: %3</source>
        <translation>没有写入 %1：其中有 %2 处会出错：%3</translation>
    </message>
    <message>
        <source>%1 is an index, where %2 means nothing</source>
        <translation>%1 是索引，%2 对它没有意义</translation>
    </message>
    <message>
        <source>--set changes a recipe: give one by --recipe</source>
        <translation>--set 修改的是方案：请用 --recipe 给出方案</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not of the form match.key=value or key=value</source>
        <translation>“%1”不符合 match.key=value 或 key=value 的形式</translation>
    </message>
    <message>
        <source>The project&apos;s own benchmark: recipes and hashes under attack</source>
        <translation>本项目自带的基准：各方案，以及各种变换下的哈希</translation>
    </message>
    <message>
        <source>Workspace; the built-in sample without one</source>
        <translation>工作区；不给出时用内置示例</translation>
    </message>
    <message>
        <source>Three recipes and 40 images only</source>
        <translation>只用三个方案和 40 张图像</translation>
    </message>
    <message>
        <source>Of the attacks, 0 to 1</source>
        <translation>变换的强度，0 到 1</translation>
    </message>
    <message>
        <source>Most images to attack</source>
        <translation>最多对多少张图像做变换</translation>
    </message>
    <message>
        <source>Keypoint matching on image pairs with known homographies</source>
        <translation>在已知单应的图像对上测量关键点匹配</translation>
    </message>
    <message>
        <source>With pairs.csv (a,b,homography), or img1 ... img6 and H1to2p ...</source>
        <translation>含 pairs.csv（a,b,homography），或 img1 ... img6 与 H1to2p ... 的文件夹</translation>
    </message>
    <message>
        <source>These matchings only</source>
        <translation>只测量这些匹配方式</translation>
    </message>
    <message>
        <source>Also two estimators on the same SIFT matches</source>
        <translation>另在相同的 SIFT 匹配上比较两种估计方法</translation>
    </message>
    <message>
        <source>Indexes of many generated vectors: speed, size, recall</source>
        <translation>大量生成向量的索引：速度、大小与召回率</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Entries of each</source>
        <translation>每个向量的维数</translation>
    </message>
    <message>
        <source>Of the vectors</source>
        <translation>生成向量用的种子</translation>
    </message>
    <message>
        <source>Also a graph (HNSW), which takes minutes to build</source>
        <translation>也测量图索引（HNSW），构建需要几分钟</translation>
    </message>
    <message>
        <source>Folder for rows.f32 and queries.f32, which a peer may read</source>
        <translation>写入 rows.f32 与 queries.f32 的文件夹，可供其他程序读取</translation>
    </message>
    <message>
        <source>How small a recipe&apos;s vectors can become: PCA, whitening, PQ</source>
        <translation>一个方案的向量能变得多小：PCA、白化、PQ</translation>
    </message>
    <message>
        <source>Folder with dataset/ and query/, or any folder</source>
        <translation>含 dataset/ 与 query/ 的文件夹，或任意文件夹</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>用法</translation>
    </message>
    <message>
        <source>Positionals</source>
        <translation>位置参数</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Subcommands</source>
        <translation>子命令</translation>
    </message>
    <message>
        <source>OPTIONS</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>SUBCOMMAND</source>
        <translation>子命令</translation>
    </message>
    <message>
        <source>REQUIRED</source>
        <translation>必需</translation>
    </message>
    <message>
        <source>Finds which picture in a collection is this one, or a copy of it.</source>
        <translation>找出图库中哪张图片就是这一张，或是它的副本。</translation>
    </message>
    <message>
        <source>Print this help and exit</source>
        <translation>显示此帮助并退出</translation>
    </message>
    <message>
        <source>Print the version and exit</source>
        <translation>显示版本并退出</translation>
    </message>
    <message>
        <source>the same bytes</source>
        <translation>字节完全相同</translation>
    </message>
    <message>
        <source>alike</source>
        <translation>相似</translation>
    </message>
    <message>
        <source>%1 images, %2 groups</source>
        <translation>%1 张图像，%2 组</translation>
    </message>
    <message>
        <source>Groups of images that are the same or copies of each other</source>
        <translation>相同或互为副本的图像分组</translation>
    </message>
    <message>
        <source>Folders of images, or one folder of an index on disk</source>
        <translation>图像文件夹，或一个磁盘索引的文件夹</translation>
    </message>
    <message>
        <source>CSV file: group,file,score,identical</source>
        <translation>CSV 文件：group,file,score,identical</translation>
    </message>
    <message>
        <source>Score from which two images belong together, instead of one by --chance</source>
        <translation>两张图像归为一组所需的分数，代替由 --chance 得出的分数</translation>
    </message>
    <message>
        <source>Pairs of unrelated images, in the whole collection, that may be taken for copies</source>
        <translation>整个图库中允许被误当成副本的无关图像对数</translation>
    </message>
    <message>
        <source>Nearest images of each that are looked at</source>
        <translation>每张图像查看多少个最近的图像</translation>
    </message>
    <message>
        <source>%1: %2 rows, %3 answered, %4 problems</source>
        <translation>%1：%2 行，%3 个有答案，%4 个问题</translation>
    </message>
    <message>
        <source>Measure recipes or submissions against the ground truth, check submissions without one</source>
        <translation>按标准答案测量方案或提交文件；没有标准答案时检查提交文件</translation>
    </message>
    <message>
        <source>Folder with dataset/, query/ and, for recipes, ground_truth.csv</source>
        <translation>含 dataset/、query/ 的文件夹；测量方案还需 ground_truth.csv</translation>
    </message>
    <message>
        <source>Recipe id or JSON file, may be repeated; best where nothing is named</source>
        <translation>方案的名称或 JSON 文件，可重复；都不给出时用 best</translation>
    </message>
    <message>
        <source>Submission file, may be repeated; only checked where there is no ground truth</source>
        <translation>提交文件，可重复；没有标准答案时只作检查</translation>
    </message>
    <message>
        <source>stage.key=value for every recipe, may be repeated</source>
        <translation>对每个方案的 stage.key=value，可重复</translation>
    </message>
    <message>
        <source>Ground truth instead of the workspace&apos;s own</source>
        <translation>代替工作区自带标准答案的文件</translation>
    </message>
    <message>
        <source>%1: %2 added, %3 changed, %4 removed, %5 kept in %6 s, %7 s of them extraction</source>
        <translation>%1：新增 %2，改动 %3，删除 %4，保留 %5，用时 %6 秒，其中提取 %7 秒</translation>
    </message>
    <message>
        <source>%1: %2 images of %3 by the recipe %4, %5 vectors of %6 entries, %7 MB</source>
        <translation>%1：%3 中的 %2 张图像，方案 %4，%5 个 %6 维向量，%7 MB</translation>
    </message>
    <message>
        <source>effort %1, finds %2 of the ten nearest</source>
        <translation>搜索力度 %1，能找到最近十个中的 %2</translation>
    </message>
    <message>
        <source>%1: every file is as it was written</source>
        <translation>%1：所有文件都与写入时一致</translation>
    </message>
    <message>
        <source>A persistent index of a folder of images</source>
        <translation>一个图像文件夹的磁盘索引</translation>
    </message>
    <message>
        <source>Index all images under a folder</source>
        <translation>为文件夹下的所有图像建立索引</translation>
    </message>
    <message>
        <source>Folder of images</source>
        <translation>图像文件夹</translation>
    </message>
    <message>
        <source>Folder of the index</source>
        <translation>索引的文件夹</translation>
    </message>
    <message>
        <source>Take in what came, changed or went</source>
        <translation>收入新增、更改和消失的图片</translation>
    </message>
    <message>
        <source>What an index holds</source>
        <translation>索引的内容</translation>
    </message>
    <message>
        <source>Compare every file of an index with its check sum</source>
        <translation>按校验和检查索引的每个文件</translation>
    </message>
    <message>
        <source>Search an index</source>
        <translation>搜索索引</translation>
    </message>
    <message>
        <source>An image file; may be repeated</source>
        <translation>图像文件，可重复</translation>
    </message>
    <message>
        <source>Only images whose names begin with this, such as holidays/2019/</source>
        <translation>只搜索名称以此开头的图像，如 holidays/2019/</translation>
    </message>
    <message>
        <source>Answers a query</source>
        <translation>每个查询给出的答案数</translation>
    </message>
    <message>
        <source>Which of some words describes each image (CLIP-like models)</source>
        <translation>哪个词语最能描述每张图像（CLIP 类模型）</translation>
    </message>
    <message>
        <source>Workspace or folder of images</source>
        <translation>工作区或图像文件夹</translation>
    </message>
    <message>
        <source>Words between commas: &quot;cat, dog, street at night&quot;</source>
        <translation>以逗号分隔的词语：“猫, 狗, 夜晚的街道”</translation>
    </message>
    <message>
        <source>A file with a word a line</source>
        <translation>每行一个词语的文件</translation>
    </message>
    <message>
        <source>Sentence around a word, %1 being its place</source>
        <translation>围绕词语的句子，%1 为词语的位置</translation>
    </message>
    <message>
        <source>CSV file to write: image, label, probabilities</source>
        <translation>要写的 CSV 文件：图像、标签、概率</translation>
    </message>
    <message>
        <source>%1 and %2 keypoints (%3), %4 matches, %5 inliers, %6 ms</source>
        <translation>%1 与 %2 个关键点（%3），%4 个匹配，%5 个内点，%6 毫秒</translation>
    </message>
    <message>
        <source>no geometric support: %1</source>
        <translation>没有几何支持：%1</translation>
    </message>
    <message>
        <source>mean corner error %1 px</source>
        <translation>平均角点误差 %1 像素</translation>
    </message>
    <message>
        <source>Match two images by keypoints and a homography</source>
        <translation>以关键点和单应匹配两张图像</translation>
    </message>
    <message>
        <source>Image A</source>
        <translation>图像 A</translation>
    </message>
    <message>
        <source>Image B</source>
        <translation>图像 B</translation>
    </message>
    <message>
        <source>fast (ORB), default (RootSIFT) or accurate (with affine simulation and alignment)</source>
        <translation>fast（ORB）、default（RootSIFT）或 accurate（含仿射模拟与对齐）</translation>
    </message>
    <message>
        <source>match.key=value or key=value, may be repeated</source>
        <translation>match.key=value 或 key=value，可重复</translation>
    </message>
    <message>
        <source>File with the true matrix from A to B, to measure against</source>
        <translation>含 A 到 B 真实矩阵的文件，用于对照</translation>
    </message>
    <message>
        <source>Draws the matches into FILE.png or FILE.svg</source>
        <translation>把匹配画成 FILE.png 或 FILE.svg</translation>
    </message>
    <message>
        <source>Every stage with its parameters</source>
        <translation>所有环节及其参数</translation>
    </message>
    <message>
        <source>Print the help page</source>
        <translation>输出帮助页</translation>
    </message>
    <message>
        <source>The recipes that come with the program</source>
        <translation>随程序提供的方案</translation>
    </message>
    <message>
        <source>no model is installed; &quot;models import FILE&quot; installs one in %1</source>
        <translation>尚未安装模型；“models import 文件”会把模型装到 %1</translation>
    </message>
    <message>
        <source>%1: weights and answers are those of the import</source>
        <translation>%1：权重与输出同导入时一致</translation>
    </message>
    <message>
        <source>%1: cosine %2</source>
        <translation>%1：余弦 %2</translation>
    </message>
    <message>
        <source>Download a model of the catalogue and install it</source>
        <translation>下载并安装目录中的模型</translation>
    </message>
    <message>
        <source>Id of the model: see &quot;models list --available&quot;</source>
        <translation>模型名称：见“models list --available”</translation>
    </message>
    <message>
        <source>Address that takes the place of the server&apos;s, https://mirror.example; also $LIKENESS_MIRROR</source>
        <translation>代替服务器地址的镜像，如 https://mirror.example；也可用 $LIKENESS_MIRROR</translation>
    </message>
    <message>
        <source>http://host:port, socks5://host:port or none; the system&apos;s otherwise</source>
        <translation>http://主机:端口、socks5://主机:端口 或 none；不给出时用系统代理</translation>
    </message>
    <message>
        <source>Give a model the vocabulary that its texts need</source>
        <translation>为模型添加处理文字所需的词表</translation>
    </message>
    <message>
        <source>Id of the model</source>
        <translation>模型名称</translation>
    </message>
    <message>
        <source>vocab.json and merges.txt, tokenizer.json, vocab.txt, bpe_simple_vocab_16e6.txt.gz, or a folder</source>
        <translation>vocab.json 与 merges.txt、tokenizer.json、vocab.txt、bpe_simple_vocab_16e6.txt.gz，或一个文件夹</translation>
    </message>
    <message>
        <source>File of weights or folder</source>
        <translation>权重文件或文件夹</translation>
    </message>
    <message>
        <source>Name to install it under; from the file&apos;s name otherwise</source>
        <translation>安装后的名称；不给出时取自文件名</translation>
    </message>
    <message>
        <source>For CLIP files that do not say it</source>
        <translation>用于没有注明激活函数的 CLIP 文件</translation>
    </message>
    <message>
        <source>Attention heads, where they are not 64 wide</source>
        <translation>注意力头数，用于头宽不是 64 的模型</translation>
    </message>
    <message>
        <source>Vocabulary files that do not lie beside the weights</source>
        <translation>不在权重旁边的词表文件</translation>
    </message>
    <message>
        <source>Run a TorchScript file of unknown architecture. It is a program: only from people whom you trust</source>
        <translation>运行结构未知的 TorchScript 文件。它是程序：只运行来自可信之人的文件</translation>
    </message>
    <message>
        <source>The installed models</source>
        <translation>已安装的模型</translation>
    </message>
    <message>
        <source>Those that can be fetched instead</source>
        <translation>改为列出可下载的模型</translation>
    </message>
    <message>
        <source>All that is known of a model</source>
        <translation>一个模型的全部信息</translation>
    </message>
    <message>
        <source>Compare weights and answers with those at import</source>
        <translation>与导入时的权重和输出对照</translation>
    </message>
    <message>
        <source>Remove an installed model</source>
        <translation>删除已安装的模型</translation>
    </message>
    <message>
        <source>Speed of every installed model, and its accuracy in a workspace</source>
        <translation>每个已安装模型的速度，及其在工作区上的精度</translation>
    </message>
    <message>
        <source>Workspace with a ground truth; speed alone without</source>
        <translation>含标准答案的工作区；不给出时只测速度</translation>
    </message>
    <message>
        <source>What a model finds alike in two pictures, as a heat map on both</source>
        <translation>模型认为两张图片相似之处，以热力图画在两张图上</translation>
    </message>
    <message>
        <source>One picture</source>
        <translation>一张图片</translation>
    </message>
    <message>
        <source>Another one</source>
        <translation>另一张图片</translation>
    </message>
    <message>
        <source>PNG file to write</source>
        <translation>要写的 PNG 文件</translation>
    </message>
    <message>
        <source>Networks: list, show, fetch, import, vocabulary, compare, look, verify, remove</source>
        <translation>网络：list、show、fetch、import、vocabulary、compare、look、verify、remove</translation>
    </message>
    <message>
        <source>Print one JSON document to stdout and nothing else</source>
        <translation>只向标准输出打印一个 JSON 文档</translation>
    </message>
    <message>
        <source>Worker threads; 0 takes every core</source>
        <translation>工作线程数；0 表示使用全部核心</translation>
    </message>
    <message>
        <source>What networks run on: cpu, cuda where LibTorch has it, reference (LibTorch&apos;s own convolutions)</source>
        <translation>网络在哪里运行：cpu、cuda（LibTorch 支持时）、reference（LibTorch 自带的卷积）</translation>
    </message>
    <message>
        <source>Folder of the feature cache instead of the user&apos;s cache folder</source>
        <translation>代替用户缓存文件夹的特征缓存文件夹</translation>
    </message>
    <message>
        <source>Neither read nor write the feature cache</source>
        <translation>既不读也不写特征缓存</translation>
    </message>
    <message>
        <source>Recipe id or JSON file</source>
        <translation>方案的名称或 JSON 文件</translation>
    </message>
    <message>
        <source>stage.key=value of the recipe, may be repeated</source>
        <translation>方案的 stage.key=value，可重复</translation>
    </message>
    <message>
        <source>Replace the file of --out where it is there already</source>
        <translation>若 --out 的文件已存在，则替换它</translation>
    </message>
    <message>
        <source>Write the built-in sample workspace</source>
        <translation>写出内置示例工作区</translation>
    </message>
    <message>
        <source>New or empty folder</source>
        <translation>新的或空的文件夹</translation>
    </message>
    <message>
        <source>Another seed draws other scenes</source>
        <translation>不同的种子画出不同的场景</translation>
    </message>
    <message>
        <source>Gallery images</source>
        <translation>图库图像数</translation>
    </message>
    <message>
        <source>Queries with a source</source>
        <translation>有来源的查询数</translation>
    </message>
    <message>
        <source>Queries without a source</source>
        <translation>没有来源的查询数</translation>
    </message>
    <message>
        <source>Small square pictures of so many pixels, drawn quickly, for large collections; 0: 480 x 360</source>
        <translation>以此像素数为边长、快速绘制的小方图，用于大图库；0：480 x 360</translation>
    </message>
    <message>
        <source>%1: %2 gallery images, %3 queries, %4 of them with a source</source>
        <translation>%1：%2 张图库图像，%3 个查询，其中 %4 个有来源</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>  no answer</source>
        <translation>  没有答案</translation>
    </message>
    <message>
        <source>%1: %2 queries, %3 answered, %4 without an answer</source>
        <translation>%1：%2 个查询，%3 个有答案，%4 个没有答案</translation>
    </message>
    <message>
        <source>precision expected: at least %1, by the ground truth</source>
        <translation>预期精确率：至少 %1（按标准答案）</translation>
    </message>
    <message>
        <source>precision expected: at least %1, by the scores of unrelated images</source>
        <translation>预期精确率：至少 %1（按无关图像的得分）</translation>
    </message>
    <message>
        <source>%1 images, %2 failed</source>
        <translation>%1 张图像，%2 张失败</translation>
    </message>
    <message>
        <source>Fill the cache with the features of a workspace</source>
        <translation>用工作区的特征填充缓存</translation>
    </message>
    <message>
        <source>Rank the gallery for every query</source>
        <translation>为每个查询对图库排序</translation>
    </message>
    <message>
        <source>Only this query: a name in query/ or any image file; may be repeated</source>
        <translation>只搜索此查询：query/ 中的名称或任意图像文件；可重复</translation>
    </message>
    <message>
        <source>What to look for in words, with a CLIP model; added to --query and other texts</source>
        <translation>用文字描述要找的内容（需 CLIP 模型）；与 --query 及其他文字相加</translation>
    </message>
    <message>
        <source>Of each --query and then each --text of one query; negative takes away</source>
        <translation>同一查询中各 --query 以及随后各 --text 的权重；负值表示减去</translation>
    </message>
    <message>
        <source>Write a submission (source,query) for every query</source>
        <translation>为每个查询写出提交文件（source,query）</translation>
    </message>
    <message>
        <source>CSV file to write</source>
        <translation>要写的 CSV 文件</translation>
    </message>
    <message>
        <source>Leave the source empty below this score</source>
        <translation>低于此分数时来源留空</translation>
    </message>
    <message>
        <source>Leave the source empty below the score from which at least so many answers are expected to be right: by the ground truth where there is one, else by the scores of unrelated images; refused where neither can promise it</source>
        <translation>低于预期至少达到此正确率的得分时来源留空：有标准答案时按标准答案，否则按无关图像的得分；两者都无法保证时拒绝</translation>
    </message>
    <message>
        <source>Train a network on images, or on rendered scenes</source>
        <translation>用图像或渲染场景训练网络</translation>
    </message>
    <message>
        <source>Folders of images; of a workspace its gallery</source>
        <translation>图像文件夹；工作区则取其图库</translation>
    </message>
    <message>
        <source>So many rendered scenes an epoch instead of images</source>
        <translation>每轮用这么多渲染场景代替图像</translation>
    </message>
    <message>
        <source>nt-xent (the default), siamese, contrastive, triplet, simcse, supcon</source>
        <translation>nt-xent（默认）、siamese、contrastive、triplet、simcse、supcon</translation>
    </message>
    <message>
        <source>Preset of the augmentations: copy (the default), simclr, mild, none</source>
        <translation>增强的预设：copy（默认）、simclr、mild、none</translation>
    </message>
    <message>
        <source>network.key=value, train.key=value, augment.key=value or objective.key=value, may be repeated</source>
        <translation>network.key=value、train.key=value、augment.key=value 或 objective.key=value，可重复</translation>
    </message>
    <message>
        <source>The same as --set train.epochs=N</source>
        <translation>等同于 --set train.epochs=N</translation>
    </message>
    <message>
        <source>Folder of the run: model.safetensors, model.json, history.csv, checkpoint/</source>
        <translation>本次训练的文件夹：model.safetensors、model.json、history.csv、checkpoint/</translation>
    </message>
    <message>
        <source>Go on with the run in --out from its newest checkpoint</source>
        <translation>从 --out 中训练的最新检查点继续</translation>
    </message>
    <message>
        <source>With --resume: the step of an older checkpoint</source>
        <translation>与 --resume 合用：较早检查点的步数</translation>
    </message>
    <message>
        <source>With --from: leave the newer checkpoints; they are kept in a folder beside --out</source>
        <translation>与 --from 合用：舍弃较新的检查点；它们保存在 --out 旁的文件夹中</translation>
    </message>
    <message>
        <source>the images, or how an earlier version split them, are not those that the run began with (%1 to train on then, %2 now): train anew</source>
        <translation>图像（或早期版本对它们的划分）与训练开始时不同（当时 %1 张用于训练，现在 %2 张）：请重新训练</translation>
    </message>
    <message>
        <source>%1 means something with %2 only</source>
        <translation>%1 只有与 %2 一起才有意义</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be the name of a model: it has at most 100 letters without slashes, quotes and $, no dot in front and no space at its ends</source>
        <translation>“%1”不能作为模型名称：最多 100 个字符，不含斜杠、引号和 $，开头不能是点，首尾不能是空格</translation>
    </message>
    <message>
        <source>there is a model &quot;%1&quot; already: choose another name</source>
        <translation>已有模型“%1”：请换一个名称</translation>
    </message>
    <message>
        <source>a command is missing</source>
        <translation>缺少命令</translation>
    </message>
    <message>
        <source>%1 is missing</source>
        <translation>缺少 %1</translation>
    </message>
    <message>
        <source>not expected here: %1</source>
        <translation>此处不应出现：%1</translation>
    </message>
    <message>
        <source>%1 cannot be %2</source>
        <translation>%1 不能是 %2</translation>
    </message>
    <message>
        <source>%1 cannot be %2: it lies between %3 and %4</source>
        <translation>%1 不能是 %2：须介于 %3 与 %4 之间</translation>
    </message>
    <message>
        <source>%1 cannot be %2: it is one of %3</source>
        <translation>%1 不能是 %2：须为 %3 之一</translation>
    </message>
    <message>
        <source>%1 cannot be %2: it is larger than 0</source>
        <translation>%1 不能是 %2：须大于 0</translation>
    </message>
    <message>
        <source>%1 needs a value</source>
        <translation>%1 需要一个值</translation>
    </message>
    <message>
        <source>%1 and %2 exclude each other</source>
        <translation>%1 与 %2 不能同时使用</translation>
    </message>
    <message>
        <source>--help says how it is used</source>
        <translation>用法见 --help</translation>
    </message>
    <message>
        <source>a resumed run goes on with the images that it began with</source>
        <translation>继续的训练使用它开始时的图像</translation>
    </message>
    <message>
        <source>Looking for near copies</source>
        <translation>正在查找近似副本</translation>
    </message>
    <message>
        <source>it is too short</source>
        <translation>文件过短</translation>
    </message>
    <message>
        <source>its numbers and files do not fit together</source>
        <translation>其中的数目与文件不相符</translation>
    </message>
    <message>
        <source>%1 of %2 bytes</source>
        <translation>只有 %1 字节，应为 %2 字节</translation>
    </message>
    <message>
        <source>its bytes are not those that were written</source>
        <translation>内容与写入时不同</translation>
    </message>
    <message>
        <source>no model is chosen: these understand texts: %1</source>
        <translation>未选择模型：以下模型能理解文字：%1</translation>
    </message>
    <message>
        <source>no file of &quot;%1&quot;</source>
        <translation>缺少“%1”的文件</translation>
    </message>
    <message>
        <source>Recall at 100 % precision, %1 images, attacks of strength %2</source>
        <translation>精确率为 100 % 时的召回率，%1 张图像，攻击强度 %2</translation>
    </message>
    <message>
        <source>%1 vectors of %2 entries, %3 queries, %4 threads; memory is read at %5 GB/s, peak %6 GB</source>
        <translation>%1 个 %2 维向量，%3 个查询，%4 个线程；内存读取速度 %5 GB/s，峰值 %6 GB</translation>
    </message>
    <message>
        <source>%1 vectors of %2 entries</source>
        <translation>%1 个 %2 维向量</translation>
    </message>
    <message>
        <source>%1 directions hold %2 of the variance</source>
        <translation>前 %1 个方向包含 %2 的方差</translation>
    </message>
    <message>
        <source>mean distance as it is: %1 to the source, %2 of two images; whitened to %3: %4, %5</source>
        <translation>原始平均距离：到来源 %1，任意两图 %2；白化到 %3 维后：%4、%5</translation>
    </message>
    <message>
        <source>Installed model that understands texts; without it their names are said</source>
        <translation>能理解文字的已安装模型；不给出时列出它们的名称</translation>
    </message>
    <message>
        <source>file: %1, %2, %3</source>
        <translation>文件：%1，%2，%3</translation>
    </message>
    <message>
        <source>names of: %1</source>
        <translation>张量命名：%1</translation>
    </message>
    <message>
        <source>dimension: %1, also of texts</source>
        <translation>维度：%1，文字亦同</translation>
    </message>
    <message>
        <source>dimension: %1</source>
        <translation>维度：%1</translation>
    </message>
    <message>
        <source>preparation: %1</source>
        <translation>预处理：%1</translation>
    </message>
    <message>
        <source>speed: %1 ms an image on one thread</source>
        <translation>速度：单线程每张图像 %1 毫秒</translation>
    </message>
    <message>
        <source>note: %1</source>
        <translation>说明：%1</translation>
    </message>
    <message>
        <source>%1 unused tensors: %2</source>
        <translation>%1 个未使用的张量：%2</translation>
    </message>
    <message>
        <source>image and text</source>
        <translation>图像与文字</translation>
    </message>
    <message>
        <source>image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>it hides an older import of yours: &quot;models remove %1&quot; removes that</source>
        <translation>它遮住了您以前导入的同名模型：“models remove %1”可将其删除</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>已安装</translation>
    </message>
    <message>
        <source>step %1  epoch %2  loss %3  rate %4  deviation %5  %6 views/s</source>
        <translation>第 %1 步  轮次 %2  损失 %3  学习率 %4  偏差 %5  每秒 %6 个视图</translation>
    </message>
    <message>
        <source>held out: loss %1  recall@1 %2  uAP %3  uniformity %4  pairs %5</source>
        <translation>留出图像：损失 %1  recall@1 %2  uAP %3  均匀性 %4  配对 %5</translation>
    </message>
    <message>
        <source>held out: loss %1  recall@1 %2  uAP %3  uniformity %4</source>
        <translation>留出图像：损失 %1  recall@1 %2  uAP %3  均匀性 %4</translation>
    </message>
    <message>
        <source>%1: step %2, loss %3</source>
        <translation>%1：第 %2 步，损失 %3</translation>
    </message>
    <message>
        <source>%1: step %2, loss %3, recall@1 %4 and uAP %5 of copies of held-out images (step %6)</source>
        <translation>%1：第 %2 步，损失 %3，留出图像副本的 recall@1 为 %4、uAP 为 %5（第 %6 步）</translation>
    </message>
    <message>
        <source>%1 images to train on, %2 held out; %3 steps of %4 an epoch; %5 million weights; %6, %7, %8 threads</source>
        <translation>%1 张图像用于训练，%2 张留出；共 %3 步，每轮 %4 步；%5 百万个权重；%6，%7，%8 个线程</translation>
    </message>
    <message>
        <source>step %1: %2</source>
        <translation>第 %1 步：%2</translation>
    </message>
    <message>
        <source>its numbers do not fit together</source>
        <translation>其中的数字不一致</translation>
    </message>
    <message>
        <source>%1 holds %2 codes of %3 vectors: build the index again</source>
        <translation>%1 含 %2 个编码，对应 %3 个向量：请重新建立索引</translation>
    </message>
    <message>
        <source>%1 images in place of %2</source>
        <translation>%1 张图片，应为 %2 张</translation>
    </message>
    <message>
        <source>%1 was made with other weights or by another version of a stage: build the index again</source>
        <translation>%1 使用了不同的权重，或由另一版本的步骤生成：请重新建立索引</translation>
    </message>
    <message>
        <source>Folder with dataset/ and query/, any folder of images, or an index</source>
        <translation>含 dataset/ 和 query/ 的文件夹、任意图片文件夹，或一个索引</translation>
    </message>
    <message>
        <source>it holds no graph</source>
        <translation>其中没有计算图</translation>
    </message>
    <message>
        <source>it does not say which operators it means (opset)</source>
        <translation>未说明所用算子的版本（opset）</translation>
    </message>
    <message>
        <source>it is damaged, or no ONNX file</source>
        <translation>文件已损坏，或不是 ONNX 文件</translation>
    </message>
    <message>
        <source>its description takes more than 1 GB</source>
        <translation>其结构描述超过 1 GB</translation>
    </message>
    <message>
        <source>it holds sparse tensors, which are not read</source>
        <translation>其中有稀疏张量，不支持读取</translation>
    </message>
    <message>
        <source>the value &quot;%1&quot; is given twice</source>
        <translation>值“%1”被给出了两次</translation>
    </message>
    <message>
        <source>%1 takes the value &quot;%2&quot;, which nothing before it gives</source>
        <translation>%1 要用到值“%2”，但在它之前没有节点给出该值</translation>
    </message>
    <message>
        <source>nothing gives its output &quot;%1&quot;</source>
        <translation>没有节点给出其输出“%1”</translation>
    </message>
    <message>
        <source>it has no output</source>
        <translation>它没有输出</translation>
    </message>
    <message>
        <source>its input &quot;%1&quot; is no tensor</source>
        <translation>其输入“%1”不是张量</translation>
    </message>
    <message>
        <source>%1 belongs to &quot;%2&quot;, not to the operators of ONNX</source>
        <translation>%1 属于“%2”，不是 ONNX 的算子</translation>
    </message>
    <message>
        <source>%1 runs a graph of its own, which is not done here</source>
        <translation>%1 要运行自带的子图，这里不支持</translation>
    </message>
    <message>
        <source>the attribute &quot;%1&quot; of %2 is of a kind that is not read</source>
        <translation>%2 的属性“%1”属于不支持读取的类型</translation>
    </message>
    <message>
        <source>the tensor &quot;%1&quot; has a type that is not read</source>
        <translation>张量“%1”的数值类型不支持读取</translation>
    </message>
    <message>
        <source>the tensor &quot;%1&quot; has an impossible shape</source>
        <translation>张量“%1”的形状不可能存在</translation>
    </message>
    <message>
        <source>the tensor &quot;%1&quot; has %2 bytes where its shape needs %3</source>
        <translation>张量“%1”有 %2 字节，而其形状需要 %3 字节</translation>
    </message>
    <message>
        <source>the numbers of &quot;%1&quot; are said to lie in &quot;%2&quot;, outside of its folder</source>
        <translation>“%1”的数值据称位于“%2”，在文件所在文件夹之外</translation>
    </message>
    <message>
        <source>the numbers of &quot;%1&quot; lie beyond the end of &quot;%2&quot;</source>
        <translation>“%1”的数值超出了“%2”的末尾</translation>
    </message>
    <message>
        <source>the place of the numbers of &quot;%1&quot; is no number: &quot;%2&quot;</source>
        <translation>“%1”的数值位置不是数字：“%2”</translation>
    </message>
    <message>
        <source>it takes %1 values, where a network of images takes one</source>
        <translation>它需要 %1 个输入，而图像网络只有一个</translation>
    </message>
    <message>
        <source>it takes numbers of type %1, which are no images</source>
        <translation>它的输入类型为 %1，不是图像</translation>
    </message>
    <message>
        <source>its input has %1 axes; images have four</source>
        <translation>其输入有 %1 个维度，而图像有四个</translation>
    </message>
    <message>
        <source>it has more results than it can have</source>
        <translation>其结果比它能有的更多</translation>
    </message>
    <message>
        <source>it is a network in training</source>
        <translation>这是训练状态下的网络</translation>
    </message>
    <message>
        <source>its constants take more than %1 MB</source>
        <translation>其常量超过 %1 MB</translation>
    </message>
    <message>
        <source>its value has no places</source>
        <translation>其输入没有空间维度</translation>
    </message>
    <message>
        <source>its kernel, strides, dilations and pads do not fit each other</source>
        <translation>其卷积核、步幅、扩张与填充互不相符</translation>
    </message>
    <message>
        <source>its weights have other axes than the value</source>
        <translation>其权重与输入的维度数不同</translation>
    </message>
    <message>
        <source>its groups do not fit the channels</source>
        <translation>其分组与通道数不符</translation>
    </message>
    <message>
        <source>it looks at more channels than there are</source>
        <translation>它要查看的通道多于实有的通道</translation>
    </message>
    <message>
        <source>numbers of type %1 are not calculated with</source>
        <translation>不支持类型为 %1 的数值运算</translation>
    </message>
    <message>
        <source>its input %1 is missing</source>
        <translation>缺少第 %1 个输入</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>a value would be larger than anything that is calculated here</source>
        <translation>某个值将超出这里所能计算的大小</translation>
    </message>
    <message>
        <source>its blocks do not fit the value</source>
        <translation>其分块与输入不符</translation>
    </message>
    <message>
        <source>its scales do not fit the value</source>
        <translation>其缩放系数与输入不符</translation>
    </message>
    <message>
        <source>whole numbers of this type are not made</source>
        <translation>不支持生成这种类型的整数</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not known</source>
        <translation>不认识“%1”</translation>
    </message>
    <message>
        <source>its sizes do not fit the axes</source>
        <translation>其尺寸与维度不符</translation>
    </message>
    <message>
        <source>the operator %1 (node &quot;%2&quot;) is not known here</source>
        <translation>这里不认识算子 %1（节点“%2”）</translation>
    </message>
    <message>
        <source>it takes %1 values, not %2</source>
        <translation>它需要 %1 个输入，而不是 %2 个</translation>
    </message>
    <message>
        <source>its input &quot;%1&quot; takes another type or size</source>
        <translation>其输入“%1”需要另一种类型或尺寸</translation>
    </message>
    <message>
        <source>its places have more axes than the value</source>
        <translation>其位置的维度多于输入</translation>
    </message>
    <message>
        <source>its amounts do not fit the axes</source>
        <translation>其数量与维度不符</translation>
    </message>
    <message>
        <source>there is nothing that can be repeated</source>
        <translation>没有可供重复的内容</translation>
    </message>
    <message>
        <source>its boxes and scores do not fit each other</source>
        <translation>其框与得分互不相符</translation>
    </message>
    <message>
        <source>its axis is not there</source>
        <translation>其指定的维度不存在</translation>
    </message>
    <message>
        <source>the axis that goes has more than one place</source>
        <translation>要去掉的维度长度不为 1</translation>
    </message>
    <message>
        <source>it has no outputs</source>
        <translation>它没有输出项</translation>
    </message>
    <message>
        <source>its starts, ends, axes and steps do not fit each other</source>
        <translation>其起点、终点、维度与步长互不相符</translation>
    </message>
    <message>
        <source>it holds no numbers</source>
        <translation>其中没有数值</translation>
    </message>
    <message>
        <source>its steps never arrive</source>
        <translation>其步长永远到不了终点</translation>
    </message>
    <message>
        <source>its blocks do not fit the channels</source>
        <translation>其分块与通道数不符</translation>
    </message>
    <message>
        <source>its blocks do not fit the places</source>
        <translation>其分块与空间尺寸不符</translation>
    </message>
    <message>
        <source>Which file of weights in a wheel or zip archive that has several</source>
        <translation>wheel 或 zip 压缩包中有多个权重文件时取哪一个</translation>
    </message>
    <message>
        <source>Install a file of weights: safetensors, .pth, TorchScript, ONNX, a folder of Hugging Face, a wheel or zip archive</source>
        <translation>安装权重文件：safetensors、.pth、TorchScript、ONNX、Hugging Face 文件夹、wheel 或 zip 压缩包</translation>
    </message>
    <message>
        <source>there is no file of weights in the archive %1</source>
        <translation>压缩包 %1 中没有权重文件</translation>
    </message>
    <message>
        <source>%1 holds several files of weights: %2. Say which one with --entry</source>
        <translation>%1 中有多个权重文件：%2。请用 --entry 指明</translation>
    </message>
    <message>
        <source>%1 holds no weights &quot;%2&quot;; the nearest is &quot;%3&quot;</source>
        <translation>%1 中没有权重“%2”；最接近的是“%3”</translation>
    </message>
    <message>
        <source>the entry %1 is damaged</source>
        <translation>条目 %1 已损坏</translation>
    </message>
    <message>
        <source>the entry %1 is encrypted, or compressed in a way that is not read here</source>
        <translation>条目 %1 已加密，或其压缩方式不受支持</translation>
    </message>
    <message>
        <source>ConvNeXt</source>
        <translation>ConvNeXt</translation>
    </message>
    <message>
        <source>As ResNet, with the training of a vision transformer: finer classes of things, larger changes of colour and size.</source>
        <translation>同 ResNet，但按视觉 Transformer 的方式训练：区分更细的类别，耐受更大的颜色与尺寸变化。</translation>
    </message>
    <message>
        <source>Turned pictures, mirror images, small copies inside a large picture.</source>
        <translation>旋转的图、镜像、大图中的小副本。</translation>
    </message>
    <message>
        <source>What a picture shows, at input sizes that differ from that of the training.</source>
        <translation>图中内容，输入尺寸可与训练时不同。</translation>
    </message>
    <message>
        <source>The smallest (ConvNeXt-T) 1.4 times a ResNet-50.</source>
        <translation>最小的（ConvNeXt-T）为 ResNet-50 的 1.4 倍。</translation>
    </message>
    <message>
        <source>it is a variant of %1 that is not known here: export it to ONNX, which can be used</source>
        <translation>这是 %1 的一种未收录的变体：导出为 ONNX 即可使用</translation>
    </message>
    <message>
        <source>%1: interrupted at step %2. model.safetensors and model.json are whole; with --resume it goes on</source>
        <translation>%1：在第 %2 步中断。model.safetensors 与 model.json 完整；用 --resume 可继续</translation>
    </message>
    <message>
        <source>it takes pixels as they are and prepares them itself</source>
        <translation>它直接接收像素并自行预处理</translation>
    </message>
    <message>
        <source>licence: %1</source>
        <translation>许可：%1</translation>
    </message>
    <message>
        <source>DINOv2, DINOv3</source>
        <translation>DINOv2、DINOv3</translation>
    </message>
    <message>
        <source>As a vision transformer; DINOv2&apos;s patches of 14 px cost a third more than DINOv3&apos;s of 16.</source>
        <translation>与视觉 Transformer 相同；DINOv2 的 14 像素图块比 DINOv3 的 16 像素多花三分之一的时间。</translation>
    </message>
    <message>
        <source>the texts of SigLIP are not read here: its images are compared with images</source>
        <translation>此处不读取 SigLIP 的文本部分：只做图像之间的比较</translation>
    </message>
    <message>
        <source>this LibTorch finds no CUDA device: docs/cuda.md says how to use a card</source>
        <translation>此 LibTorch 找不到 CUDA 设备：使用显卡的方法见 docs/cuda.md</translation>
    </message>
    <message>
        <source>Overlap term</source>
        <translation>重叠项</translation>
    </message>
    <message>
        <source>Overlap weight</source>
        <translation>重叠权重</translation>
    </message>
    <message>
        <source>Pulls those parts of two views together that show the same part of the image (CopyNCE), by how much of it they share. Its authors use 5.</source>
        <translation>按共有的多少，把两个视图中显示图像同一部分的区域拉近（CopyNCE）。其作者用 5。</translation>
    </message>
    <message>
        <source>MobileNetV3 and V4, EfficientNet, FastViT</source>
        <translation>MobileNetV3 与 V4、EfficientNet、FastViT</translation>
    </message>
    <message>
        <source>no known network has any of its names</source>
        <translation>没有任何已知网络使用其中的名称</translation>
    </message>
    <message>
        <source>%1 of its %2 names are those of %3 as in files of %4, but not %5</source>
        <translation>其 %2 个名称中有 %1 个与 %4 文件中的 %3 相同，但缺少 %5</translation>
    </message>
    <message>
        <source>it looks like %1, which is not known here (%2). Take the file of timm, torchvision or Hugging Face for a network of the Families page, or export this one to ONNX; its tensors: %3</source>
        <translation>看起来是 %1，此处不认识（%2）。请改用“系列”页中某个网络的 timm、torchvision 或 Hugging Face 文件，或将此网络导出为 ONNX；它的张量：%3</translation>
    </message>
    <message>
        <source>no known architecture has these tensors: %1 (%2). A network of any architecture can be used as an ONNX file</source>
        <translation>没有已知的架构含有这些张量：%1（%2）。任何架构的网络都可以 ONNX 文件的形式使用</translation>
    </message>
    <message>
        <source>all its answers are zero</source>
        <translation>它的所有输出都是零</translation>
    </message>
    <message>
        <source>Maker</source>
        <translation>制造商</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>镜头</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>拍摄时间</translation>
    </message>
    <message>
        <source>Changed by a program</source>
        <translation>程序修改时间</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>曝光时间</translation>
    </message>
    <message>
        <source>Aperture</source>
        <translation>光圈</translation>
    </message>
    <message>
        <source>ISO</source>
        <translation>感光度</translation>
    </message>
    <message>
        <source>Focal length</source>
        <translation>焦距</translation>
    </message>
    <message>
        <source>Flash</source>
        <translation>闪光灯</translation>
    </message>
    <message>
        <source>Orientation</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Latitude</source>
        <translation>纬度</translation>
    </message>
    <message>
        <source>Longitude</source>
        <translation>经度</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>软件</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>版权</translation>
    </message>
    <message>
        <source>results are written as .csv, .json or .html, not as %1</source>
        <translation>结果可写为 .csv、.json 或 .html，不能写为 %1</translation>
    </message>
    <message>
        <source>Writing the results</source>
        <translation>正在写入结果</translation>
    </message>
</context>
<context>
    <name>likeness::ui</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
</context>
<context>
    <name>likeness::ui::AugmentationPreview</name>
    <message>
        <source>Views of eight images</source>
        <translation>八幅图像的视图</translation>
    </message>
    <message>
        <source>Choose images to see what the augmentations do to them.</source>
        <translation>选择图像，查看增强对它们的作用。</translation>
    </message>
    <message>
        <source>image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>view a</source>
        <translation>视图 a</translation>
    </message>
    <message>
        <source>view b</source>
        <translation>视图 b</translation>
    </message>
    <message>
        <source>similar one</source>
        <translation>相似图像</translation>
    </message>
    <message>
        <source>Both views are the same picture; the network sees it twice with other neurons left out.</source>
        <translation>两个视图是同一幅图像；网络看它两次，每次丢弃不同的神经元。</translation>
    </message>
    <message>
        <source>Blue: views of one image belong together, and so do all images of its sub-folder. Everything else is different.</source>
        <translation>蓝色：同一图像的视图属于一类，同一子文件夹的所有图像也是。其余均为不同。</translation>
    </message>
    <message>
        <source>Blue: the same. The view below is of the most similar other image, and is the hardest to tell apart.</source>
        <translation>蓝色：相同。下面的视图来自最相似的其他图像，最难区分。</translation>
    </message>
    <message>
        <source>Blue: pairs of one image. Orange: pairs of two images, as many of them.</source>
        <translation>蓝色：同一图像的对。橙色：两幅图像的对，数量相同。</translation>
    </message>
    <message>
        <source>Blue: the same. Each view is told apart from all views of the other images; orange shows some.</source>
        <translation>蓝色：相同。每个视图都要与其他图像的所有视图区分；橙色画出其中一些。</translation>
    </message>
</context>
<context>
    <name>likeness::ui::BarChart</name>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save the chart as PNG, SVG or CSV</source>
        <translation>将图表保存为 PNG、SVG 或 CSV</translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>Charts (*.png *.svg *.csv)</source>
        <translation>图表 (*.png *.svg *.csv)</translation>
    </message>
</context>
<context>
    <name>likeness::ui::BenchmarkPage</name>
    <message>
        <source>Image pairs with known homographies tell how exact keypoint matching is: a folder with pairs.csv (a, b, homography), or the Oxford images img1 … img6 with H1to2p …</source>
        <translation>带已知单应的图像对可衡量关键点匹配的精度：含 pairs.csv（a, b, homography）的文件夹，或 Oxford 图像 img1 … img6 与 H1to2p …</translation>
    </message>
    <message>
        <source>Measure a folder of pairs…</source>
        <translation>测量一个图像对文件夹…</translation>
    </message>
    <message>
        <source>Matching</source>
        <translation>匹配方式</translation>
    </message>
    <message>
        <source>AUC@3</source>
        <translation>AUC@3</translation>
    </message>
    <message>
        <source>AUC@5</source>
        <translation>AUC@5</translation>
    </message>
    <message>
        <source>AUC@10</source>
        <translation>AUC@10</translation>
    </message>
    <message>
        <source>Right matches</source>
        <translation>正确匹配</translation>
    </message>
    <message>
        <source>Right inliers</source>
        <translation>正确内点</translation>
    </message>
    <message>
        <source>False positives</source>
        <translation>误报</translation>
    </message>
    <message>
        <source>ms a pair</source>
        <translation>每对毫秒</translation>
    </message>
    <message>
        <source>Double-click a pair to see its matches</source>
        <translation>双击一对图像以查看其匹配</translation>
    </message>
    <message>
        <source>A folder of image pairs</source>
        <translation>图像对文件夹</translation>
    </message>
    <message>
        <source>Measuring %1</source>
        <translation>正在测量 %1</translation>
    </message>
    <message>
        <source>Corner error up to (px)</source>
        <translation>角点误差上限（像素）</translation>
    </message>
    <message>
        <source>Share of the pairs</source>
        <translation>图像对占比</translation>
    </message>
</context>
<context>
    <name>likeness::ui::BrowsePage</name>
    <message>
        <source>Find this picture</source>
        <translation>查找这张图片</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Queries</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation>按名称筛选</translation>
    </message>
    <message>
        <source>Size of the thumbnails (Ctrl+wheel)</source>
        <translation>缩略图大小（Ctrl+滚轮）</translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation>缩略图大小</translation>
    </message>
    <message>
        <source>Mark a region</source>
        <translation>标出区域</translation>
    </message>
    <message>
        <source>Drag on the picture to search by a part of it</source>
        <translation>在图片上拖动，以其中一部分进行搜索</translation>
    </message>
    <message>
        <source>Select a picture to see it here.</source>
        <translation>选择一张图片即可在此查看。</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Open a folder or the sample from the File menu.</source>
        <translation>请从“文件”菜单打开文件夹或示例。</translation>
    </message>
    <message>
        <source>This folder has no query/ with pictures to look up. Open a picture or paste one on the Search page instead.</source>
        <translation>此文件夹没有含待查图片的 query/。可以在“搜索”页打开或粘贴一张图片。</translation>
    </message>
    <message>
        <source>There are no pictures in this folder.</source>
        <translation>此文件夹中没有图片。</translation>
    </message>
    <message>
        <source>Select a picture first</source>
        <translation>请先选择一张图片</translation>
    </message>
    <message>
        <source>%1
%2 × %3 px, %4</source>
        <comment>name, width, height, bytes</comment>
        <translation>%1
%2 × %3 像素，%4</translation>
    </message>
    <message>
        <source>Region of %1</source>
        <translation>%1 的区域</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新在前</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>最旧在前</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>最大在前</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
</context>
<context>
    <name>likeness::ui::ChainList</name>
    <message>
        <source>Stages</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Drag a stage to another place, or move it with Alt and an arrow key</source>
        <translation>拖动步骤以改变位置，或用 Alt 加方向键移动</translation>
    </message>
    <message>
        <source>%1 of branch %2</source>
        <translation>第 %2 分支的%1</translation>
    </message>
    <message>
        <source>Extractor</source>
        <translation>提取器</translation>
    </message>
    <message>
        <source>Transform</source>
        <translation>变换</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>Fusion</source>
        <translation>融合</translation>
    </message>
    <message>
        <source>Ranker</source>
        <translation>重排</translation>
    </message>
</context>
<context>
    <name>likeness::ui::Closing</name>
    <message>
        <source>Work is going on</source>
        <translation>还有任务正在进行</translation>
    </message>
    <message>
        <source>This has not finished:</source>
        <translation>以下任务尚未完成：</translation>
    </message>
    <message>
        <source>Stopped, a training is saved where it is and can go on later; of other work what was computed is kept.</source>
        <translation>停止后，训练会按当前进度保存，以后可以继续；其他任务已计算的部分会保留。</translation>
    </message>
    <message>
        <source>Stopped, what was computed is kept and need not be computed again.</source>
        <translation>停止后，已计算的部分会保留，无需重新计算。</translation>
    </message>
    <message>
        <source>Close when it has finished</source>
        <translation>完成后关闭</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Do not close</source>
        <translation>不关闭</translation>
    </message>
    <message>
        <source>The window closes when this has finished: %1</source>
        <translation>以下任务完成后窗口将关闭：%1</translation>
    </message>
    <message>
        <source>Stopping. Close the window once more to end at once.</source>
        <translation>正在停止。再次关闭窗口可立即结束。</translation>
    </message>
</context>
<context>
    <name>likeness::ui::CommandBar</name>
    <message>
        <source>Command line</source>
        <translation>命令行</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>likeness::ui::ComparePage</name>
    <message>
        <source>Previous</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>Previous result (Left)</source>
        <translation>上一个结果（左方向键）</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Next result (Right)</source>
        <translation>下一个结果（右方向键）</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Both pictures, zoom linked (key 1)</source>
        <translation>两张图片并排，缩放联动（键 1）</translation>
    </message>
    <message>
        <source>Swipe</source>
        <translation>滑动</translation>
    </message>
    <message>
        <source>One over the other with a movable edge (key 2)</source>
        <translation>两图叠放，分界线可移动（键 2）</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>闪烁</translation>
    </message>
    <message>
        <source>Alternate twice a second (key 3); hold B in any mode to see the other picture</source>
        <translation>每秒交替两次（键 3）；任何模式下按住 B 可看另一张</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Absolute difference of the pixels (key 4)</source>
        <translation>像素差的绝对值（键 4）</translation>
    </message>
    <message>
        <source>SSIM map</source>
        <translation>SSIM 图</translation>
    </message>
    <message>
        <source>Where the structure is equal (blue) and where it differs (orange) (key 5)</source>
        <translation>结构相同处为蓝色，不同处为橙色（键 5）</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Drag on a picture to search by a part of it</source>
        <translation>在图片上拖动，以其中一部分进行搜索</translation>
    </message>
    <message>
        <source>Back to the results</source>
        <translation>返回结果</translation>
    </message>
    <message>
        <source>Region of %1</source>
        <translation>%1 的区域</translation>
    </message>
    <message>
        <source>Nothing to compare yet: search first, then double-click a result.</source>
        <translation>还没有可比较的内容：请先搜索，然后双击一个结果。</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>%1 × %2 px</source>
        <translation>%1 × %2 像素</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>MSE</source>
        <translation>MSE</translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation>PSNR</translation>
    </message>
    <message>
        <source>SSIM</source>
        <translation>SSIM</translation>
    </message>
    <message>
        <source>The result is stretched to the size of the query before it is measured.</source>
        <translation>测量前，结果图会拉伸到查询图的尺寸。</translation>
    </message>
    <message>
        <source>Aligned</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>Lays the result over the query by the keypoints that match: turns, mirrors and crops are undone, and an edit shows as a difference (key A)</source>
        <translation>依据匹配的关键点将结果叠到查询上：还原旋转、镜像与裁剪，编辑之处即显为差异（键 A）</translation>
    </message>
    <message>
        <source>Threshold of the differences</source>
        <translation>差异阈值</translation>
    </message>
    <message>
        <source>How many grey levels count as different</source>
        <translation>相差多少灰度级才算不同</translation>
    </message>
    <message>
        <source>Why did it match?</source>
        <translation>为何匹配？</translation>
    </message>
    <message>
        <source>not among the answers</source>
        <translation>不在答案之中</translation>
    </message>
    <message numerus="yes">
        <source>%n region(s) differ</source>
        <translation>
            <numerusform>%n 个区域不同</numerusform>
        </translation>
    </message>
    <message>
        <source>rank %1, score %2</source>
        <translation>第 %1 名，得分 %2</translation>
    </message>
    <message>
        <source>The network&apos;s view</source>
        <translation>网络的视角</translation>
    </message>
    <message>
        <source>Where the two pictures look alike to the network: the brighter, the more (key N). What it did not see is dimmed.</source>
        <translation>两图在网络看来相似之处：越亮越相似（键 N）。网络未看到的部分变暗。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Saves what is shown as a picture</source>
        <translation>把当前显示的内容存为图片</translation>
    </message>
    <message>
        <source>Not in this view: choose side by side, swipe or blink</source>
        <translation>此视图中不可用：请选择并排、滑动或闪烁</translation>
    </message>
    <message>
        <source>rank %1, score %2, margin %3</source>
        <translation>第 %1 名，得分 %2，差距 %3</translation>
    </message>
    <message>
        <source>Save the comparison</source>
        <translation>保存比较</translation>
    </message>
    <message>
        <source>Cosine, model alone</source>
        <translation>仅模型的余弦</translation>
    </message>
    <message>
        <source>The cosine is of the model with the input it was made for; the score of the ranking comes from the recipe&apos;s own size, crops and stages.</source>
        <translation>此余弦来自模型在其自身输入尺寸下的向量；排名的得分来自配方自己的尺寸、裁剪和各阶段。</translation>
    </message>
    <message>
        <source>Query and result</source>
        <translation>查询与结果</translation>
    </message>
</context>
<context>
    <name>likeness::ui::ComparisonView</name>
    <message>
        <source>Query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Edge between query and result</source>
        <translation>查询与结果的分界线</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Swipe</source>
        <translation>滑动</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>闪烁</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>SSIM map</source>
        <translation>SSIM 图</translation>
    </message>
</context>
<context>
    <name>likeness::ui::EmbeddingView</name>
    <message>
        <source>Map of the vectors</source>
        <translation>向量分布图</translation>
    </message>
    <message>
        <source>Choose a run and press “Show the map”: images that the network takes for alike lie together.</source>
        <translation>选择一次训练并点击“显示分布图”：网络认为相似的图像会靠在一起。</translation>
    </message>
</context>
<context>
    <name>likeness::ui::ExportDialog</name>
    <message>
        <source>Leave the source empty below the score</source>
        <translation>得分低于此值时来源留空</translation>
    </message>
    <message>
        <source>Export submission</source>
        <translation>导出提交文件</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>The first rows:</source>
        <translation>前几行：</translation>
    </message>
    <message>
        <source>Checks and queries without an answer:</source>
        <translation>检查结果与没有答案的查询：</translation>
    </message>
    <message>
        <source>%1 queries, %2 answered, %3 without an answer</source>
        <translation>%1 个查询，%2 个有答案，%3 个没有答案</translation>
    </message>
    <message>
        <source>Every query has one row, every name exists.</source>
        <translation>每个查询恰有一行，所有名称都存在。</translation>
    </message>
    <message>
        <source>No answer: %1</source>
        <translation>没有答案：%1</translation>
    </message>
    <message>
        <source>Save the submission</source>
        <translation>保存提交文件</translation>
    </message>
    <message>
        <source>Submission (*.csv)</source>
        <translation>提交文件 (*.csv)</translation>
    </message>
    <message>
        <source>Score for a precision of</source>
        <translation>取此精确率的得分：</translation>
    </message>
    <message>
        <source>Needs the answers of at least ten queries</source>
        <translation>至少需要十个查询的答案</translation>
    </message>
    <message>
        <source>No score is expected to reach a precision of %1 %.</source>
        <translation>没有任何得分可望达到 %1 % 的精确率。</translation>
    </message>
    <message>
        <source>No precision can be promised: %1.</source>
        <translation>无法保证任何精确率：%1。</translation>
    </message>
    <message>
        <source>The lowest score from which at least so many answers are expected to be right</source>
        <translation>预期至少有这么多答案正确的最低得分</translation>
    </message>
</context>
<context>
    <name>likeness::ui::FamiliesPage</name>
    <message>
        <source>What each family of networks sees and what it costs. Measuring runs every installed model on this machine and, where the workspace has a ground truth, searches all its queries with it.</source>
        <translation>各系列网络看到什么、代价多少。测量会在本机上运行每个已安装的模型；若工作区有标准答案，还会用它搜索所有查询。</translation>
    </message>
    <message>
        <source>Measure the installed models</source>
        <translation>测量已安装的模型</translation>
    </message>
    <message>
        <source>Images a second</source>
        <translation>每秒图片数</translation>
    </message>
    <message>
        <source>µAP in this workspace</source>
        <translation>本工作区的 µAP</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>系列</translation>
    </message>
    <message>
        <source>Dimension</source>
        <translation>维数</translation>
    </message>
    <message>
        <source>acc1</source>
        <translation>acc1</translation>
    </message>
    <message>
        <source>µAP</source>
        <translation>µAP</translation>
    </message>
    <message>
        <source>ms a query</source>
        <translation>每次查询毫秒</translation>
    </message>
    <message>
        <source>About a second for each model, and its search of the workspace</source>
        <translation>每个模型约一秒，加上对工作区的搜索</translation>
    </message>
    <message>
        <source>No model is installed: the page Models imports and downloads them</source>
        <translation>尚未安装模型：可在“模型”页导入和下载</translation>
    </message>
    <message>
        <source>Measuring the installed models</source>
        <translation>正在测量已安装的模型</translation>
    </message>
    <message>
        <source>%1: %2 images/s</source>
        <translation>%1：%2 张/秒</translation>
    </message>
    <message>
        <source>, acc1 %1, µAP %2</source>
        <translation>，acc1 %1，µAP %2</translation>
    </message>
    <message>
        <source>Takes for the same despite</source>
        <translation>不受影响的变化</translation>
    </message>
    <message>
        <source>Is misled by</source>
        <translation>会被误导</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>代价</translation>
    </message>
    <message>
        <source>Use it for</source>
        <translation>适用场合</translation>
    </message>
    <message>
        <source>Measured here</source>
        <translation>本机测量</translation>
    </message>
    <message>
        <source>Families of networks</source>
        <translation>网络家族</translation>
    </message>
</context>
<context>
    <name>likeness::ui::FolderTree</name>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>All, %1</source>
        <translation>全部，%1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>folder, number of pictures</comment>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>likeness::ui::HelpWindow</name>
    <message>
        <source>Methods</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>What a network is trained for</source>
        <translation>网络的训练目标</translation>
    </message>
    <message>
        <source>How a network is trained</source>
        <translation>网络如何训练</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Look for words in all help; Return goes to the next place</source>
        <translation>在所有帮助中查找词语；回车转到下一处</translation>
    </message>
    <message>
        <source>Subjects</source>
        <translation>主题</translation>
    </message>
</context>
<context>
    <name>likeness::ui::HistogramChart</name>
    <message>
        <source>Grey histograms of query and result</source>
        <translation>查询与结果的灰度直方图</translation>
    </message>
    <message>
        <source>Grey level</source>
        <translation>灰度级</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Logarithmic</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save the chart as PNG, SVG or CSV</source>
        <translation>将图表存为 PNG、SVG 或 CSV</translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>Charts (*.png *.svg *.csv)</source>
        <translation>图表 (*.png *.svg *.csv)</translation>
    </message>
</context>
<context>
    <name>likeness::ui::ImageListModel</name>
    <message>
        <source>#%1  the picture itself</source>
        <translation>#%1  图片本身</translation>
    </message>
    <message>
        <source>%1  noise from here</source>
        <translation>%1  由此起为噪声</translation>
    </message>
    <message numerus="yes">
        <source>%1  %n inlier(s)</source>
        <translation>
            <numerusform>%1  %n 个内点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n inlier(s)</source>
        <translation>
            <numerusform>%n 个内点</numerusform>
        </translation>
    </message>
    <message>
        <source>Score %1</source>
        <translation>得分 %1</translation>
    </message>
    <message>
        <source>%1 above this query&apos;s scores of the whole gallery</source>
        <translation>比该查询对整个图库的得分高 %1</translation>
    </message>
</context>
<context>
    <name>likeness::ui::ImageView</name>
    <message>
        <source>enlarged to %1 %</source>
        <translation>放大到 %1 %</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>%1, %2 × %3 pixels</source>
        <comment>name, width, height</comment>
        <translation>%1，%2 × %3 像素</translation>
    </message>
</context>
<context>
    <name>likeness::ui::ImportQuestion</name>
    <message>
        <source>Run it</source>
        <translation>运行它</translation>
    </message>
    <message>
        <source>%1 holds several files of weights. Which one?</source>
        <translation>%1 中有多个权重文件。取哪一个？</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>不运行</translation>
    </message>
    <message>
        <source>File of weights</source>
        <translation>权重文件</translation>
    </message>
    <message>
        <source>Import it</source>
        <translation>导入</translation>
    </message>
</context>
<context>
    <name>likeness::ui::IndexDialog</name>
    <message>
        <source>Index a folder</source>
        <translation>为文件夹建立索引</translation>
    </message>
    <message>
        <source>For large collections: every picture under the folder is looked at once. After that, searching needs neither the pictures nor all vectors in memory.</source>
        <translation>用于大型图库：文件夹下的每张图片只看一次。此后搜索既不需要图片，也不必把全部向量放进内存。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>A folder of pictures</source>
        <translation>图片文件夹</translation>
    </message>
    <message>
        <source>An empty folder, or that of an index</source>
        <translation>空文件夹，或某个索引的文件夹</translation>
    </message>
    <message>
        <source>Which pictures?</source>
        <translation>哪些图片？</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>没有文件夹 %1。</translation>
    </message>
    <message>
        <source>An index is there already: it is replaced when the new one is whole.</source>
        <translation>那里已有索引：新索引完整后才会替换它。</translation>
    </message>
</context>
<context>
    <name>likeness::ui::IndexPage</name>
    <message>
        <source>Index a folder…</source>
        <translation>为文件夹建立索引…</translation>
    </message>
    <message>
        <source>Make a new index</source>
        <translation>建立新索引</translation>
    </message>
    <message>
        <source>An index that was made elsewhere</source>
        <translation>在别处建立的索引</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Take in what came, changed or went</source>
        <translation>收入新增、更改和消失的图片</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Compare every file with its check sum</source>
        <translation>将每个文件与其校验和比较</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Take it off this list; its files stay</source>
        <translation>从列表中移除；文件保留</translation>
    </message>
    <message>
        <source>Indexes of large collections</source>
        <translation>大型图库的索引</translation>
    </message>
    <message>
        <source>The folder of an index</source>
        <translation>索引的文件夹</translation>
    </message>
    <message>
        <source>Indexing %1</source>
        <translation>正在为 %1 建立索引</translation>
    </message>
    <message>
        <source>Updating the index %1</source>
        <translation>正在更新索引 %1</translation>
    </message>
    <message>
        <source>%1 added, %2 changed, %3 gone, %4 as they were; %5 s.</source>
        <translation>新增 %1，更改 %2，消失 %3，未变 %4；%5 秒。</translation>
    </message>
    <message>
        <source>Checking the index %1</source>
        <translation>正在检查索引 %1</translation>
    </message>
    <message>
        <source>Every file of the index is as it was written.</source>
        <translation>索引的每个文件都与写入时一致。</translation>
    </message>
    <message>
        <source>Indexes</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Open and search</source>
        <translation>打开并搜索</translation>
    </message>
    <message>
        <source>Browse, search, compare and label it like any folder</source>
        <translation>像任何文件夹一样浏览、搜索、比较和标注</translation>
    </message>
    <message>
        <source>No index yet. Index a folder once, and even hundreds of thousands of pictures are searched in a moment, now and after the next start.</source>
        <translation>还没有索引。为文件夹建立一次索引，即使几十万张图片也能瞬间搜索，现在如此，下次启动后也如此。</translation>
    </message>
    <message>
        <source>Pictures in %1</source>
        <translation>图片位于 %1</translation>
    </message>
    <message>
        <source>%L1 pictures, %L2 vectors of %3 entries</source>
        <translation>%L1 张图片，%L2 个 %3 维向量</translation>
    </message>
    <message>
        <source>Recipe: %1</source>
        <translation>方案：%1</translation>
    </message>
    <message>
        <source>%1 on disk in %2</source>
        <translation>占用磁盘 %1，位于 %2</translation>
    </message>
    <message>
        <source>Finds %1 of the ten nearest</source>
        <translation>可找到最近十个中的 %1</translation>
    </message>
</context>
<context>
    <name>likeness::ui::KeysDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>In every picture: + and − zoom, 0 fits, Z shows its own pixels. On a chosen picture: Space shows it alone, Alt+Return its properties, the menu key its menu. In lists: arrows walk, Return opens.</source>
        <translation>在每张图片中：+ 与 − 缩放，0 适应窗口，Z 显示原始像素。对选中的图片：空格单独查看，Alt+回车显示属性，菜单键打开菜单。在列表中：方向键移动，回车打开。</translation>
    </message>
    <message>
        <source>All as they were</source>
        <translation>全部恢复默认</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>所有位置</translation>
    </message>
    <message>
        <source>%1 means both %2 and %3: neither happens.</source>
        <translation>%1 同时表示“%2”和“%3”：两者都不会发生。</translation>
    </message>
    <message>
        <source>No two things have the same keys.</source>
        <translation>没有冲突的按键。</translation>
    </message>
</context>
<context>
    <name>likeness::ui::LabelsPage</name>
    <message>
        <source>Label the gallery</source>
        <translation>给图库贴标签</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>导出为 CSV…</translation>
    </message>
    <message>
        <source>Get a model…</source>
        <translation>获取模型…</translation>
    </message>
    <message>
        <source>Images by label</source>
        <translation>各标签的图片数</translation>
    </message>
    <message>
        <source>Click a bar to see its images</source>
        <translation>点击条形查看其图片</translation>
    </message>
    <message>
        <source>One word or phrase a line, or between commas</source>
        <translation>每行一个词或短语，或用逗号分隔</translation>
    </message>
    <message>
        <source>people
animal
building
landscape
plant
vehicle
food
art</source>
        <translation>人物
动物
建筑
风景
植物
车辆
食物
艺术</translation>
    </message>
    <message>
        <source>The sentence around a word, %1 being its place: models were trained with sentences</source>
        <translation>词所在的句子，%1 是词的位置：模型是用句子训练的</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Sentence</source>
        <translation>句子</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>A CLIP-like model says which of your words describes each image: no training, any words.</source>
        <translation>CLIP 类模型会指出您的哪个词最能描述每张图片：无需训练，词语任意。</translation>
    </message>
    <message>
        <source>Labels need a model that understands words, as CLIP (English) or Chinese-CLIP: none is installed yet.</source>
        <translation>标签需要理解文字的模型，如 CLIP（英文）或 Chinese-CLIP：尚未安装。</translation>
    </message>
    <message>
        <source>No installed model understands words</source>
        <translation>已安装的模型都不理解文字</translation>
    </message>
    <message numerus="yes">
        <source>%n word(s) given, 2 needed</source>
        <translation>
            <numerusform>给出了 %n 个词，需要 2 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Finds the best of %n word(s) for each image</source>
        <translation>
            <numerusform>为每张图片找出 %n 个词中最合适的</numerusform>
        </translation>
    </message>
    <message>
        <source>Labelling the gallery</source>
        <translation>正在给图库贴标签</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) labelled; a click on a bar shows its images, the surest first.</source>
        <translation>
            <numerusform>已标记 %n 张图片；点击条形显示其图片，最确定的在前。</numerusform>
        </translation>
    </message>
    <message>
        <source>Probabilities of %1</source>
        <translation>%1 的概率</translation>
    </message>
    <message>
        <source>Export labels</source>
        <translation>导出标签</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>正在写入 %1</translation>
    </message>
    <message>
        <source>How many images each word describes best is shown here.</source>
        <translation>这里显示每个词最能描述多少张图片。</translation>
    </message>
</context>
<context>
    <name>likeness::ui::MainWindow</name>
    <message>
        <source>Sample</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Dropped picture</source>
        <translation>拖入的图片</translation>
    </message>
    <message>
        <source>Choose a picture and find it again; whole groups: likeness-cli duplicates FOLDER</source>
        <translation>选一张图片再查找它；成组查找：likeness-cli duplicates FOLDER</translation>
    </message>
</context>
<context>
    <name>likeness::ui::MatchCharts</name>
    <message>
        <source>Ratio and distance</source>
        <translation>比值与距离</translation>
    </message>
    <message>
        <source>Inliers</source>
        <translation>内点</translation>
    </message>
    <message>
        <source>Outliers</source>
        <translation>外点</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>匹配</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>比率</translation>
    </message>
    <message>
        <source>Residuals (px in B)</source>
        <translation>残差（B 中的像素）</translation>
    </message>
    <message>
        <source>How far matches lie from their places in B; the last bar stands for all that lie farther</source>
        <translation>匹配点与其在 B 中应在位置的距离；末柱代表所有更远的匹配</translation>
    </message>
</context>
<context>
    <name>likeness::ui::MatchLookBar</name>
    <message>
        <source>Arrangement</source>
        <translation>排列</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Stacked</source>
        <translation>上下</translation>
    </message>
    <message>
        <source>A over B</source>
        <translation>A 叠于 B</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>匹配</translation>
    </message>
    <message>
        <source>All matches</source>
        <translation>全部匹配</translation>
    </message>
    <message>
        <source>Inliers</source>
        <translation>内点</translation>
    </message>
    <message>
        <source>Outliers</source>
        <translation>外点</translation>
    </message>
    <message>
        <source>No lines</source>
        <translation>不画线</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>By verdict</source>
        <translation>按判定</translation>
    </message>
    <message>
        <source>By distance (0 to 1)</source>
        <translation>按距离（0 至 1）</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>50 lines</source>
        <translation>50 条线</translation>
    </message>
    <message>
        <source>500 lines</source>
        <translation>500 条线</translation>
    </message>
    <message>
        <source>5000 lines</source>
        <translation>5000 条线</translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation>关键点</translation>
    </message>
    <message>
        <source>Every keypoint with its size and direction</source>
        <translation>每个关键点及其尺寸与方向</translation>
    </message>
    <message>
        <source>How A lies over B</source>
        <translation>A 如何叠于 B</translation>
    </message>
    <message>
        <source>Blended</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>Blinking</source>
        <translation>闪烁</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Opacity of A</source>
        <translation>A 的不透明度</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>Where the frame of A lies in B</source>
        <translation>A 的边框在 B 中的位置</translation>
    </message>
    <message>
        <source>By residual</source>
        <translation>按残差</translation>
    </message>
    <message>
        <source>Residual of the last colour</source>
        <translation>末端颜色对应的残差</translation>
    </message>
    <message>
        <source>How many pixels off have the last colour</source>
        <translation>偏离多少像素显示末端颜色</translation>
    </message>
</context>
<context>
    <name>likeness::ui::MatchPage</name>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Fast (ORB)</source>
        <translation>快速（ORB）</translation>
    </message>
    <message>
        <source>Default (RootSIFT)</source>
        <translation>默认（RootSIFT）</translation>
    </message>
    <message>
        <source>Accurate (slanted views, pixels)</source>
        <translation>精确（斜视、像素对齐）</translation>
    </message>
    <message>
        <source>Open A…</source>
        <translation>打开 A…</translation>
    </message>
    <message>
        <source>Choose the left picture</source>
        <translation>选择左侧图片</translation>
    </message>
    <message>
        <source>Open B…</source>
        <translation>打开 B…</translation>
    </message>
    <message>
        <source>Choose the right picture</source>
        <translation>选择右侧图片</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>The pair aligned: blink, swipe, difference</source>
        <translation>对齐后的图片对：闪烁、滑动、差异</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>Copy the matrix from A to B</source>
        <translation>复制从 A 到 B 的矩阵</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Only for the query and a result</source>
        <translation>仅适用于查询与结果</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>匹配</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Open B</source>
        <translation>打开 B</translation>
    </message>
    <message>
        <source>Open A</source>
        <translation>打开 A</translation>
    </message>
    <message>
        <source>Nothing to match yet: select a result of a search, or open two pictures.</source>
        <translation>还没有可匹配的内容：请选择一个搜索结果，或打开两张图片。</translation>
    </message>
    <message>
        <source>Export the match</source>
        <translation>导出匹配</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
    <message>
        <source>The picture, or the places of the matches</source>
        <translation>图片，或匹配的位置</translation>
    </message>
    <message>
        <source>As a copy of B, A is %1.</source>
        <translation>作为 B 的副本，A %1。</translation>
    </message>
</context>
<context>
    <name>likeness::ui::MatchTableModel</name>
    <message>
        <source>inlier</source>
        <translation>内点</translation>
    </message>
    <message>
        <source>outlier</source>
        <translation>外点</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Whether the model explains the match</source>
        <translation>模型能否解释此匹配</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>比率</translation>
    </message>
    <message>
        <source>Distance to the best descriptor over that to the second best</source>
        <translation>到最近描述子的距离与到次近的距离之比</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>Of the descriptors</source>
        <translation>描述子之间</translation>
    </message>
    <message>
        <source>Residual (px)</source>
        <translation>残差（像素）</translation>
    </message>
    <message>
        <source>How far from its place under the model it lies in B</source>
        <translation>在 B 中偏离模型所示位置的距离</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>How much larger the keypoint is in B</source>
        <translation>关键点在 B 中放大多少</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>转角</translation>
    </message>
    <message>
        <source>Between the directions of the keypoints</source>
        <translation>两关键点方向之间</translation>
    </message>
    <message>
        <source>Place in A</source>
        <translation>A 中位置</translation>
    </message>
    <message>
        <source>Pixels from the top left corner</source>
        <translation>距左上角的像素</translation>
    </message>
    <message>
        <source>Place in B</source>
        <translation>B 中位置</translation>
    </message>
    <message>
        <source>%1: ratio %2, distance %3, residual %4 px, scale %5, turn %6</source>
        <translation>%1：比值 %2，距离 %3，残差 %4 像素，缩放 %5，转角 %6</translation>
    </message>
</context>
<context>
    <name>likeness::ui::MatchView</name>
    <message>
        <source>No model: there is nothing to lay over this picture.</source>
        <translation>没有模型：无可叠于此图之上。</translation>
    </message>
    <message>
        <source>Two pictures and their matches</source>
        <translation>两张图片及其匹配</translation>
    </message>
    <message>
        <source>0 px off its place</source>
        <translation>偏离 0 像素</translation>
    </message>
    <message>
        <source>%1 px or more</source>
        <translation>%1 像素或更多</translation>
    </message>
    <message>
        <source>descriptors alike</source>
        <translation>描述子相近</translation>
    </message>
    <message>
        <source>descriptors far apart</source>
        <translation>描述子相差很大</translation>
    </message>
    <message>
        <source>%1 of %2 inliers</source>
        <translation>%2 个内点中的 %1 个</translation>
    </message>
    <message>
        <source>%1 of %2 outliers</source>
        <translation>%2 个外点中的 %1 个</translation>
    </message>
</context>
<context>
    <name>likeness::ui::MessageBar</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>likeness::ui::ModelDetails</name>
    <message>
        <source>squashed to %1 px</source>
        <translation>压成 %1 像素的方形</translation>
    </message>
    <message>
        <source>short side %1 px, centre %2 px</source>
        <translation>短边 %1 像素，取中心 %2 像素</translation>
    </message>
    <message numerus="yes">
        <source>and %n counter(s) of batch norm</source>
        <translation>
            <numerusform>以及 %n 个批归一化计数器</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tensor(s) of the file are not needed:</source>
        <translation>
            <numerusform>文件中有 %n 个张量用不到：</numerusform>
        </translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Names of</source>
        <translation>命名方式</translation>
    </message>
    <message>
        <source>Runs as</source>
        <translation>运行方式</translation>
    </message>
    <message>
        <source>the program in its own file</source>
        <translation>其文件中的程序</translation>
    </message>
    <message>
        <source>Preparation</source>
        <translation>预处理</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>%1 ms an image on one thread when it was imported</source>
        <translation>导入时单线程每图 %1 毫秒</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Dimension</source>
        <translation>维数</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>also understands words</source>
        <translation>也理解文字</translation>
    </message>
    <message>
        <source>images only</source>
        <translation>仅图像</translation>
    </message>
    <message>
        <source>SHA-256 %1, checked</source>
        <translation>SHA-256 %1，会核对</translation>
    </message>
    <message>
        <source>Download installs it. What has come stays when it is cancelled or the connection breaks; the next try goes on from there.</source>
        <translation>下载后即安装。取消或断线时已下载的部分会保留，下次从那里继续。</translation>
    </message>
    <message>
        <source>no checksum published: what comes is not compared with anything</source>
        <translation>未公布校验和：下载内容无从核对</translation>
    </message>
    <message>
        <source>SHA-256 begins with %1, as much was published: checked</source>
        <translation>SHA-256 以 %1 开头（只公布了这些），会核对</translation>
    </message>
</context>
<context>
    <name>likeness::ui::ModelsPage</name>
    <message>
        <source>Import a file…</source>
        <translation>导入文件…</translation>
    </message>
    <message>
        <source>Import a folder…</source>
        <translation>导入文件夹…</translation>
    </message>
    <message>
        <source>A model as Hugging Face publishes it</source>
        <translation>Hugging Face 发布形式的模型</translation>
    </message>
    <message>
        <source>Use in search</source>
        <translation>用于搜索</translation>
    </message>
    <message>
        <source>Searches with this model&apos;s features</source>
        <translation>用此模型的特征搜索</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Compares weights and answers with those at import</source>
        <translation>将权重与输出同导入时比较</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Deletes the installed copy</source>
        <translation>删除已安装的副本</translation>
    </message>
    <message>
        <source>Weights (%1)</source>
        <translation>权重 (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Import a file of weights</source>
        <translation>导入权重文件</translation>
    </message>
    <message>
        <source>Import a folder with a model</source>
        <translation>导入含模型的文件夹</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>正在导入 %1</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Dimension</source>
        <translation>维数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>ms an image</source>
        <translation>毫秒/图</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Open a folder or the sample first</source>
        <translation>请先打开文件夹或示例</translation>
    </message>
    <message>
        <source>Verifying %1</source>
        <translation>正在验证 %1</translation>
    </message>
    <message>
        <source>Weights and answers are those of the import.</source>
        <translation>权重与输出同导入时一致。</translation>
    </message>
    <message>
        <source>Remove a model</source>
        <translation>移除模型</translation>
    </message>
    <message>
        <source>Remove %1? Its installed copy is deleted; the file that it came from is not touched.</source>
        <translation>移除 %1？将删除已安装的副本；其来源文件不受影响。</translation>
    </message>
    <message>
        <source>Removing %1</source>
        <translation>正在移除 %1</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Fetches the model from its authors and installs it</source>
        <translation>从作者处获取模型并安装</translation>
    </message>
    <message>
        <source>Add vocabulary…</source>
        <translation>添加词表…</translation>
    </message>
    <message>
        <source>Words need it: vocab.json and merges.txt, tokenizer.json, vocab.txt or bpe_simple_vocab_16e6.txt.gz, which are copied from beside the weights when those are imported</source>
        <translation>文字需要词表：vocab.json 和 merges.txt、tokenizer.json、vocab.txt 或 bpe_simple_vocab_16e6.txt.gz；导入权重时会复制旁边的词表</translation>
    </message>
    <message>
        <source>Add vocabulary</source>
        <translation>添加词表</translation>
    </message>
    <message>
        <source>Vocabularies (%1)</source>
        <translation>词表（%1）</translation>
    </message>
    <message>
        <source>Adding a vocabulary to %1</source>
        <translation>正在为 %1 添加词表</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Good for</source>
        <translation>适用于</translation>
    </message>
    <message>
        <source>Networks that the recipe &quot;Deep network&quot; can use. Drop a file of weights on the window to add another, or download one of those that are not installed yet.</source>
        <translation>方案“深度网络”可用的网络。把权重文件拖到窗口上可再添加，也可以下载尚未安装的。</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>已安装</translation>
    </message>
    <message>
        <source>to download</source>
        <translation>可下载</translation>
    </message>
    <message>
        <source>Download or import the model first</source>
        <translation>请先下载或导入模型</translation>
    </message>
    <message>
        <source>Downloading %1</source>
        <translation>正在下载 %1</translation>
    </message>
    <message>
        <source>It comes with the program</source>
        <translation>它是程序自带的</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>What the next imported model is called; empty takes the name of its file</source>
        <translation>下一个导入的模型的名称；留空则取文件名</translation>
    </message>
    <message>
        <source>safetensors, PyTorch (.pth, .pt, .bin), TorchScript or ONNX; also in a wheel or zip archive</source>
        <translation>safetensors、PyTorch（.pth、.pt、.bin）、TorchScript 或 ONNX；也可在 wheel 或 zip 压缩包中</translation>
    </message>
    <message>
        <source>Beside the networks that come with the program no model is installed yet. Drop a file of weights on the window, import one, or download one of those below: ResNet, ViT, DINOv2, CLIP, Chinese-CLIP and SSCD as torchvision, timm, Hugging Face, open_clip, OpenAI or Meta publish them. Nothing in the file is run, and Python is not needed.</source>
        <translation>除程序自带的网络外尚未安装任何模型。把权重文件拖到窗口上、导入一个，或下载下面的一个：torchvision、timm、Hugging Face、open_clip、OpenAI 或 Meta 发布的 ResNet、ViT、DINOv2、CLIP、Chinese-CLIP 与 SSCD。文件中的任何内容都不会运行，也不需要 Python。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>About the model</source>
        <translation>关于模型</translation>
    </message>
</context>
<context>
    <name>likeness::ui::OwnQueries</name>
    <message>
        <source>Look for them together…</source>
        <translation>一起查找…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Your own queries</source>
        <translation>您自己的查询</translation>
    </message>
    <message>
        <source>Click: search again. F2: name it. Delete: take it off the list.</source>
        <translation>单击：再次搜索。F2：命名。Delete：从列表移除。</translation>
    </message>
    <message>
        <source>Choose two or more, with Ctrl or Shift</source>
        <translation>按住 Ctrl 或 Shift 选择两个或更多</translation>
    </message>
</context>
<context>
    <name>likeness::ui::PageBar</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Open a folder or the sample first</source>
        <translation>请先打开文件夹或示例</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Methods</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>网络</translation>
    </message>
</context>
<context>
    <name>likeness::ui::PairHistogram</name>
    <message>
        <source>distance</source>
        <translation>距离</translation>
    </message>
</context>
<context>
    <name>likeness::ui::PairTableModel</name>
    <message>
        <source>false positive</source>
        <translation>误报</translation>
    </message>
    <message>
        <source>rightly none</source>
        <translation>正确地没有</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>found</source>
        <translation>已找到</translation>
    </message>
    <message>
        <source>inexact</source>
        <translation>不精确</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>图像对</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Corner error (px)</source>
        <translation>角点误差（像素）</translation>
    </message>
    <message>
        <source>Inliers</source>
        <translation>内点</translation>
    </message>
    <message>
        <source>Right matches</source>
        <translation>正确匹配</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
</context>
<context>
    <name>likeness::ui::ParamFields</name>
    <message>
        <source>Back to %1</source>
        <translation>恢复为 %1</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>选择模型…</translation>
    </message>
    <message>
        <source>%1 (not installed)</source>
        <translation>%1（未安装）</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>空</translation>
    </message>
    <message>
        <source>It has no effect with the other values as they are.</source>
        <translation>在其他参数的当前取值下，此项不起作用。</translation>
    </message>
</context>
<context>
    <name>likeness::ui::ParamForm</name>
    <message>
        <source>Back to the recipe</source>
        <translation>恢复配方</translation>
    </message>
    <message>
        <source>Undoes all changes of parameters</source>
        <translation>撤销对参数的全部修改</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>沿用</translation>
    </message>
    <message>
        <source>made in %1 ms</source>
        <translation>重建用时 %1 毫秒</translation>
    </message>
    <message>
        <source>made in %1 s</source>
        <translation>重建用时 %1 秒</translation>
    </message>
    <message>
        <source>Only the stages that a change touches are made anew.</source>
        <translation>只重建改动所涉及的环节。</translation>
    </message>
</context>
<context>
    <name>likeness::ui::PartsDialog</name>
    <message>
        <source>Look for several together</source>
        <translation>同时查找多个</translation>
    </message>
    <message>
        <source>How much it counts; below 0 what looks like it is avoided</source>
        <translation>所占比重；小于 0 则避开与它相像的</translation>
    </message>
    <message>
        <source>Needs a recipe of one vector an image, such as a network: the vectors are added up.</source>
        <translation>需要每幅图像一个向量的方案，例如网络：向量相加。</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
</context>
<context>
    <name>likeness::ui::PictureMenu</name>
    <message>
        <source>Open a folder to search in first</source>
        <translation>请先打开要搜索的文件夹</translation>
    </message>
    <message>
        <source>Find this picture</source>
        <translation>查找这张图片</translation>
    </message>
    <message>
        <source>Find a part of it…</source>
        <translation>查找它的一部分…</translation>
    </message>
    <message>
        <source>Find all of them together</source>
        <translation>一起查找所有这些</translation>
    </message>
    <message>
        <source>Choose a query first, then one picture to add to it</source>
        <translation>请先选择查询，再选一张要加入的图片</translation>
    </message>
    <message>
        <source>Add to the query</source>
        <translation>加入查询</translation>
    </message>
    <message>
        <source>Away from the query</source>
        <translation>从查询中减去</translation>
    </message>
    <message>
        <source>Choose two pictures, or one beside the query</source>
        <translation>请选择两张图片，或在查询之外选一张</translation>
    </message>
    <message>
        <source>There is no query beside it</source>
        <translation>没有可与之相比的查询</translation>
    </message>
    <message>
        <source>Compare the two</source>
        <translation>比较这两张</translation>
    </message>
    <message>
        <source>Compare with the query</source>
        <translation>与查询比较</translation>
    </message>
    <message>
        <source>Neither of them is a picture of the open folder</source>
        <translation>两者都不是所打开文件夹中的图片</translation>
    </message>
    <message>
        <source>Match the two</source>
        <translation>匹配这两张</translation>
    </message>
    <message>
        <source>Match with the query</source>
        <translation>与查询匹配</translation>
    </message>
    <message>
        <source>It has no file</source>
        <translation>它没有文件</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Open with another program</source>
        <translation>用其他程序打开</translation>
    </message>
    <message>
        <source>Show its folder</source>
        <translation>显示所在文件夹</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>复制图片</translation>
    </message>
    <message numerus="yes">
        <source>Copy %n path(s)</source>
        <translation>
            <numerusform>复制 %n 个路径</numerusform>
        </translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>已复制：%1</translation>
    </message>
    <message>
        <source>Properties of both…</source>
        <translation>两者的属性…</translation>
    </message>
    <message>
        <source>Properties…</source>
        <translation>属性…</translation>
    </message>
    <message>
        <source>Choose one picture, or two to compare</source>
        <translation>请选择一张图片，或两张进行比较</translation>
    </message>
    <message>
        <source>Region of %1</source>
        <translation>%1 的区域</translation>
    </message>
</context>
<context>
    <name>likeness::ui::PictureViewer</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>%1 × %2 px</source>
        <translation>%1 × %2 像素</translation>
    </message>
    <message>
        <source>drag over the part to look for</source>
        <translation>拖动选出要查找的部分</translation>
    </message>
    <message>
        <source>Left, Right: the next one · R: a part of it · Escape: back</source>
        <translation>左、右：下一张 · R：其一部分 · Esc：返回</translation>
    </message>
</context>
<context>
    <name>likeness::ui::PropertiesDialog</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>%1 × %2 px</source>
        <translation>%1 × %2 像素</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>%1 million</source>
        <translation>%1 百万</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>写入时间</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Properties of two pictures</source>
        <translation>两张图片的属性</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>likeness::ui::QueryPanel</name>
    <message>
        <source>Queries of the folder</source>
        <translation>文件夹中的查询</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>您自己的</translation>
    </message>
    <message>
        <source>Which queries are shown</source>
        <translation>显示哪些查询</translation>
    </message>
    <message>
        <source>All queries, %1</source>
        <translation>全部查询，%1 个</translation>
    </message>
    <message>
        <source>Wrong, worst first: %1</source>
        <translation>错误，最差在前：%1</translation>
    </message>
    <message>
        <source>Right: %1</source>
        <translation>正确：%1</translation>
    </message>
    <message>
        <source>No source: %1</source>
        <translation>无来源：%1</translation>
    </message>
    <message>
        <source>Unsure: %1</source>
        <translation>不确定：%1</translation>
    </message>
</context>
<context>
    <name>likeness::ui::QueryTable</name>
    <message>
        <source>Queries</source>
        <translation>查询</translation>
    </message>
</context>
<context>
    <name>likeness::ui::QueryTableModel</name>
    <message>
        <source>no source</source>
        <comment>the query has no source in the gallery</comment>
        <translation>无来源</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无答案</translation>
    </message>
    <message>
        <source>Deviations of the best score above this query&apos;s scores of the whole gallery.</source>
        <translation>最高得分高出该查询对整个图库得分的标准差数。</translation>
    </message>
    <message>
        <source>Where the right picture of the ground truth came in.</source>
        <translation>真值中的正确图片所处的名次。</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>余量</translation>
    </message>
    <message>
        <source>Right at</source>
        <translation>正确名次</translation>
    </message>
    <message>
        <source>no score</source>
        <translation>无得分</translation>
    </message>
    <message>
        <source>From before the recipe was changed: run all queries again to judge it.</source>
        <translation>这是配方更改之前的结果：请重新运行全部查询以评价新配方。</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>找到</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>应为</translation>
    </message>
</context>
<context>
    <name>likeness::ui::RecipeCard</name>
    <message>
        <source>Adjust…</source>
        <translation>调整…</translation>
    </message>
    <message>
        <source>Back to the recipe</source>
        <translation>恢复方案</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更换…</translation>
    </message>
    <message>
        <source>Another recipe: fast, balanced, best, by words, your own, and all others</source>
        <translation>其他方案：快速、均衡、最佳、按文字、您自己的以及所有其他方案</translation>
    </message>
    <message>
        <source>The parameters of the recipe, at the side</source>
        <translation>在侧边显示方案的参数</translation>
    </message>
    <message>
        <source>Undoes all changes of parameters</source>
        <translation>撤销所有参数更改</translation>
    </message>
    <message>
        <source>Keeps the recipe with its changed parameters under a name of your own</source>
        <translation>以您自己的名称保存更改了参数的方案</translation>
    </message>
    <message numerus="yes">
        <source>%n parameter(s) changed</source>
        <translation>
            <numerusform>更改了 %n 个参数</numerusform>
        </translation>
    </message>
    <message>
        <source>Not measured on this folder yet</source>
        <translation>尚未在此文件夹上测量</translation>
    </message>
    <message>
        <source>Here: %1</source>
        <translation>此处：%1</translation>
    </message>
    <message>
        <source>Of all queries of this folder, when they were run last: right first answers, and the time of a query once the gallery is ready</source>
        <translation>上次运行此文件夹全部查询时：首个答案正确的比例，以及图库就绪后每个查询所需的时间</translation>
    </message>
    <message>
        <source>Save the recipe</source>
        <translation>保存方案</translation>
    </message>
    <message>
        <source>Name of the recipe:</source>
        <translation>方案名称：</translation>
    </message>
    <message>
        <source>My %1</source>
        <translation>我的%1</translation>
    </message>
</context>
<context>
    <name>likeness::ui::RecipeChooser</name>
    <message>
        <source>Your own</source>
        <translation>您自己的</translation>
    </message>
    <message>
        <source>Of the course</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Several together</source>
        <translation>多种方法组合</translation>
    </message>
    <message>
        <source>Hashes</source>
        <translation>哈希</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation>关键点</translation>
    </message>
    <message>
        <source>Histograms</source>
        <translation>直方图</translation>
    </message>
    <message>
        <source>Pixels and gradients</source>
        <translation>像素与梯度</translation>
    </message>
    <message>
        <source>%1 right, %2 a query</source>
        <translation>正确 %1，每个查询 %2</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>More: look for a recipe by name or by what it does</source>
        <translation>更多：按名称或功能查找方案</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>By words</source>
        <translation>按文字</translation>
    </message>
    <message>
        <source>Needs a model that understands words, such as CLIP: see Models.</source>
        <translation>需要能理解文字的模型，例如 CLIP：见“模型”。</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>您的</translation>
    </message>
    <message>
        <source>Adjust a recipe and save it, and it is here.</source>
        <translation>调整一个方案并保存，它就会出现在这里。</translation>
    </message>
</context>
<context>
    <name>likeness::ui::RecipePage</name>
    <message>
        <source>Recipe to begin with</source>
        <translation>从哪个方案开始</translation>
    </message>
    <message>
        <source>Begin with…</source>
        <translation>起始方案…</translation>
    </message>
    <message>
        <source>Name of the recipe</source>
        <translation>方案名称</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take the last change back</source>
        <translation>撤销上一次更改</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Save and search with it</source>
        <translation>保存并用它搜索</translation>
    </message>
    <message>
        <source>Begin with</source>
        <translation>起始方案</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Another stage</source>
        <translation>添加一个步骤</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>The selected stage; with an extractor goes its branch</source>
        <translation>所选步骤；移除提取器会连同其分支一起移除</translation>
    </message>
    <message>
        <source>Earlier (Alt+Up)</source>
        <translation>上移（Alt+↑）</translation>
    </message>
    <message>
        <source>Later (Alt+Down)</source>
        <translation>下移（Alt+↓）</translation>
    </message>
    <message>
        <source>Transform of the vectors</source>
        <translation>向量的变换</translation>
    </message>
    <message>
        <source>Ranker, behind the search</source>
        <translation>搜索之后的重排</translation>
    </message>
    <message>
        <source>Branch: another way to score</source>
        <translation>分支：另一种打分方式</translation>
    </message>
    <message>
        <source>Every stage can use what comes before it. Saving replaces the recipe %1.</source>
        <translation>每个步骤都能使用它之前的结果。保存将替换方案 %1。</translation>
    </message>
    <message>
        <source>Every stage can use what comes before it.</source>
        <translation>每个步骤都能使用它之前的结果。</translation>
    </message>
    <message>
        <source>Delete the saved recipe %1</source>
        <translation>删除已保存的方案 %1</translation>
    </message>
    <message>
        <source>Only recipes of your own can be deleted</source>
        <translation>只能删除您自己的方案</translation>
    </message>
    <message>
        <source>%1 was deleted. It is still shown here: saving brings it back.</source>
        <translation>%1 已删除。它仍显示在此：保存即可恢复。</translation>
    </message>
    <message>
        <source>Unsaved changes.</source>
        <translation>有未保存的更改。</translation>
    </message>
    <message>
        <source>Unsaved recipe</source>
        <translation>配方尚未保存</translation>
    </message>
    <message>
        <source>The recipe %1 was changed and is not saved.</source>
        <translation>配方 %1 已更改，但尚未保存。</translation>
    </message>
</context>
<context>
    <name>likeness::ui::RunFigures</name>
    <message>
        <source>No ground truth: answers are not judged.</source>
        <translation>没有真值：不评判答案。</translation>
    </message>
    <message>
        <source>acc@1 %1   µAP %2   recall at 90 % precision %3</source>
        <translation>acc@1 %1   µAP %2   90 % 精确率下的召回率 %3</translation>
    </message>
    <message>
        <source>%1 of %2 queries answered: run all of them to judge the recipe.</source>
        <translation>已回答 %1 / %2 个查询：运行全部查询后才能评价该配方。</translation>
    </message>
    <message>
        <source>Before the change: %1</source>
        <translation>更改之前：%1</translation>
    </message>
</context>
<context>
    <name>likeness::ui::RunsPage</name>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>broken off</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Show the map</source>
        <translation>显示分布图</translation>
    </message>
    <message>
        <source>Looks at up to %1 images of the workspace, or of the run</source>
        <translation>查看工作区或这次训练的至多 %1 幅图像</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Options and figures</source>
        <translation>选项与数值</translation>
    </message>
    <message>
        <source>Map of the vectors</source>
        <translation>向量分布图</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Train again with changes</source>
        <translation>修改后重新训练</translation>
    </message>
    <message>
        <source>Use in search</source>
        <translation>用于搜索</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>There is no training run yet: the page Train makes them.</source>
        <translation>还没有训练：在“训练”页面进行训练。</translation>
    </message>
    <message>
        <source>Select one run</source>
        <translation>请选择一次训练</translation>
    </message>
    <message>
        <source>A training is running: pause or stop it first</source>
        <translation>训练正在进行：请先暂停或停止</translation>
    </message>
    <message>
        <source>It has no checkpoint</source>
        <translation>它没有检查点</translation>
    </message>
    <message>
        <source>It has no model yet</source>
        <translation>它还没有模型</translation>
    </message>
    <message>
        <source>Select runs</source>
        <translation>请选择训练</translation>
    </message>
    <message>
        <source>It is running</source>
        <translation>它正在进行</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) selected</source>
        <translation>
            <numerusform>已选 %n 次训练</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete runs</source>
        <translation>删除训练</translation>
    </message>
    <message numerus="yes">
        <source>Move %n run(s) to the trash: %1?</source>
        <translation>
            <numerusform>把 %n 次训练移到回收站：%1？</numerusform>
        </translation>
    </message>
    <message>
        <source>These could not be moved to the trash: %1</source>
        <translation>无法移到回收站：%1</translation>
    </message>
    <message>
        <source>Map of %1</source>
        <translation>%1 的分布图</translation>
    </message>
    <message>
        <source>The two directions hold %1 % and %2 % of the differences</source>
        <translation>两个方向分别包含 %1 % 和 %2 % 的差异</translation>
    </message>
    <message>
        <source>From step %1</source>
        <translation>从第 %1 步</translation>
    </message>
    <message>
        <source>running elsewhere</source>
        <translation>正在别处运行</translation>
    </message>
    <message>
        <source>Last loss</source>
        <translation>最后的损失</translation>
    </message>
    <message>
        <source>Best recall@1</source>
        <translation>最佳 Recall@1</translation>
    </message>
    <message>
        <source>Best µAP</source>
        <translation>最佳 µAP</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Of step %1, the last one</source>
        <translation>第 %1 步（最后一步）的值</translation>
    </message>
    <message>
        <source>Of step %1, whose weights are in the model</source>
        <translation>第 %1 步的值，模型中即为该步的权重</translation>
    </message>
    <message>
        <source> Its best recall@1, %1, is of step %2.</source>
        <translation>其最佳 Recall@1 为 %1，在第 %2 步。</translation>
    </message>
    <message>
        <source>“%1” has a newer checkpoint, of step %2.</source>
        <translation>“%1”有更新的检查点（第 %2 步）。</translation>
    </message>
    <message>
        <source>It is kept as a run of its own, and “%1” goes on from step %2. Go on?</source>
        <translation>它将另存为一次独立的训练，“%1”则从第 %2 步继续。要继续吗？</translation>
    </message>
    <message>
        <source>Go on from an older step</source>
        <translation>从较早的步继续</translation>
    </message>
    <message>
        <source>“%1” is being trained: stop it first.</source>
        <translation>“%1”正在训练：请先停止。</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
</context>
<context>
    <name>likeness::ui::SavePicture</name>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
    <message>
        <source>Picture, %1 pixel(s) for each one here</source>
        <translation>图片，此处每个像素对应 %1 个像素</translation>
    </message>
    <message>
        <source>Vectors, for the web (SVG)</source>
        <translation>矢量，用于网页（SVG）</translation>
    </message>
    <message>
        <source>Vectors, for a paper (PDF)</source>
        <translation>矢量，用于论文（PDF）</translation>
    </message>
    <message>
        <source>Numbers (%1)</source>
        <translation>数据（%1）</translation>
    </message>
</context>
<context>
    <name>likeness::ui::SearchPage</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Run all queries</source>
        <translation>运行全部查询</translation>
    </message>
    <message>
        <source>The picture to look for: select a query below, open or paste one, or drop one on the window.</source>
        <translation>要查找的图片：在下方选择一个查询，打开或粘贴图片，或把图片拖到窗口上。</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Search for any picture file</source>
        <translation>搜索任意图片文件</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Search for the picture in the clipboard</source>
        <translation>搜索剪贴板中的图片</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Drag on the picture to search by a part of it</source>
        <translation>在图片上拖动，以其中一部分进行搜索</translation>
    </message>
    <message>
        <source>Region of %1</source>
        <translation>%1 的区域</translation>
    </message>
    <message>
        <source>Compare with the query</source>
        <translation>与查询比较</translation>
    </message>
    <message>
        <source>Or double-click a result</source>
        <translation>也可双击一个结果</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Open a folder or the sample from the File menu.</source>
        <translation>请从“文件”菜单打开文件夹或示例。</translation>
    </message>
    <message>
        <source>Press Search to rank the gallery for this query.</source>
        <translation>按“搜索”为此查询对图库排序。</translation>
    </message>
    <message>
        <source>Right: %1 came first.</source>
        <translation>正确：%1 排在第一。</translation>
    </message>
    <message>
        <source>This query has no source in the gallery: every answer is wrong.</source>
        <translation>此查询在图库中没有来源：任何答案都是错的。</translation>
    </message>
    <message>
        <source>No answer: this picture has no features that the recipe can use.</source>
        <translation>没有答案：此图片没有该方案可用的特征。</translation>
    </message>
    <message>
        <source>Open a folder first</source>
        <translation>请先打开文件夹</translation>
    </message>
    <message>
        <source>There are no pictures in this folder.</source>
        <translation>此文件夹中没有图片。</translation>
    </message>
    <message>
        <source>Choose a picture to look for first</source>
        <translation>请先选择要查找的图片</translation>
    </message>
    <message>
        <source>This folder has no query/ with pictures to look up.</source>
        <translation>此文件夹没有含待查图片的 query/。</translation>
    </message>
    <message>
        <source>Why did it match?</source>
        <translation>为何匹配？</translation>
    </message>
    <message>
        <source>The keypoints that agree, or how many are missing</source>
        <translation>吻合的关键点，或还差多少</translation>
    </message>
    <message>
        <source>Why not the expected one?</source>
        <translation>为何不是应有的那张？</translation>
    </message>
    <message>
        <source>Matches the query with the right picture of the ground truth</source>
        <translation>将查询与真值中的正确图片相匹配</translation>
    </message>
    <message>
        <source>Wrong: expected %1, which came at rank %2 with score %3, lost to %4 with %5.</source>
        <translation>错误：应为 %1，它排第 %2 名，得分 %3，输给 %4（%5）。</translation>
    </message>
    <message>
        <source>Wrong: expected %1, which got no score.</source>
        <translation>错误：应为 %1，它没有得分。</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>All queries are being run…</source>
        <translation>正在运行全部查询…</translation>
    </message>
    <message>
        <source>Open, paste or drop the picture to look for.</source>
        <translation>请打开、粘贴或拖入要查找的图片。</translation>
    </message>
    <message>
        <source>Select a query in the table, or open or paste a picture.</source>
        <translation>请在表中选择一个查询，或打开、粘贴一张图片。</translation>
    </message>
    <message>
        <source>They are being run, or wait for another job</source>
        <translation>正在运行，或在等待其他任务</translation>
    </message>
    <message>
        <source>Edit the stages…</source>
        <translation>编辑各阶段…</translation>
    </message>
    <message>
        <source>Hide the parameters</source>
        <translation>隐藏参数</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>A quick look; %1 looks closer now.</source>
        <translation>先快速看一眼；“%1”正在仔细查看。</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>没有答案</translation>
    </message>
    <message>
        <source>Features %1 ms, search %2 ms, shown after %3 s</source>
        <translation>特征 %1 毫秒，搜索 %2 毫秒，%3 秒后显示</translation>
    </message>
</context>
<context>
    <name>likeness::ui::Session</name>
    <message>
        <source>Opening %1</source>
        <translation>正在打开 %1</translation>
    </message>
    <message>
        <source>Opening the sample</source>
        <translation>正在打开示例</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>正在搜索</translation>
    </message>
    <message>
        <source>Installing %1</source>
        <translation>正在安装 %1</translation>
    </message>
    <message>
        <source>Running all queries with %1</source>
        <translation>正在用“%1”运行全部查询</translation>
    </message>
</context>
<context>
    <name>likeness::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>One for each core</source>
        <translation>每个核心一个</translation>
    </message>
    <message>
        <source> GB</source>
        <translation> GB</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Features and thumbnails are computed again when needed. Nothing else is lost.</source>
        <translation>特征与缩略图会在需要时重新计算，不会丢失其他内容。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Cache at most</source>
        <translation>缓存上限</translation>
    </message>
    <message>
        <source>Cache now</source>
        <translation>当前缓存</translation>
    </message>
    <message>
        <source>Cache folder</source>
        <translation>缓存文件夹</translation>
    </message>
    <message>
        <source>Clearing the cache</source>
        <translation>正在清空缓存</translation>
    </message>
    <message>
        <source>The system&apos;s; http://host:port, socks5://host:port or none</source>
        <translation>系统代理；http://主机:端口、socks5://主机:端口 或 none</translation>
    </message>
    <message>
        <source>None; https://mirror.example</source>
        <translation>无；https://mirror.example</translation>
    </message>
    <message>
        <source>Proxy for downloads</source>
        <translation>下载代理</translation>
    </message>
    <message>
        <source>Mirror for downloads</source>
        <translation>下载镜像</translation>
    </message>
    <message>
        <source>The processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Networks run on</source>
        <translation>网络运行于</translation>
    </message>
    <message>
        <source>Takes the place of the server in the address of a model&apos;s files. The authors&apos; own server is asked where the mirror fails. What comes is compared with the checksum that the authors published; where they published none, or only its first digits, the mirror has to be an https address.</source>
        <translation>替换模型文件地址中的服务器。镜像失败时改问作者自己的服务器。下载内容与作者公布的校验和核对；作者未公布或只公布开头几位时，镜像须为 https 地址。</translation>
    </message>
    <message>
        <source>Clear the cache</source>
        <translation>清空缓存</translation>
    </message>
    <message>
        <source>Delete %1 of features and thumbnails? They are computed again when needed.</source>
        <translation>删除 %1 的特征和缩略图？需要时会重新计算。</translation>
    </message>
    <message>
        <source>The graphics card: %1</source>
        <translation>显卡：%1</translation>
    </message>
    <message>
        <source>No graphics card of NVIDIA was found.</source>
        <translation>没有找到 NVIDIA 显卡。</translation>
    </message>
    <message>
        <source>A graphics card of NVIDIA can be used by a program that is built for it: see docs/cuda.md.</source>
        <translation>为显卡构建的程序可以使用 NVIDIA 显卡：见 docs/cuda.md。</translation>
    </message>
    <message>
        <source>%1 is there, but the LibTorch of this program cannot use it: docs/cuda.md says how it can.</source>
        <translation>找到 %1，但本程序的 LibTorch 不能使用它：做法见 docs/cuda.md。</translation>
    </message>
    <message>
        <source>Come back where I was: folder, page, query and results</source>
        <translation>回到上次的位置：文件夹、页面、查询与结果</translation>
    </message>
    <message>
        <source>At the start</source>
        <translation>启动时</translation>
    </message>
</context>
<context>
    <name>likeness::ui::StagePanel</name>
    <message>
        <source>Weight of the branch</source>
        <translation>分支权重</translation>
    </message>
    <message>
        <source>Those of a branch</source>
        <translation>某个分支的特征</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>特征</translation>
    </message>
</context>
<context>
    <name>likeness::ui::StartPage</name>
    <message>
        <source>Which picture is this, or a copy of it?</source>
        <translation>这是哪张图片，或哪张图片的副本？</translation>
    </message>
    <message>
        <source>Open the sample</source>
        <translation>打开示例</translation>
    </message>
    <message>
        <source>160 rendered pictures and 100 queries with known answers. A good first look.</source>
        <translation>160 张渲染图片与 100 个已知答案的查询，适合初次体验。</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Any folder of pictures, or a workspace with dataset/, query/ and ground_truth.csv.</source>
        <translation>任意图片文件夹，或含 dataset/、query/ 与 ground_truth.csv 的工作区。</translation>
    </message>
    <message>
        <source>… or drop a folder or a picture on this window.</source>
        <translation>……或把文件夹或图片拖到此窗口上。</translation>
    </message>
    <message>
        <source>%1 is gone, or its disk is not connected</source>
        <translation>%1 已不存在，或其磁盘未连接</translation>
    </message>
    <message>
        <source>Find a picture</source>
        <translation>查找图片</translation>
    </message>
    <message>
        <source>Which picture of a folder is this one, or a copy of it?</source>
        <translation>这是文件夹中的哪一张图片，或其副本？</translation>
    </message>
    <message>
        <source>Find duplicates</source>
        <translation>查找重复</translation>
    </message>
    <message>
        <source>The same picture more than once, also cropped, turned or recoloured.</source>
        <translation>同一张图片出现多次，裁剪、旋转或改色的也算。</translation>
    </message>
    <message>
        <source>Learn how it works</source>
        <translation>了解原理</translation>
    </message>
    <message>
        <source>From a histogram to networks, each explained and tried out.</source>
        <translation>从直方图到网络，逐一讲解并试用。</translation>
    </message>
    <message>
        <source>Train a network</source>
        <translation>训练网络</translation>
    </message>
    <message>
        <source>On your own pictures, with the curve while it learns.</source>
        <translation>用您自己的图片，边学边看曲线。</translation>
    </message>
    <message>
        <source>Your folders</source>
        <translation>您的文件夹</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Index on disk</source>
        <translation>磁盘上的索引</translation>
    </message>
    <message>
        <source>Not there now</source>
        <translation>现在不在</translation>
    </message>
</context>
<context>
    <name>likeness::ui::StatusStrip</name>
    <message>
        <source>Cancelled. What was done is kept.</source>
        <translation>已取消，已完成的部分保留。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be used; everything else is done.</source>
        <translation>
            <numerusform>%n 个文件无法使用，其余均已完成。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is open yet</source>
        <translation>尚未打开任何内容</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n query(ies)</source>
        <translation>
            <numerusform>%n 个查询</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>likeness::ui::SubmissionPage</name>
    <message>
        <source>Open submission…</source>
        <translation>打开提交文件…</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Judgement</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Select a row to see its pictures.</source>
        <translation>选择一行即可查看其图片。</translation>
    </message>
    <message>
        <source>A submission is a file with a row source,query for every query. Export one by File &gt; Export Submission…, or open one to see it checked, scored and picture by picture.</source>
        <translation>提交文件为每个查询提供一行 source,query。可通过“文件 &gt; 导出提交文件…”导出，或打开一个文件，查看其检查、评分与逐图结果。</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无答案</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;: %2 rows, %3 answered.</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;：%2 行，%3 行有答案。</translation>
    </message>
    <message>
        <source>acc@1 %1, µAP %2 (a file without scores: its rows count as equal).</source>
        <translation>acc@1 %1，µAP %2（文件不含得分：各行视为同分）。</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s): %1</source>
        <translation>
            <numerusform>%n 个问题：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Query: %1</source>
        <translation>查询：%1</translation>
    </message>
    <message>
        <source>Answer: %1</source>
        <translation>答案：%1</translation>
    </message>
    <message>
        <source>There is no such picture in the gallery.</source>
        <translation>图库中没有这张图片。</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Drag on a picture to search by a part of it</source>
        <translation>在图片上拖动，以其中一部分进行搜索</translation>
    </message>
    <message>
        <source>Region of %1</source>
        <translation>%1 的区域</translation>
    </message>
    <message>
        <source>There is no such query.</source>
        <translation>没有这个查询。</translation>
    </message>
</context>
<context>
    <name>likeness::ui::TaskBar</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>, %1/s</source>
        <translation>，每秒 %1</translation>
    </message>
    <message>
        <source>, %1 left</source>
        <translation>，剩余 %1</translation>
    </message>
    <message numerus="yes">
        <source>, %n problem(s)</source>
        <translation>
            <numerusform>，%n 个问题</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>%1 (step %2 of %3)</source>
        <translation>%1（第 %2 步，共 %3 步）</translation>
    </message>
    <message>
        <source>Take it off the list; it is not started</source>
        <translation>从列表中移除，不再启动</translation>
    </message>
    <message>
        <source>Do not start: %1</source>
        <translation>不启动：%1</translation>
    </message>
    <message>
        <source>Waits: %1</source>
        <translation>等待中：%1</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ends it here; what it has come to is kept</source>
        <translation>在此结束；已得到的结果会保留</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Leads to the page of this work</source>
        <translation>转到该工作的页面</translation>
    </message>
</context>
<context>
    <name>likeness::ui::ThumbnailGrid</name>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>likeness::ui::TradeOffPage</name>
    <message>
        <source>Accuracy and cost</source>
        <translation>准确度与代价</translation>
    </message>
    <message>
        <source>Vectors</source>
        <translation>向量</translation>
    </message>
    <message>
        <source>Recipes to measure</source>
        <translation>要测量的方案</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>None</source>
        <translation>全不选</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Recipes</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Time of a query (ms)</source>
        <translation>每次查询用时（毫秒）</translation>
    </message>
    <message>
        <source>Time of its search (ms)</source>
        <translation>其中搜索用时（毫秒）</translation>
    </message>
    <message>
        <source>Bytes an image</source>
        <translation>每图字节数</translation>
    </message>
    <message>
        <source>Time to build (s)</source>
        <translation>建立用时（秒）</translation>
    </message>
    <message>
        <source>µAP</source>
        <translation>µAP</translation>
    </message>
    <message>
        <source>acc1</source>
        <translation>acc1</translation>
    </message>
    <message>
        <source>recall@5</source>
        <translation>recall@5</translation>
    </message>
    <message>
        <source>recall@10 of exact search</source>
        <translation>相对精确搜索的 recall@10</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>What is shown, as PNG, SVG or CSV</source>
        <translation>将所显示的内容存为 PNG、SVG 或 CSV</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>收益</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>代价</translation>
    </message>
    <message>
        <source>Look at the vectors</source>
        <translation>分析向量</translation>
    </message>
    <message>
        <source>Open a workspace with queries first</source>
        <translation>请先打开带有查询的工作区</translation>
    </message>
    <message>
        <source>Check a recipe first</source>
        <translation>请先勾选方案</translation>
    </message>
    <message>
        <source>Runs all queries with each of the recipes</source>
        <translation>用每个方案运行全部查询</translation>
    </message>
    <message>
        <source>Open a folder or the sample first</source>
        <translation>请先打开文件夹或示例</translation>
    </message>
    <message>
        <source>How small the vectors of the first branch of a recipe can become: choose it in the list on the left.</source>
        <translation>方案第一分支的向量能变得多小：请在左侧列表中选择方案。</translation>
    </message>
    <message>
        <source>Open a workspace with queries: then the recipes are measured on it.</source>
        <translation>打开带有查询的工作区，方案就在其上测量。</translation>
    </message>
    <message>
        <source>Check some recipes and press Measure.</source>
        <translation>勾选一些方案，然后按“测量”。</translation>
    </message>
    <message>
        <source>Measuring recipes</source>
        <translation>正在测量方案</translation>
    </message>
    <message>
        <source>%1 (%2 of %3)</source>
        <translation>%1（第 %2 个，共 %3 个）</translation>
    </message>
    <message>
        <source>Looking at the vectors of %1</source>
        <translation>正在分析 %1 的向量</translation>
    </message>
    <message>
        <source>not beaten (Pareto front)</source>
        <translation>未被超过（帕累托前沿）</translation>
    </message>
    <message>
        <source>beaten by another in both</source>
        <translation>两方面都被超过</translation>
    </message>
    <message numerus="yes">
        <source>A click on a point opens the recipe. %n recipe(s) measured.</source>
        <translation>
            <numerusform>点击一个点即可打开方案。已测量 %n 个方案。</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the charts</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>Charts (*.png *.svg *.csv)</source>
        <translation>图表 (*.png *.svg *.csv)</translation>
    </message>
</context>
<context>
    <name>likeness::ui::TradeOffTable</name>
    <message>
        <source>Recipe</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>acc1</source>
        <translation>acc1</translation>
    </message>
    <message>
        <source>µAP</source>
        <translation>µAP</translation>
    </message>
    <message>
        <source>recall@5</source>
        <translation>recall@5</translation>
    </message>
    <message>
        <source>Of exact</source>
        <translation>相对精确</translation>
    </message>
    <message>
        <source>Bytes an image</source>
        <translation>每图字节数</translation>
    </message>
    <message>
        <source>Build (s)</source>
        <translation>建立（秒）</translation>
    </message>
    <message>
        <source>Query (ms)</source>
        <translation>查询（毫秒）</translation>
    </message>
    <message>
        <source>Rankers add</source>
        <translation>重排增益</translation>
    </message>
    <message>
        <source>Share of the ten nearest by exact search that the index finds</source>
        <translation>精确搜索的最近十个中，索引找到的比例</translation>
    </message>
    <message>
        <source>From the file to the answer, nothing cached</source>
        <translation>从文件到答案，不用缓存</translation>
    </message>
    <message>
        <source>What the stages behind the search add to acc1 and µAP, or cost them</source>
        <translation>搜索之后的步骤给 acc1 和 µAP 带来的增益或损失</translation>
    </message>
    <message>
        <source>Double-click a recipe to open it</source>
        <translation>双击方案即可打开</translation>
    </message>
    <message>
        <source>is exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>The stages behind the search hurt here: copies have one true source each, and what rankers borrow from neighbours belongs to other images.</source>
        <translation>搜索之后的步骤在此有害：每个副本只有一个真正的来源，而重排从近邻借来的内容属于别的图像。</translation>
    </message>
</context>
<context>
    <name>likeness::ui::TrainPage</name>
    <message>
        <source>Other views</source>
        <translation>换一批视图</translation>
    </message>
    <message>
        <source>What it will see</source>
        <translation>训练所见</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Saved at step %1</source>
        <translation>已在第 %1 步保存</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Save now</source>
        <translation>立即保存</translation>
    </message>
    <message>
        <source>Use in search</source>
        <translation>用于搜索</translation>
    </message>
    <message>
        <source>Preparing…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Step %1 of %2, epoch %3; loss %4; %5 views a second on %6 (%7); %8 images, %9 held out.</source>
        <translation>第 %1 / %2 步，第 %3 轮；损失 %4；%6（%7）上每秒 %5 个视图；%8 幅图像，留出 %9 幅。</translation>
    </message>
    <message>
        <source>Copies of held-out images: recall@1 %1, µAP %2.</source>
        <translation>留出图像的副本：recall@1 %1，µAP %2。</translation>
    </message>
    <message>
        <source>A training is running: pause or stop it first</source>
        <translation>训练正在进行：请先暂停或停止</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Installs the model of this run and chooses its recipe</source>
        <translation>安装这次训练的模型并选用它的方案</translation>
    </message>
    <message>
        <source>There is no trained model yet</source>
        <translation>还没有训练好的模型</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) could not be read; the training went on without them.</source>
        <translation>
            <numerusform>%n 幅图像无法读取；训练已跳过它们继续。</numerusform>
        </translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>已暂停。</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>likeness::ui::TrainingCharts</name>
    <message>
        <source>Logarithmic</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Values on a logarithmic scale</source>
        <translation>数值用对数刻度</translation>
    </message>
    <message>
        <source>How many steps a curve is averaged over; the raw one stays behind it</source>
        <translation>曲线平均的步数；原始曲线留在后面</translation>
    </message>
    <message>
        <source>By step</source>
        <translation>按步数</translation>
    </message>
    <message>
        <source>By epoch</source>
        <translation>按轮数</translation>
    </message>
    <message>
        <source>By time (min)</source>
        <translation>按时间（分钟）</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save a chart as PNG, SVG or CSV</source>
        <translation>将图表保存为 PNG、SVG 或 CSV</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>held out</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Finding copies of held-out images</source>
        <translation>查找留出图像的副本</translation>
    </message>
    <message>
        <source>recall@1</source>
        <translation>recall@1</translation>
    </message>
    <message>
        <source>µAP</source>
        <translation>µAP</translation>
    </message>
    <message>
        <source>Accuracy of pairs</source>
        <translation>图像对的准确率</translation>
    </message>
    <message>
        <source>Deviation of the vectors</source>
        <translation>向量的标准差</translation>
    </message>
    <message>
        <source>Alignment and uniformity</source>
        <translation>对齐度与均匀度</translation>
    </message>
    <message>
        <source>alignment</source>
        <translation>对齐度</translation>
    </message>
    <message>
        <source>uniformity</source>
        <translation>均匀度</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Views a second</source>
        <translation>每秒视图数</translation>
    </message>
    <message>
        <source>learns nothing</source>
        <translation>什么也没学到</translation>
    </message>
    <message>
        <source>even spread</source>
        <translation>均匀分布</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>Pictures and tables (*.png *.svg *.csv)</source>
        <translation>图片和表格 (*.png *.svg *.csv)</translation>
    </message>
    <message>
        <source>Shows and hides this run; of two lines the dashed one is of held-out images, µAP or uniformity</source>
        <translation>显示或隐藏这次训练；两条线中虚线为留出图像、µAP 或均匀度</translation>
    </message>
    <message>
        <source>Distances of held-out pairs</source>
        <translation>留出图像对的距离</translation>
    </message>
    <message>
        <source>views of one image</source>
        <translation>同一图像的视图</translation>
    </message>
    <message>
        <source>of two images</source>
        <translation>两幅图像</translation>
    </message>
</context>
<context>
    <name>likeness::ui::TrainingForm</name>
    <message>
        <source>The gallery of the workspace</source>
        <translation>工作区的图库</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Rendered scenes</source>
        <translation>渲染场景</translation>
    </message>
    <message>
        <source>Folders of images</source>
        <translation>图像文件夹</translation>
    </message>
    <message>
        <source>Pictures an epoch that the program draws itself; a quarter of them is new in each epoch</source>
        <translation>每轮由程序自己绘制的图像数；每轮更换其中四分之一</translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>训练名称</translation>
    </message>
    <message>
        <source>Own values</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Add a folder of images</source>
        <translation>添加图像文件夹</translation>
    </message>
    <message>
        <source>Remove the selected folder</source>
        <translation>移除所选文件夹</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Augmentations</source>
        <translation>增强</translation>
    </message>
    <message>
        <source>A folder of images</source>
        <translation>图像文件夹</translation>
    </message>
    <message>
        <source>No folder is open: open one, or choose folders or rendered scenes</source>
        <translation>没有打开文件夹：请打开一个，或选择文件夹或渲染场景</translation>
    </message>
    <message>
        <source>Add a folder of images first</source>
        <translation>请先添加图像文件夹</translation>
    </message>
    <message>
        <source>Scenes an epoch</source>
        <translation>每轮场景数</translation>
    </message>
</context>
<context>
    <name>likeness::ui::TrainingOutlook</name>
    <message>
        <source>Learns from %1 images: %2 steps an epoch, %3 in all</source>
        <translation>从 %1 张图像学习：每轮 %2 步，共 %3 步</translation>
    </message>
    <message>
        <source>: too few to learn much. %1 steps are recommended, which are %2 epochs.</source>
        <translation>：太少，学不到多少。建议 %1 步，即 %2 个轮次。</translation>
    </message>
</context>
<context>
    <name>likeness::ui::TrainingSession</name>
    <message>
        <source>Step %1: %2</source>
        <translation>第 %1 步：%2</translation>
    </message>
    <message>
        <source>Training %1</source>
        <translation>正在训练 %1</translation>
    </message>
</context>
<context>
    <name>likeness::ui::VectorPlots</name>
    <message>
        <source>Variance explained by the strongest directions</source>
        <translation>最强方向解释的方差</translation>
    </message>
    <message>
        <source>Distances as they are</source>
        <translation>原始距离</translation>
    </message>
    <message>
        <source>query and its source</source>
        <translation>查询与其来源</translation>
    </message>
    <message>
        <source>two gallery images</source>
        <translation>图库中的两幅图像</translation>
    </message>
    <message>
        <source>Distances after whitening</source>
        <translation>白化后的距离</translation>
    </message>
    <message>
        <source>Recall@10 of exact search by code size</source>
        <translation>不同编码大小下相对精确搜索的 recall@10</translation>
    </message>
    <message>
        <source>dimensions</source>
        <translation>维数</translation>
    </message>
    <message>
        <source>bytes a vector</source>
        <translation>每向量字节数</translation>
    </message>
    <message>
        <source>recall@10</source>
        <translation>recall@10</translation>
    </message>
    <message>
        <source>%1: %2 vectors of %3 entries in the gallery.</source>
        <translation>%1：图库中有 %2 个 %3 维向量。</translation>
    </message>
    <message>
        <source>%1 directions hold %2 % of the variance.</source>
        <translation>%1 个方向占方差的 %2 %。</translation>
    </message>
    <message>
        <source>Whitened to %1 directions, with shrinkage.</source>
        <translation>用收缩估计白化到 %1 个方向。</translation>
    </message>
    <message>
        <source>explained variance</source>
        <translation>解释方差</translation>
    </message>
    <message>
        <source>%1 dimensions</source>
        <translation>%1 维</translation>
    </message>
    <message>
        <source>by the codes</source>
        <translation>仅用编码</translation>
    </message>
    <message>
        <source>exact scores for twice the list</source>
        <translation>对两倍列表精确打分</translation>
    </message>
</context>
<context>
    <name>likeness::ui::WindowActions</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>搜索(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;About Likeness</source>
        <translation>关于 Likeness(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Open Folder…</source>
        <translation>打开文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>Open the &amp;Sample</source>
        <translation>打开示例(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Export Submission…</source>
        <translation>导出提交文件(&amp;E)…</translation>
    </message>
    <message>
        <source>Open S&amp;ubmission…</source>
        <translation>打开提交文件(&amp;U)…</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>设置(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Open Query &amp;Picture…</source>
        <translation>打开查询图片(&amp;P)…</translation>
    </message>
    <message>
        <source>P&amp;aste Query Picture</source>
        <translation>粘贴查询图片(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Run All Queries</source>
        <translation>运行全部查询(&amp;R)</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>Run all queries first</source>
        <translation>请先运行全部查询</translation>
    </message>
    <message>
        <source>Open a workspace with queries first</source>
        <translation>请先打开含有查询的工作区</translation>
    </message>
    <message>
        <source>Open a folder of pictures</source>
        <translation>打开图片文件夹</translation>
    </message>
    <message>
        <source>Open a query picture</source>
        <translation>打开查询图片</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
    <message>
        <source>Open a submission</source>
        <translation>打开提交文件</translation>
    </message>
    <message>
        <source>Submission (*.csv)</source>
        <translation>提交文件 (*.csv)</translation>
    </message>
    <message>
        <source>About Likeness</source>
        <translation>关于 Likeness</translation>
    </message>
    <message>
        <source>Pictures (%1)</source>
        <translation>图片 (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>&amp;Index a Folder…</source>
        <translation>为文件夹建立索引(&amp;I)…</translation>
    </message>
    <message>
        <source>%1 (is gone)</source>
        <translation>%1（已不存在）</translation>
    </message>
    <message>
        <source>Forget Folders That Are Gone</source>
        <translation>移除已不存在的文件夹</translation>
    </message>
    <message>
        <source>There is no picture in the clipboard: copy one in another program first.</source>
        <translation>剪贴板中没有图片：请先在其他程序中复制一张。</translation>
    </message>
    <message>
        <source>Export &amp;Results…</source>
        <translation>导出结果(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Help on This Page</source>
        <translation>本页帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keys of This Page…</source>
        <translation>本页按键(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Methods and Their Parameters</source>
        <translation>方法及其参数(&amp;M)</translation>
    </message>
    <message>
        <source>Search for queries of a folder first</source>
        <translation>请先搜索文件夹中的查询</translation>
    </message>
    <message>
        <source>Export the results</source>
        <translation>导出结果</translation>
    </message>
    <message>
        <source>A sheet of pictures (*.html);;A table (*.csv);;For programs (*.json)</source>
        <translation>图片页 (*.html);;表格 (*.csv);;供程序使用 (*.json)</translation>
    </message>
    <message>
        <source>Results of %1</source>
        <translation>“%1”的结果</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>no source</source>
        <translation>无来源</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>正在写入 %1</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Likeness %1&lt;/b&gt; finds which picture in a collection is this one, or a copy of it.&lt;/p&gt;&lt;p&gt;Free software under the MIT licence; the network that comes with it is under the Apache licence 2.0.&lt;/p&gt;&lt;p&gt;Help: F1 on every page; README.md and the folder docs of the source explain methods and figures; &lt;tt&gt;likeness-cli --help&lt;/tt&gt; lists the commands.&lt;/p&gt;&lt;p&gt;Made with Qt %2, OpenCV, LibTorch, Eigen, Faiss, oneDNN and libexif.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Likeness %1&lt;/b&gt; 查找收藏中的哪一张图片就是这一张，或其副本。&lt;/p&gt;&lt;p&gt;以 MIT 许可证发布的自由软件；随附的网络采用 Apache 许可证 2.0。&lt;/p&gt;&lt;p&gt;帮助：每页按 F1；README.md 与源码中的 docs 文件夹说明方法与数据；&lt;tt&gt;likeness-cli --help&lt;/tt&gt; 列出命令。&lt;/p&gt;&lt;p&gt;使用 Qt %2、OpenCV、LibTorch、Eigen、Faiss、oneDNN 与 libexif 制作。&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>likeness::ui::WordsRow</name>
    <message>
        <source>What to look for, in words…</source>
        <translation>用文字描述要找的内容…</translation>
    </message>
    <message>
        <source>How words and picture go together</source>
        <translation>文字与图片如何结合</translation>
    </message>
    <message>
        <source>Words alone</source>
        <translation>仅文字</translation>
    </message>
    <message>
        <source>Picture and words</source>
        <translation>图片加文字</translation>
    </message>
    <message>
        <source>Picture without words</source>
        <translation>图片减文字</translation>
    </message>
    <message>
        <source>How much the words count against the picture</source>
        <translation>文字相对图片的权重</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>A workspace, any folder of pictures, or a picture to look for</source>
        <translation>工作区、任意图片文件夹，或要查找的图片</translation>
    </message>
</context>
</TS>
