#!/usr/bin/env python3
"""Small randomly initialised networks of each family, in each file format, with what their Python originals answer.

Needs torch, torchvision, timm, transformers, open_clip_torch, safetensors, Pillow. Run: make_models.py OUT
(tests/support/models). OUT/expected.json: for each model the file, the side of the input, how the image was prepared and the
features of the three images. The random numbers are seeded; other versions may give other weights, all files are written
together.
"""
import json
import os
import sys
import numpy as np
import open_clip
import PIL
import timm
import torch
import torchvision
import transformers
from PIL import Image
from safetensors.torch import save_file
from torch.nn import functional as F

out = sys.argv[1]
expected = {"versions": {m.__name__: m.__version__ for m in (torch, torchvision, timm, transformers, open_clip, PIL)},
            "models": []}


def make_images():
    rng = np.random.default_rng(7)
    images = []
    for i, (w, h) in enumerate([(90, 70), (64, 64), (50, 121)]):
        y, x = np.mgrid[:h, :w]
        planes = [127 + 90 * np.sin(x / (7 + 3 * i) + c) * np.cos(y / (11 - 2 * i + c)) for c in range(3)]
        image = Image.fromarray(np.clip(np.stack(planes, 2) + rng.normal(0, 12, (h, w, 3)), 0, 255).astype(np.uint8))
        image.save(f"{out}/image{i}.png", optimize=True)
        images.append(image)
    return images


images = make_images()
imagenet = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
clip = ((0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711))


def prepared(resize, crop, filter=Image.BILINEAR, norm=imagenet, squash=False, floor=False):
    batch = []
    for im in images:
        w, h = im.size
        if squash:
            r = im.resize((crop, crop), filter)
        else:
            r = im.resize((resize, int(resize * h / w)) if w <= h else (int(resize * w / h), resize), filter)
            left, top = r.size[0] - crop, r.size[1] - crop
            left, top = (left // 2, top // 2) if floor else (int(round(left / 2)), int(round(top / 2)))
            r = r.crop((left, top, left + crop, top + crop))
        x = torch.from_numpy(np.asarray(r, np.float32).copy()) / 255
        batch.append(((x - torch.tensor(norm[0])) / torch.tensor(norm[1])).permute(2, 0, 1))
    return torch.stack(batch)


def spread(model):
    """Weights that are not near their usual start: what is left out or mixed up shows."""
    g = torch.Generator().manual_seed(11)
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.3, generator=g)
            module.running_var.uniform_(0.5, 2, generator=g)
            module.weight.data.uniform_(0.5, 1.5, generator=g)
            module.bias.data.normal_(0, 0.2, generator=g)
    for name, p in model.named_parameters():
        if p.dim() == 1 and not any(isinstance(m, torch.nn.BatchNorm2d) and (p is m.weight or p is m.bias) for m in model.modules()):
            p.data.add_(torch.empty_like(p).normal_(0, 0.1, generator=g))
        if "pos" in name or "cls" in name or "class" in name or "reg" in name:
            p.data.normal_(0, 0.5, generator=g)
    return model.eval()


def plain(state):
    return {k: v.detach().contiguous().clone() for k, v in state.items()}


def halved(model):
    """Rounds the weights to half precision, so that a file of half the size says the same."""
    for p in model.parameters():
        p.data = p.data.half().float()
    return model


def record(name, file, features, side, **more):
    expected["models"].append({"name": name, "file": file, "side": side, **more,
                               "features": [[float(f"{v:.7g}") for v in row] for row in features.detach().float().tolist()]})


