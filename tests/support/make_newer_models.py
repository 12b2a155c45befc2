#!/usr/bin/env python3
"""Small ConvNeXts in the names of each library and MobileNetV4s, with what their Python originals answer: OUT/convnext,
OUT/mobilenetv4 and OUT/expected_newer.json.
The images are those of make_models.py. Needs torch, torchvision, timm, transformers, safetensors, Pillow. Run: make_newer_models.py OUT
(tests/support/models)."""
import json
import os
import re
import sys
import numpy as np
import timm
import torch
import torchvision
import transformers
from PIL import Image
from safetensors.torch import save_file
from torchvision.models.convnext import CNBlockConfig

out = sys.argv[1]
for family in ("convnext", "mobilenetv4"):
    os.makedirs(f"{out}/{family}", exist_ok=True)
imagenet = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
expected = {"versions": {m.__name__: m.__version__ for m in (torch, torchvision, timm, transformers)}, "models": []}
depths, widths = (1, 1, 2, 1), (8, 16, 24, 32)


def prepared(resize, crop, filter, squash=False, floor=False):
    batch = []
    for i in range(3):
        image = Image.open(f"{out}/image{i}.png")
        w, h = image.size
        if squash:
            image = image.resize((crop, crop), filter)
        else:
            image = image.resize((resize, int(resize * h / w)) if w <= h else (int(resize * w / h), resize), filter)
            left, top = image.size[0] - crop, image.size[1] - crop
            left, top = (left // 2, top // 2) if floor else (int(round(left / 2)), int(round(top / 2)))
            image = image.crop((left, top, left + crop, top + crop))
        x = torch.from_numpy(np.asarray(image, np.float32).copy()) / 255
        batch.append(((x - torch.tensor(imagenet[0])) / torch.tensor(imagenet[1])).permute(2, 0, 1))
    return torch.stack(batch)


def spread(model, seed):
    """Weights that are not near their usual start: what is left out or mixed up shows."""
    g = torch.Generator().manual_seed(seed)
    for name, p in model.named_parameters():
        if p.dim() != 2 and not (p.dim() == 4 and p.shape[-1] > 1):
            p.data.add_(torch.empty_like(p).normal_(0, 0.3, generator=g))
    for p in model.parameters():
        p.data = p.data.half().float()
    return model.eval()


def record(name, state, features, family="convnext"):
    file = f"{family}/{name}.safetensors"
    save_file({k: v.detach().half().contiguous().clone() for k, v in state.items() if v.is_floating_point()}, f"{out}/{file}")
    expected["models"].append({"name": f"{family}_{name}", "file": file, "side": 64,
                               "features": [[float(f"{v:.7g}") for v in row] for row in features.detach().float().tolist()]})


bicubic = prepared(73, 64, Image.BICUBIC)
for name, options in {"timm": {}, "timm_v2": dict(use_grn=True, ls_init_value=None), "timm_conv": dict(conv_mlp=True, use_grn=True)}.items():
    torch.manual_seed(21)
    model = spread(timm.models.ConvNeXt(depths=depths, dims=widths, num_classes=3, **options), 22)
    state = model.state_dict()
    model.reset_classifier(0)
    record(name, state, model(bicubic))
    if name == "timm_conv":
        continue
    meta = {}
    for key, value in state.items(): # the names of Meta's repositories, where the same networks come from
        key = re.sub(r"^stem\.", "downsample_layers.0.", key)
        key = re.sub(r"^stages\.(\d)\.downsample\.", r"downsample_layers.\1.", key)
        key = key.replace(".blocks.", ".").replace("conv_dw", "dwconv").replace("mlp.fc", "pwconv").replace("head.norm", "norm").replace("head.fc", "head")
        if ".mlp.grn." in key:
            key, value = key.replace("mlp.grn.weight", "grn.gamma").replace("mlp.grn.bias", "grn.beta"), value.reshape(1, 1, 1, -1)
        meta[key] = value
    record(name.replace("timm", "meta"), meta, model(bicubic))

torch.manual_seed(23)
settings = [CNBlockConfig(w, n, d) for w, n, d in zip(widths, (*widths[1:], None), depths)]
model = spread(torchvision.models.ConvNeXt(settings, num_classes=3), 24)
state = model.state_dict()
model.classifier[2] = torch.nn.Identity()
record("torchvision", state, model(prepared(67, 64, Image.BILINEAR)))

for name, kind in (("hf", "ConvNext"), ("hf_v2", "ConvNextV2")):
    torch.manual_seed(25)
    config = getattr(transformers, kind + "Config")(hidden_sizes=list(widths), depths=list(depths))
    model = spread(getattr(transformers, kind + "Model")(config), 26)
    record(name, model.state_dict(), model(prepared(73, 64, Image.BICUBIC, floor=True)).pooler_output)
torch.manual_seed(27)
model = spread(transformers.DINOv3ConvNextModel(transformers.DINOv3ConvNextConfig(hidden_sizes=list(widths), depths=list(depths))), 28)
answers = model(prepared(0, 64, Image.BILINEAR, squash=True)).pooler_output
record("dinov3", model.state_dict(), answers)
record("dinov3_4", {k.removeprefix("model."): v for k, v in model.state_dict().items()}, answers) # as transformers 4 had it, and the Hub

for name in ("conv_small", "conv_medium", "hybrid_medium"):
    torch.manual_seed(29)
    share = 0.1 if name == "conv_small" else 0.05
    model = timm.models.mobilenetv3._gen_mobilenet_v4("mobilenetv4_" + name, share, num_classes=3)
    model.conv_head = torch.nn.Conv2d(model.conv_head.in_channels, 32, 1, bias=False)
    model.norm_head = timm.layers.BatchNormAct2d(32)
    g = torch.Generator().manual_seed(30)
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.3, generator=g)
            module.running_var.uniform_(0.5, 2, generator=g)
    model = spread(model, 31)
    model.load_state_dict({k: v.half() for k, v in model.state_dict().items() if v.is_floating_point()}, strict=False) # statistics, too
    state = model.state_dict()
    model.reset_classifier(0)
    record(name, state, model(bicubic), "mobilenetv4")
    if name == "hybrid_medium": # refused: it has attention between its convolutions
        expected["models"].pop()
json.dump(expected, open(f"{out}/expected_newer.json", "w"), indent=None, separators=(",", ":"))
