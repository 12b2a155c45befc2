#!/usr/bin/env python3
"""Small ConvNeXts in the names of each library, MobileNetV4s, transformers with rotary positions (DINOv3, EVA-02), SigLIPs, FastViTs and
MobileCLIPs, with what their Python originals answer: OUT/convnext, OUT/mobilenetv4, OUT/rotary, OUT/siglip, OUT/fastvit and
OUT/expected_newer.json. The images are those of make_models.py. Needs torch, torchvision, timm, transformers, open_clip_torch,
safetensors, Pillow. Run: make_newer_models.py OUT
(tests/support/models)."""
import json
import os
import re
import sys
import numpy as np
import open_clip
import timm
import torch
import torchvision
import transformers
from PIL import Image
from safetensors.torch import save_file
from torchvision.models.convnext import CNBlockConfig

out = sys.argv[1]
for family in ("convnext", "mobilenetv4", "rotary", "siglip", "fastvit"):
    os.makedirs(f"{out}/{family}", exist_ok=True)
imagenet = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
expected = {"versions": {m.__name__: m.__version__ for m in (torch, torchvision, timm, transformers, open_clip)}, "models": []}
depths, widths = (1, 1, 2, 1), (8, 16, 24, 32)


def prepared(resize, crop, filter, squash=False, floor=False, colours=imagenet):
    batch = []
    for i in range(3):
        image = Image.open(f"{out}/image{i}.png")
        w, h = image.size
        if squash:
            image = image.resize((crop, image.size[1]), filter).resize((crop, crop), filter)  # Pillow 13 takes the other order for tall images
        else:
            image = image.resize((resize, int(resize * h / w)) if w <= h else (int(resize * w / h), resize), filter)
            left, top = image.size[0] - crop, image.size[1] - crop
            left, top = (left // 2, top // 2) if floor else (int(round(left / 2)), int(round(top / 2)))
            image = image.crop((left, top, left + crop, top + crop))
        x = torch.from_numpy(np.asarray(image, np.float32).copy()) / 255
        batch.append(((x - torch.tensor(colours[0])) / torch.tensor(colours[1])).permute(2, 0, 1))
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


def record(name, state, features, family="convnext", **more):
    file = f"{family}/{name}.safetensors"
    save_file({k: v.detach().half().contiguous().clone() for k, v in state.items() if v.is_floating_point()}, f"{out}/{file}")
    expected["models"].append({"name": f"{family}_{name}", "file": file, "side": 64,
                               "features": [[float(f"{v:.7g}") for v in row] for row in features.detach().float().tolist()], **more})


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
# --- transformers with rotary positions ---------------------------------------------------------------------------------
size = dict(img_size=64, patch_size=8, embed_dim=128, depth=1, num_heads=2, num_classes=0)
squashed = prepared(0, 64, Image.BILINEAR, squash=True)


def eva(seed, **options):
    torch.manual_seed(seed)
    model = timm.models.Eva(**{**size, **options})
    for p in model.parameters():  # biases and scales start at 0 or nearly so
        if p.dim() == 1:
            p.data.normal_(0, 0.3)
    return spread(model, seed + 1)


dinov3 = dict(init_values=1e-5, rope_type="dinov3", rope_temperature=100, rope_rotate_half=True, use_rot_pos_emb=True, use_abs_pos_emb=False,
              num_reg_tokens=4, use_fc_norm=False, norm_layer=lambda *a, **k: timm.layers.LayerNorm(*a, **{**k, "eps": 1e-5}), global_pool="token",
              dynamic_img_size=True)
record("dinov3_timm", (model := eva(40, qkv_bias=False, mlp_ratio=0.75, **dinov3)).state_dict(), model(squashed), "rotary")
record("dinov3_timm_gated", (model := eva(42, qkv_bias=False, swiglu_mlp=True, swiglu_align_to=8, mlp_ratio=1, **dinov3)).state_dict(), model(squashed), "rotary")
model = eva(44, swiglu_mlp=True, swiglu_align_to=8, mlp_ratio=1, **dinov3)
meta = {"rope_embed.periods": 100 ** (torch.arange(16) / 16), "mask_token": torch.zeros(1, 128)}
for key, value in model.state_dict().items():  # the names of Meta's repository; the masked third of the bias holds anything
    key = key.replace("reg_token", "storage_tokens").replace("gamma_1", "ls1.gamma").replace("gamma_2", "ls2.gamma")
    key = key.replace("fc1_g", "w1").replace("fc1_x", "w2").replace("mlp.fc2", "mlp.w3")
    if key.endswith("v_bias"):
        continue
    if key.endswith("q_bias"):
        third = value.shape[0]
        value = torch.cat([value, torch.full((third,), 0.5), model.state_dict()[key.replace("q_bias", "v_bias")]])
        key = key.replace("q_bias", "qkv.bias")
        meta[key + "_mask"] = torch.cat([torch.ones(third), torch.zeros(third), torch.ones(third)])
    meta[key] = value
record("dinov3_meta", meta, model(squashed), "rotary")
for name, gated in (("dinov3_hf", False), ("dinov3_hf_gated", True)):
    torch.manual_seed(46)
    config = transformers.DINOv3ViTConfig(hidden_size=128, intermediate_size=96, num_hidden_layers=1, num_attention_heads=2, image_size=64, patch_size=8,
                                          num_register_tokens=4, use_gated_mlp=gated, hidden_act="silu" if gated else "gelu")
    model = spread(transformers.DINOv3ViTModel(config), 47)
    record(name, {k.removeprefix("model."): v for k, v in model.state_dict().items()}, model(squashed).pooler_output, "rotary")

clip_colours = ((0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711))
bicubic_clip = prepared(71, 64, Image.BICUBIC, colours=clip_colours)
eva02 = dict(swiglu_mlp=True, mlp_ratio=0.75, use_rot_pos_emb=True, ref_feat_shape=(16, 16))
record("eva", (model := eva(48, mlp_ratio=0.75)).state_dict(), model(bicubic_clip), "rotary")
record("eva02_small", (model := eva(50, **eva02)).state_dict(), model(bicubic_clip), "rotary")
record("eva02_base", (model := eva(52, qkv_fused=False, scale_mlp=True, **eva02)).state_dict(), model(bicubic_clip), "rotary")
model = eva(54, qkv_fused=False, scale_mlp=True, scale_attn_inner=True, global_pool="token", **{**eva02, "num_classes": 24})
record("eva02_clip", {"visual.trunk." + k: v for k, v in model.state_dict().items()}, model(bicubic_clip), "rotary")

# --- SigLIP -------------------------------------------------------------------------------------------------------------
halves = ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))
torch.manual_seed(56)
model = timm.models.VisionTransformer(**size, class_token=False, global_pool="map", mlp_ratio=0.75)
model.attn_pool.latent.data.normal_(0, 1)
model = spread(model, 57)
record("timm", {"visual.trunk." + k: v for k, v in model.state_dict().items()}, model(prepared(71, 64, Image.BICUBIC, colours=halves)), "siglip")
torch.manual_seed(58)
tower = dict(hidden_size=128, intermediate_size=96, num_hidden_layers=1, num_attention_heads=2)
model = transformers.SiglipModel(transformers.SiglipConfig(text_config={**tower, "hidden_size": 32, "intermediate_size": 32, "vocab_size": 16, "max_position_embeddings": 8},
                                                           vision_config={**tower, "image_size": 64, "patch_size": 8}))