# --- residual networks -------------------------------------------------------------------------------------------
def small_resnet(block, layers, **options):
    original = torchvision.models.ResNet._make_layer
    torchvision.models.ResNet._make_layer = lambda self, b, planes, n, stride=1, dilate=False: original(self, b, planes // 16, n, stride, dilate)
    torch.manual_seed(3)
    model = torchvision.models.ResNet(block, layers, num_classes=4, **options)
    torchvision.models.ResNet._make_layer = original
    return model


def without_head(model):
    model.fc = torch.nn.Identity()
    return model


basic = torchvision.models.resnet.BasicBlock
bottleneck = torchvision.models.resnet.Bottleneck
model = small_resnet(basic, [1, 1, 1, 2])
model.fc = torch.nn.Linear(32, 4)
spread(model)
state = model.state_dict()
torch.save(state, f"{out}/resnet.pth")
torch.save(state, f"{out}/resnet.legacy.pth", _use_new_zipfile_serialization=False)
save_file(plain(state), f"{out}/resnet.safetensors")
torch.jit.trace(model, torch.zeros(1, 3, 64, 64)).save(f"{out}/resnet.torchscript.pt")
torch.save({"epoch": 3, "args": __import__("argparse").Namespace(lr=0.1), "optimizer": {"state": {}, "lr": 0.1},
            "state_dict": {"module." + k: v for k, v in state.items()}}, f"{out}/resnet.wrapped.pth.tar")
model = without_head(model)
for file in ("resnet.pth", "resnet.legacy.pth", "resnet.safetensors", "resnet.torchscript.pt", "resnet.wrapped.pth.tar"):
    record("resnet", file, model(prepared(73, 64)), 64)
model = spread(small_resnet(bottleneck, [1, 1, 1, 1], groups=4, width_per_group=32))
torch.save(model.state_dict(), f"{out}/resnext.pth")
record("resnext", "resnext.pth", without_head(model)(prepared(73, 64)), 64)


class Sscd(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = small_resnet(basic, [1, 1, 1, 1])
        self.backbone.fc = torch.nn.Linear(32, 512)
        self.backbone.avgpool = torch.nn.Identity()

    def forward(self, x):
        b = self.backbone
        x = b.maxpool(b.relu(b.bn1(b.conv1(x))))
        x = b.layer4(b.layer3(b.layer2(b.layer1(x))))
        return b.fc(F.avg_pool2d(x.clamp(min=1e-6).pow(3), x.shape[-2:]).pow(1 / 3).flatten(1))


model = spread(Sscd())
torch.jit.trace(model, torch.zeros(1, 3, 64, 64)).save(f"{out}/sscd.torchscript.pt")
record("sscd", "sscd.torchscript.pt", model(prepared(0, 64, squash=True)), 64)

# --- small networks --------------------------------------------------------------------------------------------------
torch.manual_seed(12)
setting, last = torchvision.models.mobilenetv3._mobilenet_v3_conf("mobilenet_v3_small", width_mult=0.25)
model = halved(spread(torchvision.models.MobileNetV3(setting, 16, num_classes=4)))
torch.save({k: v.half() if v.is_floating_point() else v for k, v in model.state_dict().items()}, f"{out}/mobilenet_torchvision.pth")
model.load_state_dict(torch.load(f"{out}/mobilenet_torchvision.pth"))  # statistics of half precision too
model.classifier = torch.nn.Identity()
record("mobilenet_torchvision", "mobilenet_torchvision.pth", model(prepared(73, 64)), 64)


def timm_mobile(name, build, resize=73, architecture=None, **more):
    torch.manual_seed(13)
    model = spread(build(**more))
    state = {k: v.half() for k, v in plain(model.state_dict()).items() if v.is_floating_point()}
    model.load_state_dict(state, strict=False)
    model.reset_classifier(0)
    os.makedirs(f"{out}/{name}", exist_ok=True)
    save_file(state, f"{out}/{name}/model.safetensors")
    json.dump({"architecture": architecture or name, "pretrained_cfg": {
        "input_size": [3, 64, 64], "crop_pct": 0.875, "interpolation": "bicubic", "mean": imagenet[0], "std": imagenet[1]}},
        open(f"{out}/{name}/config.json", "w"), indent=1)
    record(name, f"{name}/model.safetensors", model(prepared(resize, 64, Image.BICUBIC)), 64)




def timm_mobilenet(name, share):
    model = timm.models.mobilenetv3._gen_mobilenet_v3(name, share, num_classes=4)
    model.conv_head = torch.nn.Conv2d(model.conv_head.in_channels, 64, 1)
    return model


timm_mobile("mobilenetv3_small", lambda: timm_mobilenet("mobilenetv3_small_100", 0.25))
timm_mobile("mobilenetv3_large", lambda: timm_mobilenet("mobilenetv3_large_100", 0.2))
lite = timm.models.efficientnet._gen_efficientnet_lite
timm_mobile("efficientnet_lite0", lambda: lite("efficientnet_lite0", 0.2, num_classes=4))
timm_mobile("tf_efficientnet_lite0", lambda: lite("tf_efficientnet_lite0", 0.2, num_classes=4, pad_type="same", bn_eps=1e-3))
timm_mobile("efficientnet_b0", lambda: timm.models.efficientnet._gen_efficientnet("efficientnet_b0", 0.2, num_classes=4))

# --- vision transformers ---------------------------------------------------------------------------------------------
torch.manual_seed(4)
model = halved(spread(torchvision.models.VisionTransformer(image_size=32, patch_size=8, num_layers=2, num_heads=2,
                                                           hidden_dim=128, mlp_dim=96, num_classes=3)))
torch.save({k: v.half() for k, v in model.state_dict().items()}, f"{out}/vit_torchvision.pth")
model.heads = torch.nn.Identity()
record("vit_torchvision", "vit_torchvision.pth", model(prepared(37, 32)), 32)


def timm_vit(name, sizes=(32, 48), kludge=False, **options):
    def build(side):
        return timm.models.VisionTransformer(img_size=side, patch_size=8, depth=2, embed_dim=128, num_heads=2, num_classes=0,
                                             dynamic_img_size=side == 32, mlp_ratio=0.75, **options)

    torch.manual_seed(5)
    model = halved(spread(build(32)))
    state = {k: v.half() for k, v in plain(model.state_dict()).items()}
    if kludge:  # Meta's own DINOv2 files have this tensor, and its positions are resized by a factor
        state["mask_token"] = torch.zeros(1, 128).half()
    save_file(state, f"{out}/{name}.safetensors")
    dino = "init_values" in options
    for side in sizes:
        if kludge and side != 32:
            n = model.pos_embed.shape[1] - 1
            old, new = int(n ** 0.5), side // 8
            grid = model.pos_embed[:, 1:].reshape(1, old, old, 128).permute(0, 3, 1, 2)
            grid = F.interpolate(grid, scale_factor=(new + 0.1) / old, mode="bicubic", antialias=False)
            moved = torch.cat([model.pos_embed[:, :1], grid.permute(0, 2, 3, 1).reshape(1, new * new, 128)], 1)
            larger = build(side)
            larger.load_state_dict({**model.state_dict(), "pos_embed": moved})
            model = larger.eval()
        resize = round((256 if dino else 248) * side / 224)
        record(name, f"{name}.safetensors", model(prepared(resize, side, Image.BICUBIC)), side)


timm_vit("vit_timm")
timm_vit("vit_timm_registers", reg_tokens=3, no_embed_class=True)
timm_vit("vit_timm_average", class_token=False, global_pool="avg", fc_norm=True)
timm_vit("dinov2_timm", init_values=0.5)
timm_vit("dinov2_meta", init_values=0.5, kludge=True)
timm_vit("dinov2_swiglu", init_values=0.5, reg_tokens=4, mlp_layer=timm.layers.SwiGLUPacked, act_layer=torch.nn.SiLU)


# --- Hugging Face folders ----------------------------------------------------------------------------------------
def folder(name, model, preprocessor):
    model.half().save_pretrained(f"{out}/{name}")  # halved() before: nothing is lost
    model.float()
    for extra in os.listdir(f"{out}/{name}"):
        if extra not in ("config.json", "model.safetensors"):
            os.remove(f"{out}/{name}/{extra}")
    json.dump(preprocessor, open(f"{out}/{name}/preprocessor_config.json", "w"), indent=1)


size = dict(hidden_size=128, num_hidden_layers=2, num_attention_heads=2, intermediate_size=96, image_size=32, patch_size=8)
torch.manual_seed(6)
model = halved(spread(transformers.ViTModel(transformers.ViTConfig(**size), add_pooling_layer=False)))
folder("hf_vit", model, {"do_resize": True, "size": {"height": 32, "width": 32}, "resample": 2, "image_mean": [0.5] * 3, "image_std": [0.5] * 3})
half = ((0.5,) * 3,) * 2
for side in (32, 48):
    record("hf_vit", "hf_vit/model.safetensors",
           model(prepared(0, side, norm=half, squash=True), interpolate_pos_encoding=True).last_hidden_state[:, 0], side)
torch.manual_seed(7)
model = halved(spread(transformers.Dinov2WithRegistersModel(transformers.Dinov2WithRegistersConfig(
    **{**size, "intermediate_size": None}, mlp_ratio=1, use_swiglu_ffn=True, num_register_tokens=2, layerscale_value=0.7))))
folder("hf_dinov2", model, {"do_resize": True, "size": {"shortest_edge": 37}, "do_center_crop": True,
                            "crop_size": {"height": 32, "width": 32}, "resample": 3, "image_mean": imagenet[0], "image_std": imagenet[1]})
record("hf_dinov2", "hf_dinov2/model.safetensors", model(prepared(37, 32, Image.BICUBIC, floor=True)).last_hidden_state[:, 0], 32)
words = [[5, 17, 3, 99, 0, 0, 0, 0], [1, 2, 3, 4, 5, 6, 7, 99], [60, 99, 0, 0, 0, 0, 0, 0]]
for act in ("quick_gelu", "gelu"):
    torch.manual_seed(8)
    text = dict(vocab_size=1200 if act == "gelu" else 100,  # the first goes with the vocabulary of make_tokens.py
                 hidden_size=64, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64, max_position_embeddings=8,
                hidden_act=act, eos_token_id=99, bos_token_id=98, pad_token_id=0)
    model = halved(spread(transformers.CLIPModel(transformers.CLIPConfig(text_config=text, vision_config={**size, "hidden_act": act}, projection_dim=48))))
    name = f"hf_clip_{act}"
    folder(name, model, {"do_resize": True, "size": {"shortest_edge": 32}, "do_center_crop": True, "crop_size": {"height": 32, "width": 32},
                         "resample": 3, "image_mean": clip[0], "image_std": clip[1]})
    vision = model.visual_projection(model.vision_model(prepared(32, 32, Image.BICUBIC, clip, floor=True)).pooler_output)
    texts = model.text_projection(model.text_model(torch.tensor(words)).pooler_output)
    record(name, f"{name}/model.safetensors", vision, 32, words=words, texts=[[float(f"{v:.7g}") for v in row] for row in texts.tolist()])

# --- CLIP as OpenAI and open_clip save it ------------------------------------------------------------------------
for quick in (True, False):
    torch.manual_seed(9)
    model = halved(spread(open_clip.model.CLIP(48, open_clip.CLIPVisionCfg(layers=2, width=128, head_width=64, mlp_ratio=0.75, patch_size=8, image_size=32),
                                               open_clip.CLIPTextCfg(context_length=8, vocab_size=100, width=64, heads=1, layers=2, mlp_ratio=1), quick_gelu=quick)))
    name = "open_clip" + ("_quick" if quick else "")
    os.makedirs(f"{out}/{name}", exist_ok=True)
    torch.save({k: v.half() if v.is_floating_point() else v for k, v in model.state_dict().items()}, f"{out}/{name}/open_clip_pytorch_model.bin")
    json.dump({"model_cfg": {"embed_dim": 48, "quick_gelu": quick, "vision_cfg": {"image_size": 32, "layers": 2, "width": 128, "head_width": 64, "patch_size": 8},
                             "text_cfg": {"heads": 1}}, "preprocess_cfg": {"mean": clip[0], "std": clip[1]}},
              open(f"{out}/{name}/open_clip_config.json", "w"), indent=1)
    record(name, f"{name}/open_clip_pytorch_model.bin", model.encode_image(prepared(32, 32, Image.BICUBIC, clip)), 32, words=words,
           texts=[[float(f"{v:.7g}") for v in row] for row in model.encode_text(torch.tensor(words)).tolist()])

torch.manual_seed(10)
model = halved(spread(open_clip.model.CLIP(48, open_clip.CLIPVisionCfg(layers=(1, 2, 1, 1), width=4, head_width=64, image_size=64),
                                           open_clip.CLIPTextCfg(context_length=8, vocab_size=100, width=64, heads=1, layers=1, mlp_ratio=1), quick_gelu=True)))
os.makedirs(f"{out}/clip_resnet", exist_ok=True)
torch.save(model.state_dict(), f"{out}/clip_resnet/open_clip_pytorch_model.bin")
json.dump({"model_cfg": {"embed_dim": 48, "quick_gelu": True, "vision_cfg": {"image_size": 64, "layers": [1, 2, 1, 1], "width": 4}, "text_cfg": {"heads": 1}},
           "preprocess_cfg": {"mean": clip[0], "std": clip[1]}}, open(f"{out}/clip_resnet/open_clip_config.json", "w"), indent=1)
record("clip_resnet", "clip_resnet/open_clip_pytorch_model.bin", model.encode_image(prepared(64, 64, Image.BICUBIC, clip)), 64, words=words,
       texts=[[float(f"{v:.7g}") for v in row] for row in model.encode_text(torch.tensor(words)).tolist()])

# --- open_clip with a network of timm --------------------------------------------------------------------------------
@timm.models.register_model
def tiny_trunk(pretrained=False, **options):
    model = timm.models.VisionTransformer(img_size=32, patch_size=8, depth=2, embed_dim=128, num_heads=2, mlp_ratio=0.75,
                                          **{k: v for k, v in options.items() if k in ("num_classes", "global_pool")})
    model.default_cfg = {}
    return model


for pool in ("", "avg"):
    torch.manual_seed(14)
    model = open_clip.model.CLIP(48, open_clip.CLIPVisionCfg(timm_model_name="tiny_trunk", timm_pool=pool, timm_proj="linear", image_size=32),
                                 open_clip.CLIPTextCfg(context_length=8, vocab_size=100, width=64, heads=1, layers=1, mlp_ratio=1))
    model = halved(spread(model))
    name = "open_clip_timm" + ("_" + pool if pool else "")
    os.makedirs(f"{out}/{name}", exist_ok=True)
    torch.save({k: v.half() if v.is_floating_point() else v for k, v in model.state_dict().items()}, f"{out}/{name}/open_clip_pytorch_model.bin")
    json.dump({"model_cfg": {"embed_dim": 48, "vision_cfg": {"timm_model_name": "tiny_trunk", "timm_pool": pool, "timm_proj": "linear", "image_size": 32},
                             "text_cfg": {"heads": 1}}, "preprocess_cfg": {"mean": clip[0], "std": clip[1]}},
              open(f"{out}/{name}/open_clip_config.json", "w"), indent=1)
    record(name, f"{name}/open_clip_pytorch_model.bin", model.encode_image(prepared(32, 32, Image.BICUBIC, clip)), 32, words=words,
           texts=[[float(f"{v:.7g}") for v in row] for row in model.encode_text(torch.tensor(words)).tolist()])

# --- Chinese-CLIP -----------------------------------------------------------------------------------------------
torch.manual_seed(15)
chinese = [[101, 5, 17, 3, 102], [101, 60, 2, 2, 102]]
text = transformers.ChineseCLIPTextConfig(vocab_size=400, hidden_size=128, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64, max_position_embeddings=64)
vision = transformers.ChineseCLIPVisionConfig(**size)
model = halved(spread(transformers.ChineseCLIPModel(transformers.ChineseCLIPConfig(text_config=text.to_dict(), vision_config=vision.to_dict(), projection_dim=48))))
folder("chinese_clip", model, {"do_resize": True, "size": {"height": 32, "width": 32}, "do_center_crop": False, "resample": 3, "image_mean": clip[0], "image_std": clip[1]})
pixels = prepared(0, 32, Image.BICUBIC, clip, squash=True)
vectors = model.visual_projection(model.vision_model(pixels).pooler_output)
texts = model.text_projection(model.text_model(torch.tensor(chinese)).last_hidden_state[:, 0])
texts = [[float(f"{v:.7g}") for v in row] for row in texts.tolist()]
record("chinese_clip", "chinese_clip/model.safetensors", vectors, 32, words=chinese, texts=texts)
# The authors' own file has OpenAI's names for the images and a matrix for the projection of texts.
state = {}
for k, v in model.state_dict().items():
    v = v.detach().half()
    if k.startswith("text_model."):
        state["module.bert." + k[11:]] = v
    elif k == "text_projection.weight":
        state["module.text_projection"] = v.t().contiguous()
    elif k == "visual_projection.weight":
        state["module.visual.proj"] = v.t().contiguous()
    elif k == "logit_scale":
        state["module." + k] = v
    else:
        for theirs, own in (("vision_model.embeddings.class_embedding", "class_embedding"), ("vision_model.embeddings.patch_embedding", "conv1"),
                            ("vision_model.embeddings.position_embedding.weight", "positional_embedding"), ("vision_model.pre_layrnorm", "ln_pre"),
                            ("vision_model.post_layernorm", "ln_post"), ("vision_model.encoder.layers", "transformer.resblocks"), ("layer_norm", "ln_"),
                            ("self_attn.out_proj", "attn.out_proj"), ("mlp.fc1", "mlp.c_fc"), ("mlp.fc2", "mlp.c_proj")):
            k = k.replace(theirs, own)
        state["module.visual." + k] = v
for layer in range(2):
    for kind in ("weight", "bias"):
        parts = [state.pop(f"module.visual.transformer.resblocks.{layer}.self_attn.{p}_proj.{kind}") for p in "qkv"]
        state[f"module.visual.transformer.resblocks.{layer}.attn.in_proj_{kind}"] = torch.cat(parts)
os.makedirs(f"{out}/chinese_clip_own", exist_ok=True)
torch.save({"epoch": 1, "state_dict": state}, f"{out}/chinese_clip_own/clip_cn.pt")
json.dump({"image_mean": clip[0], "image_std": clip[1], "size": 32, "do_center_crop": False, "resample": 3}, open(f"{out}/chinese_clip_own/preprocessor_config.json", "w"))
record("chinese_clip_own", "chinese_clip_own/clip_cn.pt", vectors, 32, words=chinese, texts=texts)

# --- networks that only their own file knows ------------------------------------------------------------------------
torch.manual_seed(16)
model = spread(torch.nn.Sequential(torch.nn.Conv2d(3, 8, 3, 2, 1), torch.nn.BatchNorm2d(8), torch.nn.Tanh(), torch.nn.Conv2d(8, 24, 3, 2, 1),
                                   torch.nn.ReLU(), torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(24, 20)))
torch.jit.trace(model, torch.zeros(1, 3, 224, 224)).save(f"{out}/unknown.torchscript.pt")
torch.onnx.export(model, torch.zeros(1, 3, 64, 64), f"{out}/unknown.onnx", opset_version=11, dynamo=False, input_names=["image"], output_names=["vector"])
record("unknown", "unknown.onnx", model(prepared(73, 64)), 64, foreign=True)
record("unknown", "unknown.torchscript.pt", model(prepared(256, 224)), 224, foreign=True)

# --- files that want to run something ----------------------------------------------------------------------------
class Evil:
    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


os.makedirs(f"{out}/hostile", exist_ok=True)
for name, evil in {"system": Evil(os.system, "touch OWNED"), "eval": Evil(eval, "open('OWNED', 'w')"),
                   "getattr": Evil(getattr, "x", "upper")}.items():
    torch.save({"conv1.weight": torch.zeros(3), "x": evil}, f"{out}/hostile/{name}.pth")
    torch.save({"x": evil}, f"{out}/hostile/{name}.legacy.pth", _use_new_zipfile_serialization=False)
base = torch.arange(24.0)
torch.save({"whole": base.reshape(4, 6), "turned": base.reshape(4, 6).t(), "part": base[6:12].reshape(2, 3), "bf16": base[:4].bfloat16(),
            "half": base[:4].half(), "long": torch.tensor(7)}, f"{out}/views.pth")
torch.save({"whole": base.reshape(4, 6), "turned": base.reshape(4, 6).t(), "part": base[6:12].reshape(2, 3), "bf16": base[:4].bfloat16(),
            "half": base[:4].half(), "long": torch.tensor(7)}, f"{out}/views.legacy.pth", _use_new_zipfile_serialization=False)
json.dump(expected, open(f"{out}/expected.json", "w"), indent=None, separators=(",", ":"))