model.vision_model.head.probe.data.normal_(0, 1)
model = spread(model, 59)
answers = model.vision_model(prepared(0, 64, Image.BICUBIC, squash=True, colours=halves)).pooler_output
record("hf", model.state_dict(), answers, "siglip")

# --- FastViT and MobileCLIP --------------------------------------------------------------------------------------------
def fastvit(seed, layers=(1, 1, 2, 1), widths=(8, 16, 16, 32), mixers=("repmixer", "repmixer", "repmixer", "attention"), **options):
    torch.manual_seed(seed)
    seven = lambda *a, **k: timm.models.fastvit.RepConditionalPosEnc(*a, spatial_shape=(7, 7), **k)
    model = timm.models.FastVit(layers=layers, embed_dims=widths, token_mixers=mixers, mlp_ratios=(2,) * len(layers),
                                pos_embs=tuple(seven if m == "attention" else None for m in mixers), layer_scale_init_value=0.5, **options)
    g = torch.Generator().manual_seed(seed + 1)
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.3, generator=g)
            module.running_var.uniform_(0.5, 2, generator=g)
    model = spread(model, seed + 2)
    model.load_state_dict({k: v.half() for k, v in model.state_dict().items() if v.is_floating_point()}, strict=False)
    return model


mci = dict(se_downsamples=(False, False, True, True), lkc_use_act=True, num_classes=0)
model = fastvit(60, num_classes=3)
state = model.state_dict()
model.reset_classifier(0)
record("timm", state, model(prepared(71, 64, Image.BICUBIC)), "fastvit")
model = fastvit(63, **mci)
record("mci", model.state_dict(), model(prepared(71, 64, Image.BICUBIC)), "fastvit")
model = timm.utils.reparameterize_model(model)
for p in model.parameters():
    p.data = p.data.half().float()
record("mci_merged", model.state_dict(), model(prepared(71, 64, Image.BICUBIC)), "fastvit")
model = fastvit(66, (1, 1, 1, 1, 1), (8, 16, 16, 32, 64), ("repmixer",) * 3 + ("attention",) * 2, se_downsamples=(False,) * 5,
                downsamples=(False, True, True, True, True), lkc_use_act=True, stem_use_scale_branch=False, num_classes=0,
                norm_layer=lambda *a, **k: timm.layers.LayerNorm2d(*a, **{**k, "eps": 1e-5}))
record("mci3", model.state_dict(), model(prepared(71, 64, Image.BICUBIC)), "fastvit")

words = [[5, 17, 3, 99, 0, 0, 0, 0], [1, 2, 3, 4, 5, 6, 7, 99], [60, 99, 0, 0, 0, 0, 0, 0]]
text = dict(context_length=8, vocab_size=100, width=64, heads=1, layers=2, mlp_ratio=1)


def with_texts(name, trunk, seed, **options):
    torch.manual_seed(seed)
    tower = spread(open_clip.transformer.TextTransformer(output_dim=24, **text, **options), seed + 1)
    state = {"visual.trunk." + k: v for k, v in trunk.state_dict().items()} | {"text." + k: v for k, v in tower.state_dict().items()}
    texts = [[float(f"{v:.7g}") for v in row] for row in tower(torch.tensor(words)).tolist()]
    record(name, state | {"logit_scale": torch.tensor(2.5)}, trunk(prepared(71, 64, Image.BICUBIC)), "fastvit", words=words, texts=texts)


with_texts("mobileclip", fastvit(69, **{**mci, "num_classes": 24}), 72, no_causal_mask=True)
torch.manual_seed(74)
stem = timm.models.vision_transformer_hybrid.ConvStem(channels=(12, 12, 64), stride=(4, 2, 2), kernel_size=(4, 2, 2), padding=0, act_layer=torch.nn.GELU)
embed = lambda *a, **k: timm.models.vision_transformer_hybrid.HybridEmbed(stem, proj=False, **k)
model = timm.models.VisionTransformer(img_size=64, patch_size=1, embed_dim=64, depth=1, num_heads=1, mlp_ratio=1, num_classes=24, no_embed_class=True,
                                      embed_layer=embed)
with_texts("mobileclip_b", spread(model, 75), 76)
json.dump(expected, open(f"{out}/expected_newer.json", "w"), indent=None, separators=(",", ":"))
